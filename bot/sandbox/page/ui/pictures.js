/** Pictures in messages: shown large enough to look at, never jumping, and opening in a lightbox. */

import { localUrl } from '../api.js';
import { openDialog } from './dialog.js';
import { h, icon, iconButton } from './dom.js';
import { upscale } from './upscale.js';

/** @typedef {{url: string, width?: number|null, height?: number|null, alt: string, name: string, spoiler?: boolean}} Picture */

/** What a small picture is enlarged to: 128 px at three times its size. */
export const SMALL_SHOWN = 384;
/** The width of several pictures side by side. */
export const MANY_SHOWN = 560;
const LARGE_SHOWN = 480;
const LARGEST_ENLARGEMENT = 6; // in the lightbox

/** The size a picture is shown at, in CSS pixels. @param {number} width @param {number} height */
export function shownSize(width, height) {
  const longest = Math.max(width, height);
  const wanted = longest <= SMALL_SHOWN ? SMALL_SHOWN : Math.min(longest, LARGE_SHOWN);
  const scale = wanted / longest;
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** @param {import('../types.js').Attachment} attachment */
export const isPicture = (attachment) =>
  attachment.content_type?.startsWith('image/') ?? /\.(png|jpe?g|gif|webp|avif)$/i.test(attachment.filename);

/** @param {import('../types.js').Attachment} attachment @returns {Picture} */
export const fromAttachment = (attachment) => ({
  url: attachment.url,
  width: attachment.width,
  height: attachment.height,
  alt: attachment.description || attachment.filename,
  name: attachment.filename,
  spoiler: attachment.filename.startsWith('SPOILER_'),
});

/** @param {import('../types.js').EmbedMedia} media @param {string} alt @returns {Picture} */
export const fromMedia = (media, alt) => ({
  url: media.url,
  width: media.width,
  height: media.height,
  alt,
  name: decodeURIComponent(media.url.split(/[/?]/).at(-1) ?? 'picture'),
});

/** One picture as a button that opens it. @param {Picture} picture */
export function pictureButton(picture) {
  const address = localUrl(picture.url);
  if (!address) return remotePicture(picture);
  const image = h('img', { src: address, alt: picture.alt, decoding: 'async', draggable: 'false' });
  const button = h(
    'button',
    {
      type: 'button',
      class: 'picture',
      'aria-label': `Enlarge picture: ${picture.alt}`,
      key: `picture:${address}`,
      keep: true,
      dataset: { name: picture.name },
    },
    image,
  );
  if (picture.width && picture.height) size(button, picture.width, picture.height);
  image.addEventListener(
    'load',
    () => {
      size(button, image.naturalWidth, image.naturalHeight);
      upscale(image, shownSize(image.naturalWidth, image.naturalHeight).width);
    },
    { once: true },
  );
  image.addEventListener('error', () => button.replaceWith(brokenPicture(picture)), { once: true });
  if (picture.spoiler) button.classList.add('veiled');
  button.addEventListener('click', () => {
    if (button.classList.contains('veiled')) button.classList.remove('veiled');
    else openLightbox(button);
  });
  return button;
}

/** @param {HTMLElement} button @param {number} width @param {number} height */
function size(button, width, height) {
  const shown = shownSize(width, height);
  button.style.setProperty('--width', `${shown.width}px`);
  button.style.setProperty('--ratio', `${width} / ${height}`);
}

/** @param {Picture} picture */
const remotePicture = (picture) =>
  h(
    'a',
    {
      key: picture.url,
      class: 'file',
      href: picture.url,
      target: '_blank',
      rel: 'noopener noreferrer nofollow',
    },
    icon('image'),
    h('span', null, 'Picture on another site: ', picture.url),
  );

/** @param {Picture} picture */
const brokenPicture = (picture) =>
  h('div', { class: 'file' }, icon('image'), h('span', null, `${picture.name} is not there any more.`));

/** @param {Picture[]} pictures */
export function pictureGrid(pictures) {
  if (!pictures.length) return null;
  return h(
    'div',
    {
      class: pictures.length > 1 ? 'pictures many' : 'pictures',
      dataset: { count: String(pictures.length) },
    },
    pictures.map(pictureButton),
  );
}

/** Any other attachment: a name to download. @param {import('../types.js').Attachment} attachment */
export function fileCard(attachment) {
  const address = localUrl(attachment.url);
  return h(
    'a',
    { key: attachment.id, class: 'file', href: address, download: attachment.filename },
    icon('down'),
    h('span', null, attachment.filename),
    h('span', { class: 'faint' }, bytes(attachment.size)),
  );
}

/** @param {number} count */
export const bytes = (count) =>
  count < 1024
    ? `${count} B`
    : count < 1048576
      ? `${Math.round(count / 1024)} KB`
      : `${(count / 1048576).toFixed(1)} MB`;

/** Opens a picture large; the arrows walk through all pictures of the conversation. @param {HTMLElement} from */
function openLightbox(from) {
  const all = /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll('.message-list .picture:not(.veiled)'),
  ]);
  let at = Math.max(0, all.indexOf(from));
  const image = h('img', { class: 'lightbox-image' });
  const frame = h('div', { class: 'lightbox-frame' }, image);
  const caption = h('figcaption', null);
  const original = h(
    'a',
    {
      class: 'icon-button',
      target: '_blank',
      rel: 'noopener',
      'aria-label': 'Open the original',
      title: 'Open the original',
    },
    icon('out'),
  );
  const save = h('a', { class: 'icon-button', 'aria-label': 'Save', title: 'Save' }, icon('down'));
  const show = (/** @type {number} */ to) => {
    at = (to + all.length) % all.length;
    const picture = /** @type {HTMLImageElement} */ (all[at].querySelector('img'));
    const { naturalWidth: width, naturalHeight: height } = picture;
    image.src = original.href = save.href = picture.src;
    image.alt = picture.alt;
    save.download = all[at].dataset.name ?? 'picture.png';
    const place = all.length > 1 ? `${at + 1} of ${all.length}` : '';
    caption.textContent = [picture.alt, `${width} × ${height}`, place].filter(Boolean).join('  ·  ');
    frame.style.setProperty('--natural', `${Math.max(width, 1) * LARGEST_ENLARGEMENT}px`);
    frame.style.setProperty('--aspect', String(width / height || 1));
    image.nextElementSibling?.remove();
    upscale(image, image.clientWidth);
  };
  const steps = all.length > 1 && [
    iconButton('left', 'Previous picture', {
      class: 'icon-button step previous',
      onclick: () => show(at - 1),
    }),
    iconButton('right', 'Next picture', { class: 'icon-button step next', onclick: () => show(at + 1) }),
  ];
  const dialog = openDialog(
    { class: 'lightbox', label: 'Picture' },
    h('figure', null, frame, caption),
    steps,
    h(
      'div',
      { class: 'lightbox-tools' },
      original,
      save,
      iconButton('close', 'Close', { onclick: () => dialog.close() }),
    ),
  );
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft') show(at - 1);
    if (event.key === 'ArrowRight') show(at + 1);
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || (event.target instanceof HTMLElement && event.target.tagName === 'FIGURE'))
      dialog.close();
  });
  show(at);
  /** @type {HTMLElement|null} */ (dialog.querySelector('.lightbox-tools button'))?.focus();
}
