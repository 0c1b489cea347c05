/** The line over a conversation: where one is, and the bars that say that something is off. */

import { isDirect, isThread } from '../store/state.js';
import { h, icon, iconButton, perFrame } from './dom.js';
import { redraw } from './patch.js';

/** @typedef {import('./context.js').App} App */

export class Header {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.node = h('header', { class: 'top' });
    this.bars = h('div', { class: 'bars', role: 'status' });
    const draw = perFrame(() => this.draw());
    app.state.on(['open', 'channels', 'status', 'users'], draw);
  }

  draw() {
    const { state } = this.app;
    const channel = state.open;
    const elsewhere = [...state.channels.values()].some((c) => state.isUnread(c));
    const menu = iconButton('menu', 'Channels', {
      class: elsewhere ? 'icon-button drawer-button has-unread' : 'icon-button drawer-button',
      onclick: () => this.app.toggleDrawer(),
    });
    redraw(this.node, menu, channel && this.#where(channel));
    this.#drawBars();
    document.title = `${elsewhere ? '• ' : ''}${channel ? state.titleOf(channel) : 'DiffChat'} · ${state.guild?.name ?? 'sandbox'}`;
  }

  /** @param {import('../types.js').Channel} channel @returns {Node[]} */
  #where(channel) {
    const { state } = this.app;
    const parent = state.channels.get(channel.parent_id ?? '');
    const mark = h(
      'span',
      { class: 'top-mark' },
      icon(isThread(channel) ? 'thread' : isDirect(channel) ? 'at' : 'hash'),
    );
    const name = state.titleOf(channel);
    const path =
      isThread(channel) && parent
        ? [
            h(
              'button',
              { type: 'button', key: parent.id, class: 'crumb', onclick: () => this.app.open(parent.id) },
              `#${parent.name}`,
            ),
            h('span', { class: 'crumb-arrow', 'aria-hidden': 'true' }, icon('right')),
          ]
        : [mark];
    return [
      ...path,
      h('h1', { class: 'top-name', dir: 'auto', title: name }, name),
      ...(channel.topic ? [h('span', { class: 'top-topic' }, channel.topic)] : []),
    ];
  }

  #drawBars() {
    const { state } = this.app;
    const bars = [];
    if (!state.connected)
      bars.push(
        h(
          'div',
          { class: 'bar reconnecting' },
          h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
          'Reconnecting to the sandbox',
        ),
      );
    else if (!state.botOnline)
      bars.push(
        h(
          'div',
          { class: 'bar offline' },
          icon('warn'),
          `${state.application ? state.nameOf(state.application.bot) : 'The bot'} is offline: commands and buttons will not answer until it is back.`,
        ),
      );
    redraw(this.bars, bars);
  }
}
