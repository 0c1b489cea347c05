/** The conversation: messages in order, grouped by person and day, kept in place while things change. */

import { compareIds } from '../store/history.js';
import { h, icon, perFrame } from './dom.js';
import { channelStart } from './empty.js';
import { renderMessage } from './message.js';
import { handleMessages, oneTabStop } from './message_keys.js';
import { belongsTo } from './message_rows.js';
import { renderNotice } from './notices.js';
import { arrange, patch, redraw } from './patch.js';
import { day } from './time.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./context.js').App} App */
/** @typedef {{node: HTMLElement, message: Message, grouped: boolean}} Row */

const NEAR_END_PX = 80;
const NEAR_START_PX = 300;

export class MessageList {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** What else stands in the list, by name. @type {Map<string, HTMLElement>} */
  #parts = new Map();
  #dirty = /** @type {Set<string>} */ (new Set());
  #channelId = /** @type {string|null} */ (null);
  #readTo = /** @type {string|null} */ (null); // where the "new" line stands
  #missed = 0;
  #stuck = true; // at the end, and staying there

  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.list = h('div', {
      class: 'message-list',
      role: 'log',
      'aria-label': 'Messages',
      'aria-live': 'polite',
    });
    this.scroller = h('div', { class: 'scroller', tabindex: -1 }, this.list);
    this.jump = h('button', { type: 'button', class: 'jump', hidden: true, onclick: () => this.toEnd(true) });
    this.node = h('div', { class: 'messages' }, this.scroller, this.jump);
    this.schedule = perFrame(() => this.sync());
    this.scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    handleMessages(app, this.list);
    const keepPlace = () => {
      if (this.#stuck) this.toEnd(false);
    };
    new ResizeObserver(keepPlace).observe(this.list);
    new ResizeObserver(keepPlace).observe(this.scroller);
    this.#listen();
  }

