/** Who is writing just now, in the channel that is open. */

import { h } from './dom.js';
import { redraw } from './patch.js';

/** @typedef {import('./context.js').App} App */

export class TypingLine {
  #timer = 0;

  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.node = h('div', { class: 'typing', 'aria-live': 'polite' });
    app.state.on(['typing', 'open'], () => this.draw());
  }

  draw() {
    const { state } = this.app;
    clearTimeout(this.#timer);
    const people = [...(state.typing.get(state.openId ?? '') ?? [])].filter(
      ([, until]) => until > Date.now(),
    );
    const names = people.map(([id]) => state.nameOf(id));
    const words =
      names.length > 3
        ? 'Several people are writing'
        : `${new Intl.ListFormat('en').format(names)} ${names.length > 1 ? 'are' : 'is'} writing`;
    redraw(
      this.node,
      names.length > 0 && [
        h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
        h('span', null, words),
      ],
    );
    if (people.length)
      this.#timer = window.setTimeout(
        () => this.draw(),
        Math.max(200, Math.min(...people.map(([, until]) => until)) - Date.now()),
      );
  }
}
