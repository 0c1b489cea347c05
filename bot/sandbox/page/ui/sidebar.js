/** The list of places: channels with their threads, the bot's direct messages, and who you are. */

import { applyTheme, savedTheme } from '../store/session.js';
import { isArchived, isDirect, isThread } from '../store/state.js';
import { avatar } from './avatar.js';
import { h, icon, iconButton, perFrame } from './dom.js';
import { arrowKeys } from './menu.js';
import { redraw } from './patch.js';

/** @typedef {import('../types.js').Channel} Channel */
/** @typedef {import('./context.js').App} App */

const THREADS_SHOWN = 8;
const THEMES = /** @type {const} */ ({
  system: ['light', 'auto'],
  light: ['dark', 'sun'],
  dark: ['system', 'moon'],
});

export class Sidebar {
  #all = /** @type {Set<string>} */ (new Set()); // channels whose every thread is shown

  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.title = h('header', { class: 'server' });
    this.places = h('nav', { class: 'places', 'aria-label': 'Channels and threads' });
    this.foot = h('footer', { class: 'whoami' });
    this.node = h('aside', { class: 'sidebar' }, this.title, this.places, this.foot);
    arrowKeys(this.places, 'button');
    const draw = perFrame(() => this.draw());
    app.state.on(['channels', 'open', 'users', 'status'], draw);
  }

  draw() {
    const { state } = this.app;
    redraw(
      this.title,
      h('img', { src: '/page/icon.svg', alt: '', width: 28, height: 28 }),
      h('h2', null, state.guild?.name ?? 'Sandbox'),
    );
    if (!state.me) return; // whoever is still at the door sees no places, which may be others' alone
    const channels = [...state.channels.values()].filter(
      (c) => !isThread(c) && !isDirect(c) && [0, 5, 15].includes(c.type),
    );
    channels.sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
    redraw(
      this.places,
      h('h2', null, 'Channels'),
      channels.flatMap((channel) => this.#channel(channel)),
      h('h2', null, 'Direct messages'),
      this.#direct(),
    );
    this.#drawFoot();
  }

  /** @param {Channel} channel @returns {Node[]} */
  #channel(channel) {
    const threads = this.app.state.threadsOf(channel.id);
    const shown = this.#all.has(channel.id)
      ? threads
      : threads.filter((thread, i) => i < THREADS_SHOWN || thread.id === this.app.state.openId);
    const rest = threads.length - shown.length;
    return [
      this.#place(channel, icon('hash')),
      ...shown.map((thread) => this.#place(thread, null)),
      ...(rest > 0
        ? [
            h(
              'button',
              {
                type: 'button',
                key: `more:${channel.id}`,
                class: 'place more',
                onclick: () => {
                  this.#all.add(channel.id);
                  this.draw();
                },
              },
              `${rest} more`,
            ),
          ]
        : []),
    ];
  }

  /** @param {Channel} channel @param {Node|null} mark */
  #place(channel, mark) {
    const { state } = this.app;
    const current = channel.id === state.openId;
    const unread = state.isUnread(channel);
    const classes = [
      'place',
      isThread(channel) && 'thread',
      isArchived(channel) && 'archived',
      unread && 'unread',
    ];
    return h(
      'button',
      {
        type: 'button',
        class: classes.filter(Boolean).join(' '),
        'aria-current': current ? 'page' : null,
        key: channel.id,
        dataset: { place: channel.id },
        title: channel.name,
        onclick: () => this.app.open(channel.id),
      },
      mark,
      h('span', { class: 'place-name', dir: 'auto' }, channel.name),
      channel.nsfw && !isThread(channel) && h('span', { class: 'age-tag', title: 'Age-restricted' }, '18+'),
      unread && h('span', { class: 'dot' }, h('span', { class: 'sr' }, 'unread')),
      isArchived(channel) && h('span', { class: 'sr' }, 'archived'),
    );
  }

  #direct() {
    const { state } = this.app;
    const bot = state.application?.bot;
    if (!bot) return h('p', { class: 'faint' }, 'No bot yet');
    const channel = [...state.channels.values()].find((c) => isDirect(c));
    return h(
      'button',
      {
        type: 'button',
        class: channel && state.isUnread(channel) ? 'place unread' : 'place',
        'aria-current': channel && channel.id === state.openId ? 'page' : null,
        key: 'dm',
        dataset: { place: 'dm' },
        onclick: () => this.app.openDirect(),
      },
      h('span', { class: state.botOnline ? 'presence online' : 'presence' }),
      h('span', { class: 'place-name' }, state.nameOf(bot)),
      h('span', { class: 'bot-tag' }, 'BOT'),
      h('span', { class: 'sr' }, state.botOnline ? 'online' : 'offline'),
    );
  }

  #drawFoot() {
    const { me } = this.app.state;
    if (!me) return;
    const theme = savedTheme();
    const [next, mark] = THEMES[theme];
    redraw(
      this.foot,
      h(
        'button',
        {
          type: 'button',
          key: 'me',
          class: 'me',
          title: 'Be someone else in this tab',
          onclick: () => this.app.chooseName(),
        },
        avatar(me, this.app.state.nameOf(me), 'small'),
        h(
          'span',
          { class: 'me-words' },
          h('strong', null, this.app.state.nameOf(me)),
          h('span', { class: 'faint' }, 'Switch person'),
        ),
      ),
      iconButton('search', 'Go to… (Ctrl+K)', { onclick: () => this.app.quickSwitch() }),
      iconButton(mark, `Colours: ${theme}. Switch to ${next}`, {
        key: 'theme',
        class: 'icon-button theme-toggle',
        onclick: () => {
          applyTheme(next);
          this.#drawFoot();
        },
      }),
    );
  }
}
