/** Embeds: the picture first, its words beneath like a caption. */

import { localUrl } from '../api.js';
import { h } from './dom.js';
import { markdown } from './markdown_dom.js';
import { fromMedia, pictureButton } from './pictures.js';
import { stamp } from './time.js';

/** @typedef {import('../types.js').Embed} Embed */
/** @typedef {import('./context.js').App} App */

/** @param {App} app @param {import('../types.js').Message} message */
export function embeds(app, message) {
  return message.embeds.map((embed) => renderEmbed(app, resolved(embed, message)));
}

/** Follows `attachment://name` to the message's own files. @param {Embed} embed @param {import('../types.js').Message} message @returns {Embed} */
function resolved(embed, message) {
  const follow = (/** @type {import('../types.js').EmbedMedia|undefined} */ media) => {
    const file = media && message.attachments.find((a) => media.url === `attachment://${a.filename}`);
    return file ? { url: file.url, width: file.width ?? undefined, height: file.height ?? undefined } : media;
  };
  return { ...embed, image: follow(embed.image), thumbnail: follow(embed.thumbnail) };
}

/** Addresses of the files an embed already shows. @param {import('../types.js').Message} message @returns {Set<string>} */
export function filesInEmbeds(message) {
  const shown = message.embeds
    .flatMap((embed) => [embed.image?.url, embed.thumbnail?.url])
    .filter((url) => url !== undefined);
  return new Set(shown.flatMap((url) => [url, url.split('?')[0]]));
}

/** @param {App} app @param {Embed} embed */
function renderEmbed(app, embed) {
  const colour = embed.color ? `#${embed.color.toString(16).padStart(6, '0')}` : 'var(--line-strong)';
  const words = [
    author(embed),
    title(app, embed),
    embed.description && markdown(app, embed.description, 'embed-text'),
    fields(app, embed),
    footer(embed),
  ].filter(Boolean);
  return h(
    'div',
    { class: embed.image ? 'embed with-picture' : 'embed', vars: { '--bar': colour } },
    embed.image && pictureButton(fromMedia(embed.image, pictureName(embed))),
    words.length > 0 &&
      h('div', { class: 'embed-words' }, embed.thumbnail && thumbnail(embed.thumbnail), words),
  );
}

/** @param {Embed} embed */
const pictureName = (embed) => embed.title || embed.description?.split('\n')[0].slice(0, 200) || 'picture';

/** @param {Embed} embed */
function author(embed) {
  return embed.author && h('div', { class: 'embed-author' }, outside(embed.author.url, embed.author.name));
}

/** @param {App} app @param {Embed} embed */
function title(app, embed) {
  if (!embed.title) return null;
  return h(
    'div',
    { class: 'embed-title' },
    embed.url ? outside(embed.url, embed.title) : markdown(app, embed.title),
  );
}

/** @param {string|undefined} url @param {string} text */
function outside(url, text) {
  if (!url || !/^https?:\/\//.test(url)) return h('span', null, text);
  return h('a', { key: url, href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }, text);
}

/** @param {import('../types.js').EmbedMedia} media */
function thumbnail(media) {
  const address = localUrl(media.url);
  return address && h('img', { class: 'thumbnail', src: address, alt: '' });
}

/** @param {App} app @param {Embed} embed */
function fields(app, embed) {
  if (!embed.fields?.length) return null;
  return h(
    'dl',
    { class: 'embed-fields' },
    embed.fields.map((field) =>
      h(
        'div',
        { class: field.inline ? 'inline' : '' },
        h('dt', null, markdown(app, field.name)),
        h('dd', null, markdown(app, field.value)),
      ),
    ),
  );
}

/** @param {Embed} embed */
function footer(embed) {
  if (!embed.footer && !embed.timestamp) return null;
  return h(
    'div',
    { class: 'embed-footer' },
    embed.footer?.text,
    embed.footer && embed.timestamp && '  ·  ',
    embed.timestamp && stamp(embed.timestamp),
  );
}
