/** Draws the markdown tree as DOM nodes; every piece of foreign text becomes a text node. */

import { isDirect, isThread } from '../store/state.js';
import { h } from './dom.js';
import { parseMarkdown } from './markdown.js';
import { linkedPlace } from './message_link.js';
import { timeMark } from './time.js';

/** @typedef {import('./markdown.js').Tree} Tree */
/** @typedef {import('./context.js').App} App */

const INLINE_TAGS = /** @type {Record<string, keyof HTMLElementTagNameMap>} */ ({
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  quote: 'blockquote',
  small: 'small',
  paragraph: 'p',
});

/** @param {App} app @param {string} source @param {string} [extraClass] */
export function markdown(app, source, extraClass = '') {
  return h(
    'div',
    { class: `markdown ${extraClass}`, dir: 'auto' },
    parseMarkdown(source).map((tree) => draw(app, tree)),
  );
}

/** @param {App} app @param {Tree} tree @returns {Node} */
function draw(app, tree) {
  const children = () => (tree.children ?? []).map((child) => draw(app, child));
  switch (tree.type) {
    case 'text':
      return document.createTextNode(tree.text ?? '');
    case 'break':
      return h('br');
    case 'code':
      return h('code', null, tree.text);
    case 'codeblock':
      return h('pre', { tabindex: 0 }, h('code', null, tree.text));
    case 'heading':
      return h(
        'div',
        { class: `heading h${tree.level}`, role: 'heading', 'aria-level': (tree.level ?? 1) + 2 },
        children(),
      );
    case 'list':
      return h(tree.ordered ? 'ol' : 'ul', tree.ordered ? { start: tree.level } : null, children());
    case 'item':
      return h('li', { class: `depth-${tree.level}` }, children());
    case 'time':
      return timeMark(tree.seconds ?? 0, tree.style ?? 'f');
    case 'link':
      return messageLink(app, tree, children) ?? link(tree, children());
    case 'spoiler':
      return spoiler(children());
    case 'mention':
      return mention(app, tree);
    default:
      return h(INLINE_TAGS[tree.type] ?? 'span', null, children());
  }
}

/**
 * A link to a message or channel here, which leads there; a bare one is shown as Discord shows it.
 * @param {App} app @param {Tree} tree @param {() => Node[]} children
 */
function messageLink(app, tree, children) {
  const found = linkedPlace(app, tree.url);
  if (!found) return null;
  const { channel, messageId, open } = found;
  const bare = tree.children?.length === 1 && tree.children[0].text === tree.url;
  const place = `${isThread(channel) || isDirect(channel) ? '' : '#'}${app.state.titleOf(channel)}`;
  return h(
    'button',
    {
      type: 'button',
      key: tree.url,
      class: 'mention',
      onclick: open,
    },
    bare ? `${place}${messageId ? ' › message' : ''}` : children(),
  );
}

/** @param {Tree} tree @param {Node[]} children */
function link(tree, children) {
  const safe = URL.canParse(tree.url ?? '') && ['http:', 'https:'].includes(new URL(tree.url ?? '').protocol);
  if (!safe) return h('span', null, children);
  return h(
    'a',
    { key: tree.url, href: tree.url, target: '_blank', rel: 'noopener noreferrer nofollow', title: tree.url },
    children,
  );
}

/** @param {Node[]} children */
function spoiler(children) {
  const hidden = h('span', { class: 'spoiler-text', 'aria-hidden': 'true' }, children);
  return h(
    'span',
    {
      key: hidden.textContent ?? '', // one that was revealed never lends its place to another
      class: 'spoiler',
      role: 'button',
      tabindex: 0,
      'aria-label': 'Spoiler, press to show',
      'aria-expanded': 'false',
      onclick: (event) => reveal(event.currentTarget),
      onkeydown: (event) => {
        if (!['Enter', ' '].includes(event.key)) return;
        event.preventDefault();
        reveal(event.currentTarget);
      },
    },
    hidden,
  );
}

/** @param {HTMLElement} cover of a spoiler */
function reveal(cover) {
  cover.classList.add('shown');
  cover.firstElementChild?.removeAttribute('aria-hidden');
  for (const name of ['role', 'tabindex', 'aria-label', 'aria-expanded']) cover.removeAttribute(name);
}

/** @param {App} app @param {Tree} tree */
function mention(app, tree) {
  const { state } = app;
  if (tree.kind === 'channel') {
    const channel = state.channels.get(tree.id ?? '');
    if (!channel) return h('span', { class: 'mention' }, '#unknown');
    return h(
      'button',
      { type: 'button', key: channel.id, class: 'mention', onclick: () => app.open(channel.id) },
      `#${channel.name}`,
    );
  }
  if (tree.kind === 'command') {
    return h(
      'button',
      { type: 'button', key: tree.text, class: 'mention', onclick: () => app.suggest(`/${tree.text} `) },
      `/${tree.text}`,
    );
  }
  if (tree.kind === 'role')
    return h('span', { class: 'mention' }, `@${state.roles.get(tree.id ?? '')?.name ?? 'role'}`);
  if (tree.kind === 'all') return h('span', { class: 'mention mine' }, `@${tree.text}`);
  const mine = tree.id === state.me?.id;
  return h('span', { class: mine ? 'mention mine' : 'mention' }, `@${state.nameOf(tree.id ?? '')}`);
}
