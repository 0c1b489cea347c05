/** Short passing sentences at the foot of the page, also read aloud. */

import { h, icon } from './dom.js';

const SHOWN_MS = 6000;

export class Toasts {
  constructor() {
    this.node = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  }

  /** @param {string} text @param {'error'|'info'} [kind] */
  show(text, kind = 'error') {
    const toast = h(
      'div',
      { class: `toast ${kind}` },
      kind === 'error' ? icon('warn') : icon('check'),
      h('span', null, text),
    );
    toast.addEventListener('click', () => toast.remove());
    this.node.append(toast);
    setTimeout(() => toast.remove(), SHOWN_MS);
  }
}
