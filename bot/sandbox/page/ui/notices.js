/** Lines only this tab shows, between the messages: a command on its way, or one that failed. */

import { h, icon, iconButton } from './dom.js';

/** @typedef {import('../store/history.js').Notice} Notice */
/** @typedef {import('./context.js').App} App */

const SHOWN_AFTER_MS = 350; // most commands answer before anyone needs telling

export class Notices {
  #count = 0;

  /** @param {import('../store/state.js').State} state */
  constructor(state) {
    this.state = state;
  }

  /** @param {string} channelId @param {string} label @returns {Notice} */
  add(channelId, label) {
    this.#count += 1;
    const notice = /** @type {Notice} */ ({
      id: `notice-${this.#count}`,
      after: this.state.history(channelId).newest?.id ?? '0',
      label,
      text: `Sending ${label}`,
      state: 'pending',
    });
    setTimeout(() => {
      if (notice.state === 'pending') this.#put(channelId, notice);
    }, SHOWN_AFTER_MS);
    return notice;
  }

  /** @param {string} channelId @param {Notice} notice @param {string} text */
  fail(channelId, notice, text) {
    Object.assign(notice, { state: 'failed', text });
    this.#put(channelId, notice);
  }

  /** @param {string} channelId @param {Notice} notice */
  remove(channelId, notice) {
    notice.state = 'failed'; // a timer still running must not bring it back
    const history = this.state.history(channelId);
    history.notices = history.notices.filter((known) => known !== notice);
    this.state.change('notices', { channelId });
  }

  /** @param {string} channelId @param {Notice} notice */
  #put(channelId, notice) {
    const history = this.state.history(channelId);
    if (!history.notices.includes(notice)) history.notices.push(notice);
    this.state.change('notices', { channelId });
  }
}

/** @param {App} app @param {string} channelId @param {Notice} notice */
export function renderNotice(app, channelId, notice) {
  const failed = notice.state === 'failed';
  return h(
    'div',
    {
      class: failed ? 'notice failed' : 'notice',
      role: failed ? 'alert' : 'status',
      dataset: { notice: notice.id },
    },
    failed ? icon('warn') : h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    h('span', null, failed && h('strong', null, `${notice.label}  `), notice.text),
    failed && h('span', { class: 'faint' }, 'Only you can see this'),
    failed &&
      iconButton('close', 'Dismiss', {
        class: 'icon-button quiet',
        onclick: () => app.notices.remove(channelId, notice),
      }),
  );
}
