/** The page's composition root: builds the parts, starts them, and holds what they ask of each other. */

import { Api } from './api.js';
import { EventStream } from './events.js';
import { Interactions } from './interactions.js';
import { applyEvent } from './store/apply.js';
import { Loader } from './store/loader.js';
import {
  applyTheme,
  savedMe,
  savedPlace,
  savedReads,
  savedTheme,
  saveMe,
  savePlace,
  saveReads,
} from './store/session.js';
import { isThread, State } from './store/state.js';
import { Composer } from './ui/composer.js';
import { h, iconButton } from './ui/dom.js';
import { editInPlace } from './ui/edit.js';
import { Header } from './ui/header.js';
import { MessageList } from './ui/messages.js';
import { Notices } from './ui/notices.js';
import { watchPresses } from './ui/press.js';
import { Sidebar } from './ui/sidebar.js';
import { openSwitcher } from './ui/switcher.js';
import { keepTimesCurrent } from './ui/time.js';
import { Toasts } from './ui/toast.js';
import { TypingLine } from './ui/typing.js';
import { askName } from './ui/welcome.js';

/** @typedef {import('./types.js').Message} Message */
/** @typedef {import('./types.js').ServerEvent} ServerEvent */
/** @typedef {import('./ui/context.js').App} Context */

/** @implements {Context} */
export class App {
  state = new State();
  api = new Api();
  interactions = new Interactions(this.api);
  toasts = new Toasts();
  notices = new Notices(this.state);
  loader = new Loader(this);
  composer = new Composer(this);
  #messages = new MessageList(this);
  #sidebar = new Sidebar(this);
  #header = new Header(this);
  #stream = /** @type {EventStream|null} */ (null);