  #listen() {
    const { state } = this.app;
    state.on(['message'], ({ op, channelId, message }) => {
      if (channelId !== this.#channelId) return;
      if (op !== 'add') this.#dirty.add(message.id);
      else if (isOwn(message, state.me?.id)) this.#stuck = true;
      else if (!this.#stuck) this.#missed += 1;
      this.schedule();
    });
    state.on(['history', 'notices'], ({ channelId }) => {
      if (channelId === this.#channelId) this.schedule();
    });
    state.on(['users'], () => {
      for (const id of this.#rows.keys()) this.#dirty.add(id);
      this.schedule();
    });
    state.on(['commands'], () => this.schedule());
  }

  /** @param {string} channelId @param {{messageId?: string}} [options] */
  async show(channelId, options = {}) {
    const same = channelId === this.#channelId;
    if (!same) this.#begin(channelId);
    await this.app.loader.messages(channelId);
    if (this.#channelId !== channelId) return;
    this.sync();
    if (options.messageId) await this.#goTo(options.messageId);
    else if (!same) this.toEnd(false);
    this.app.markRead(channelId);
  }

  /** @param {string} channelId */
  #begin(channelId) {
    this.#channelId = channelId;
    this.#rows.clear();
    this.#parts.clear();
    this.#missed = 0;
    this.#stuck = true;
    const channel = this.app.state.channels.get(channelId);
    const readTo = this.app.state.reads[channelId];
    this.#readTo = readTo && compareIds(channel?.last_message_id ?? '0', readTo) > 0 ? readTo : null;
    this.list.setAttribute('aria-busy', 'true'); // a whole channel is not news
    this.list.replaceChildren(h('div', { class: 'loading', 'aria-label': 'Loading' }));
  }

  /** Brings the DOM in line with the history, touching only what changed. */
  sync() {
    if (!this.#channelId) return;
    const history = this.app.state.history(this.#channelId);
    if (!history.loaded) return;
    const reader = document.activeElement?.closest('article');
    arrange(this.list, this.#nodes(history));
    this.list.removeAttribute('aria-busy');
    this.#forget(history.messages);
    if (reader?.isConnected && document.activeElement === document.body) reader.focus(); // its control is gone
    this.#afterChange();
  }

  /** The start of the channel, its messages, and what stands between them. @param {import('../store/history.js').History} history */
  #nodes(history) {
    const known = this.#parts;
    this.#parts = new Map();
    const part = (/** @type {string} */ name, /** @type {HTMLElement} */ fresh) => {
      const node = known.get(name) ?? fresh;
      if (node !== fresh) patch(node, fresh);
      this.#parts.set(name, node);
      return node;
    };
    const channelId = this.#channelId ?? '';
    const nodes = /** @type {Node[]} */ ([]);
    if (history.complete) nodes.push(part('start', channelStart(this.app, channelId)));
    const notices = history.notices.map((notice) => ({
      after: notice.after,
      node: part(notice.id, renderNotice(this.app, channelId, notice)),
    }));
    let previous = /** @type {Message|null} */ (null);
    let isNew = false;
    for (const message of history.messages) {
      while (notices.length && compareIds(notices[0].after, message.id) < 0)
        nodes.push(...notices.splice(0, 1).map((notice) => notice.node));
      const date = new Date(message.timestamp);
      if (!previous || new Date(previous.timestamp).toDateString() !== date.toDateString())
        nodes.push(part(date.toDateString(), divider(day(date))));
      if (!isNew && this.#startsNew(message)) {
        isNew = true;
        nodes.push(part('new', divider('New', 'new')));
      }
      nodes.push(this.#row(message, belongsTo(previous, message)));
      previous = message;
    }
    return [...nodes, ...notices.map((notice) => notice.node)];
  }

  /** @param {Message} message */
  #startsNew(message) {
    return (
      this.#readTo !== null &&
      compareIds(message.id, this.#readTo) > 0 &&
      message.author.id !== this.app.state.me?.id
    );
  }

  /** @param {Message} message @param {boolean} grouped */
  #row(message, grouped) {
    const known = this.#rows.get(message.id);
    if (known && known.message === message && known.grouped === grouped && !this.#dirty.has(message.id))
      return known.node;
    if (known?.node.querySelector('.edit')) return known.node; // being edited
    const fresh = renderMessage(this.app, message, grouped);
    const node = known?.node ?? fresh;
    if (known) patch(node, fresh);
    this.#rows.set(message.id, { node, message, grouped });
    return node;
  }

  /** @param {Message[]} messages */
  #forget(messages) {
    const alive = new Set(messages.map((message) => message.id));
    for (const id of this.#rows.keys()) if (!alive.has(id)) this.#rows.delete(id);
    this.#dirty.clear();
  }

  #afterChange() {
    oneTabStop(this.list);
    if (this.#stuck) this.toEnd(false);
    this.#showJump();
  }

  /** @param {boolean} smooth */
  toEnd(smooth) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.scroller.scrollTo({
      top: this.scroller.scrollHeight,
      behavior: smooth && !calm ? 'smooth' : 'instant',
    });
    this.#stuck = true;
  }

  #onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.#stuck && this.#channelId) {
      this.#missed = 0;
      this.app.markRead(this.#channelId);
    }
    this.#showJump();
    if (scrollTop < NEAR_START_PX) this.#loadOlder();
  }

  #showJump() {
    this.jump.hidden = this.#stuck;
    const words = this.#missed
      ? `${this.#missed} new ${this.#missed === 1 ? 'message' : 'messages'}`
      : 'To the newest';
    redraw(this.jump, icon('down'), words);
  }

  async #loadOlder() {
    const channelId = this.#channelId;
    if (!channelId || !this.app.state.history(channelId).loaded) return;
    const height = this.scroller.scrollHeight;
    const grew = await this.app.loader.olderMessages(channelId);
    if (!grew || channelId !== this.#channelId) return;
    const top = this.scroller.scrollTop;
    this.sync();
    if (top < NEAR_START_PX && !this.#stuck)
      this.scroller.scrollTop = top + this.scroller.scrollHeight - height;
  }

  /** @param {string} messageId */
  async #goTo(messageId) {
    for (let page = 0; page < 20 && !this.#rows.has(messageId); page += 1) {
      if (!(await this.app.loader.olderMessages(this.#channelId ?? ''))) break;
      this.sync();
    }
    const node = this.#rows.get(messageId)?.node;
    if (!node) {
      this.app.toasts.show('That message is not there any more.');
      return;
    }
    this.#stuck = false;
    node.scrollIntoView({ block: 'center' });
    node.focus({ preventScroll: true });
    node.classList.add('pointed');
    setTimeout(() => node.classList.remove('pointed'), 1600);
  }
}

/**
 * Whether it is one's own word, or the first answer to what one just did; what follows that answer may come
 * minutes later, when one reads elsewhere.
 * @param {Message} message @param {string} [me]
 */
const isOwn = (message, me) =>
  message.author.id === me ||
  (message.interaction_metadata?.user.id === me &&
    !message.interaction_metadata?.original_response_message_id);

/** @param {string} words @param {string} [kind] */
const divider = (words, kind = '') =>
  h('div', { class: `divider ${kind}`, role: 'separator' }, h('span', null, words));
