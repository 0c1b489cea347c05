/** The conversation: messages in order, grouped by person and day, kept in place while things change. */

import { compareIds } from '../store/history.js';
import { h, icon, perFrame } from './dom.js';
import { channelStart } from './empty.js';
import { renderMessage } from './message.js';
import { handleMessages, oneTabStop } from './message_keys.js';
import { belongsTo, keepImages, reconcile } from './message_rows.js';
import { renderNotice } from './notices.js';
import { day } from './time.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./context.js').App} App */
/** @typedef {{node: HTMLElement, message: Message, grouped: boolean}} Row */

const NEAR_END_PX = 80;
const NEAR_START_PX = 300;

export class MessageList {
  /** @type {Map<string, Row>} */
  #rows = new Map();
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
      else if (!this.#stuck && message.author.id !== state.me?.id) this.#missed += 1;
      if (op === 'add' && message.author.id === state.me?.id) this.#stuck = true;
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
    const focus = this.#focusMark();
    const nodes = /** @type {Node[]} */ ([]);
    if (history.complete)
      nodes.push(
        this.#keep(
          'start',
          () => channelStart(this.app, this.#channelId ?? ''),
          String(history.messages.length > 0) + this.#commandKey(),
        ),
      );
    let previous = /** @type {Message|null} */ (null);
    let isNew = false;
    const notices = history.notices.map((notice) => ({
      after: notice.after,
      node: renderNotice(this.app, this.#channelId ?? '', notice),
    }));
    for (const message of history.messages) {
      while (notices.length && compareIds(notices[0].after, message.id) < 0)
        nodes.push(/** @type {{node: Node}} */ (notices.shift()).node);
      nodes.push(...this.#dividers(previous, message, isNew));
      isNew ||= this.#startsNew(message);
      nodes.push(this.#row(message, belongsTo(previous, message)));
      previous = message;
    }
    nodes.push(...notices.map((notice) => notice.node));
    reconcile(this.list, nodes);
    this.list.removeAttribute('aria-busy');
    this.#forget(history.messages);
    this.#restoreFocus(focus);
    this.#afterChange();
  }

  /** Changes when the commands here change. */
  #commandKey() {
    const { botOnline, commands } = this.app.state;
    return `${botOnline}:${(commands.get(this.#channelId ?? '') ?? []).length}`;
  }

  /** @param {Message|null} previous @param {Message} message @param {boolean} isNew */
  #dividers(previous, message, isNew) {
    const date = new Date(message.timestamp);
    const sameDay = previous && new Date(previous.timestamp).toDateString() === date.toDateString();
    return [
      !sameDay &&
        this.#keep(`day:${date.toDateString()}`, () =>
          h('div', { class: 'divider', role: 'separator' }, h('span', null, day(date))),
        ),
      !isNew &&
        this.#startsNew(message) &&
        this.#keep('new', () =>
          h('div', { class: 'divider new', role: 'separator' }, h('span', null, 'New')),
        ),
    ].filter((node) => node !== false && node !== null);
  }

  /** @param {Message} message */
  #startsNew(message) {
    return (
      this.#readTo !== null &&
      compareIds(message.id, this.#readTo) > 0 &&
      message.author.id !== this.app.state.me?.id
    );
  }

  /** A node that stays the same while its key does. @param {string} name @param {() => HTMLElement} make */
  #keep(name, make, key = '') {
    const known = [...this.list.children].find(
      (node) => node instanceof HTMLElement && node.dataset.kept === name + key,
    );
    if (known) return known;
    const node = make();
    node.dataset.kept = name + key;
    return node;
  }

  /** @param {Message} message @param {boolean} grouped */
  #row(message, grouped) {
    const known = this.#rows.get(message.id);
    if (known && known.message === message && known.grouped === grouped && !this.#dirty.has(message.id))
      return known.node;
    if (known?.node.querySelector('.edit')) return known.node; // being edited
    const node = renderMessage(this.app, message, grouped);
    if (known) keepImages(known.node, node);
    this.#rows.set(message.id, { node, message, grouped });
    return node;
  }

  /** @param {Message[]} messages */
  #forget(messages) {
    const alive = new Set(messages.map((message) => message.id));
    for (const id of this.#rows.keys()) if (!alive.has(id)) this.#rows.delete(id);
    this.#dirty.clear();
  }

  /** What had the focus, so that a redrawn message keeps it. */
  #focusMark() {
    const node = document.activeElement;
    const article = node?.closest('article');
    return node instanceof HTMLElement && article && this.list.contains(node)
      ? { id: article.dataset.messageId, key: node.dataset.key }
      : null;
  }

  /** @param {{id?: string, key?: string}|null} mark */
  #restoreFocus(mark) {
    if (!mark || document.activeElement !== document.body) return;
    const article = this.#rows.get(mark.id ?? '')?.node;
    const inner = mark.key && article?.querySelector(`[data-key="${CSS.escape(mark.key)}"]`);
    if (inner instanceof HTMLElement) inner.focus();
    else article?.focus();
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
    this.jump.replaceChildren(icon('down'), words);
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
