/** Keys, menus and taps on messages: arrows walk, letters act, one message is in the tab order. */

import { isEphemeral } from '../store/state.js';
import { openMessageMenu } from './actions.js';
import { react } from './reactions.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./context.js').App} App */

/** @param {App} app @param {HTMLElement} list of articles */
export function handleMessages(app, list) {
  list.addEventListener('keydown', (event) => onKey(app, list, event));
  list.addEventListener('focusin', (event) => oneTabStop(list, articleOf(event)));
  list.addEventListener('contextmenu', (event) => onContextMenu(app, event));
  list.addEventListener('click', (event) => onTap(list, event));
}

/**
 * Tab reaches one message only: the given one, else the one that has the focus, else the newest.
 * @param {HTMLElement} list @param {HTMLElement|null} [wanted]
 */
export function oneTabStop(list, wanted = null) {
  const articles = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('article')]);
  const stop =
    wanted ?? articles.find((article) => article.contains(document.activeElement)) ?? articles.at(-1);
  for (const article of articles) article.tabIndex = article === stop ? 0 : -1;
}

/** @param {Event} event @returns {HTMLElement|null} */
const articleOf = (event) => /** @type {Element} */ (event.target).closest('article');

/** @param {App} app @param {HTMLElement} article @returns {Message|undefined} what may be acted on */
function messageOf(app, article) {
  const message = app.state.history(app.state.openId ?? '').find(article.dataset.messageId ?? '');
  return message && !isEphemeral(message) ? message : undefined;
}

/** @param {App} app @param {HTMLElement} list @param {KeyboardEvent} event */
function onKey(app, list, event) {
  const article = articleOf(event);
  if (!article || article !== event.target || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = /** @type {Record<string, number>} */ ({ ArrowUp: -1, ArrowDown: 1 })[event.key];
  const action = step ? () => walk(app, list, article, step) : shortcut(app, article, event.key);
  if (!action) return;
  event.preventDefault();
  action();
}

/** @param {App} app @param {HTMLElement} list @param {HTMLElement} article @param {number} step */
function walk(app, list, article, step) {
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('article')]);
  const next = all[all.indexOf(article) + step];
  if (next) next.focus();
  else if (step > 0) app.focusComposer();
}

/** @param {App} app @param {HTMLElement} article @param {string} key @returns {(() => void)|undefined} */
function shortcut(app, article, key) {
  const message = messageOf(app, article);
  if (!message) return undefined;
  const keys = /** @type {Record<string, () => void>} */ ({
    r: () => app.replyTo(message),
    e: () => {
      if (message.author.id === app.state.me?.id) app.edit(message);
    },
    Enter: () => openMessageMenu(app, message, article),
    1: () => react(app, message, '👍', true),
    2: () => react(app, message, '❤️', true),
    3: () => react(app, message, '👎', true),
  });
  return keys[key];
}

/** @param {App} app @param {MouseEvent} event */
function onContextMenu(app, event) {
  const article = articleOf(event);
  const isText =
    /** @type {Element} */ (event.target).closest('a, textarea, input') || getSelection()?.toString();
  const message = article && !isText ? messageOf(app, article) : undefined;
  if (!message) return;
  event.preventDefault();
  openMessageMenu(app, message, { x: event.clientX, y: event.clientY });
}

/** Without a hovering pointer a tap on a message shows its tools. @param {HTMLElement} list @param {MouseEvent} event */
function onTap(list, event) {
  const isControl = /** @type {Element} */ (event.target).closest('button, a, input, textarea');
  if (matchMedia('(hover: hover)').matches || isControl) return;
  const article = articleOf(event);
  list.querySelectorAll('article.tapped').forEach((node) => {
    if (node !== article) node.classList.remove('tapped');
  });
  article?.classList.toggle('tapped');
}