  /** @param {HTMLElement} root */
  async start(root) {
    applyTheme(savedTheme());
    root.replaceChildren(...this.#frame());
    keepTimesCurrent();
    watchPresses();
    this.#shortcuts();
    const snapshot = await this.#firstState();
    this.state.load(snapshot);
    const me = this.state.users.get(savedMe() ?? '') ?? (await askName(this, false));
    if (me) await this.enter(me);
  }

  /** Becomes a person: everything personal is fetched anew. @param {import('./types.js').User} me */
  async enter(me) {
    saveMe(me.id);
    this.#stream?.close();
    this.api.userId = me.id;
    Object.assign(this.state, { me, reads: savedReads(me.id), openId: null, replyTo: null });
    this.state.histories.clear();
    this.state.commands.clear();
    this.state.load(await this.api.state());
    this.#readAllOnce();
    this.#stream = new EventStream(() => this.api.eventsUrl(), {
      onEvent: (event) => this.#onEvent(event),
      onStatus: (online, again) => this.#onStatus(online, again),
    });
    this.#stream.open();
    const place = this.state.channels.get(savedPlace() ?? '') ?? this.#firstChannel();
    if (place) await this.open(place.id);
  }

  /** Shows a channel. @param {string} channelId @param {{messageId?: string}} [options] */
  async open(channelId, options = {}) {
    if (!this.state.channels.has(channelId)) {
      this.toasts.show('That place is not there any more.');
      return;
    }
    this.toggleDrawer(false);
    const isNew = this.state.openId !== channelId;
    this.state.openId = channelId;
    savePlace(channelId);
    if (isNew) {
      this.replyTo(null);
      this.state.change('open');
      if (matchMedia('(hover: hover)').matches && !document.querySelector('dialog[open]'))
        this.composer.focus();
    }
    await this.attempt(() => this.#messages.show(channelId, options));
  }

  async openDirect() {
    const bot = this.state.application?.bot;
    const channel = bot && (await this.attempt(() => this.api.openDm(bot.id)));
    if (!channel) return;
    this.state.channels.set(channel.id, { ...this.state.channels.get(channel.id), ...channel });
    this.state.change('channels');
    await this.open(channel.id);
  }

  /** Runs a call; a failure is told, not thrown. @template T @param {() => Promise<T>} call @returns {Promise<T|null>} */
  async attempt(call) {
    try {
      return await call();
    } catch (error) {
      this.toasts.show(error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  /** @param {Message|null} message */
  replyTo(message) {
    if (this.state.replyTo === message) return;
    this.state.replyTo = message;
    this.state.change('reply');
  }

  /** @param {Message} message */
  edit(message) {
    editInPlace(this, message);
  }

  focusComposer() {
    this.composer.focus();
  }

  /** Puts a text into the composer. @param {string} text */
  suggest(text) {
    this.composer.suggest(text);
  }

  /** Forgets an ephemeral message. @param {Message} message */
  dismiss(message) {
    this.attempt(() => this.api.remove(message.channel_id, message.id));
  }

  quickSwitch() {
    openSwitcher(this);
  }

  async chooseName() {
    const me = await askName(this, true);
    if (me && me.id !== this.state.me?.id) await this.enter(me);
  }

  /** @param {boolean} [open] */
  toggleDrawer(open) {
    document.body.classList.toggle('drawer-open', open);
  }

  /** @param {string} channelId */
  markRead(channelId) {
    const last = this.state.channels.get(channelId)?.last_message_id;
    if (!last || document.hidden || this.state.reads[channelId] === last) return;
    this.state.reads[channelId] = last;
    saveReads(this.state.me?.id ?? '', this.state.reads);
    this.state.change('channels');
  }

  /** Someone new starts with nothing unread. */
  #readAllOnce() {
    if (Object.keys(this.state.reads).length) return;
    for (const channel of this.state.channels.values())
      if (channel.last_message_id) this.state.reads[channel.id] = channel.last_message_id;
    saveReads(this.state.me?.id ?? '', this.state.reads);
  }

  #firstChannel() {
    const channels = [...this.state.channels.values()].filter((c) => c.type === 0 && !isThread(c));
    return channels.sort((a, b) => (a.position ?? 0) - (b.position ?? 0))[0] ?? null;
  }

  #frame() {
    const main = h(
      'main',
      { class: 'main' },
      this.#header.node,
      this.#header.bars,
      this.#messages.node,
      this.composer.node,
      new TypingLine(this).node,
    );
    main.addEventListener('dragover', (event) => event.preventDefault());
    main.addEventListener('drop', (event) => this.composer.uploads.take(event.dataTransfer?.files, event));
    const shade = h('div', { class: 'shade', onclick: () => this.toggleDrawer(false) });
    this.#sidebar.node.prepend(
      iconButton('close', 'Close', {
        class: 'icon-button drawer-close',
        onclick: () => this.toggleDrawer(false),
      }),
    );
    return [this.#sidebar.node, shade, main, this.toasts.node];
  }

  /** @returns {Promise<import('./types.js').ServerState>} as soon as the sandbox answers */
  async #firstState() {
    for (;;) {
      const snapshot = await this.attempt(() => this.api.state());
      if (snapshot) return snapshot;
      await new Promise((resolve) => {
        setTimeout(resolve, 1500);
      });
    }
  }

  /** @param {ServerEvent} event */
  async #onEvent(event) {
    if (this.interactions.take(event)) return;
    if (event.t === 'MESSAGE_CREATE' && !event.d.guild_id && !this.state.channels.has(event.d.channel_id))
      await this.#meet(event.d);
    applyEvent(this.state, event);
    if (event.t === 'BOT_STATUS') this.loader.commands(this.state.openId ?? '');
  }

  /** A message from a place not known yet: the bot wrote directly first. @param {Message} message */
  async #meet(message) {
    const bot = this.state.application?.bot;
    const channel =
      bot && message.author.id === bot.id ? await this.attempt(() => this.api.openDm(bot.id)) : null;
    if (channel) this.state.channels.set(channel.id, channel);
  }

  /** @param {boolean} online @param {boolean} again */
  async #onStatus(online, again) {
    this.state.connected = online;
    this.state.change('status');
    if (online && again) await this.attempt(() => this.#catchUp());
  }

  /** After a gap: what happened meanwhile is fetched. */
  async #catchUp() {
    this.state.load(await this.api.state());
    for (const history of this.state.histories.values()) history.reset();
    this.state.commands.clear();
    const openId = this.state.openId;
    if (!openId) return;
    if (!this.state.channels.has(openId)) {
      this.#leaveGone();
      return;
    }
    await this.#messages.show(openId);
    await this.loader.commands(openId);
  }

  #leaveGone() {
    const channel = this.#firstChannel();
    this.toasts.show('This place was deleted.', 'info');
    if (channel) this.open(channel.id);
  }

  #shortcuts() {
    this.state.on(['gone'], ({ channel }) => {
      const parent = this.state.channels.get(channel?.parent_id ?? '');
      if (parent) {
        this.toasts.show('This thread was deleted.', 'info');
        this.open(parent.id);
      } else this.#leaveGone();
    });
    this.state.on(['message'], ({ op, channelId }) => {
      if (op === 'add' && channelId === this.state.openId)
        requestAnimationFrame(() => this.#readWhileThere(channelId));
    });
    document.addEventListener('visibilitychange', () => {
      if (this.state.openId) this.#readWhileThere(this.state.openId);
    });
    document.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        if (!document.querySelector('dialog[open]')) this.quickSwitch();
      }
      if (event.key === 'Escape') this.toggleDrawer(false);
    });
  }

  /** @param {string} channelId */
  #readWhileThere(channelId) {
    if (channelId === this.state.openId) this.markRead(channelId);
  }
}

const root = document.getElementById('app');
if (root) new App().start(root);
