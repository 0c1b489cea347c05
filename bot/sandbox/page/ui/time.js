/** Times for people: clock times, day dividers, and relative times that keep themselves current. */

import { h } from './dom.js';

const UNITS = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([
  ['year', 31557600],
  ['month', 2629800],
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
]);
const REFRESH_MS = 1000;

/** Discord's `<t:seconds:style>` styles. @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** @param {Date} date @param {Intl.DateTimeFormatOptions} options */
const format = (date, options) => new Intl.DateTimeFormat(undefined, options).format(date);

/** @param {Date} date */
export const clock = (date) => format(date, STYLES.t);

/** @param {Date} date @param {Date} [today] */
export function day(date, today = new Date()) {
  const midnight = (/** @type {Date} */ d) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const days = Math.round((midnight(today) - midnight(date)) / 86400000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return format(date, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(days > 300 ? { year: 'numeric' } : {}),
  });
}

/** `in 5 seconds`, `3 minutes ago`. @param {number} seconds from now; the past is negative */
export function relative(seconds) {
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: 'always' });
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return words.format(Math.trunc(seconds), 'second');
}

/** A `<time>` for a message. @param {string} iso */
export function stamp(iso) {
  const date = new Date(iso);
  return h('time', { datetime: iso, title: format(date, STYLES.F) }, clock(date));
}

/** `<t:seconds:style>`; relative ones are refreshed by `keepTimesCurrent`. @param {number} seconds @param {string} style */
export function timeMark(seconds, style) {
  const date = new Date(seconds * 1000);
  const known = style === 'R' ? null : (STYLES[style] ?? STYLES.f);
  const text = known ? format(date, known) : relative(seconds - Date.now() / 1000);
  const dataset = known ? {} : { relative: String(seconds) };
  return h(
    'time',
    {
      class: 'time-mark',
      'aria-live': 'off',
      datetime: date.toISOString(),
      title: format(date, STYLES.F),
      dataset,
    },
    text,
  );
}

/** Ticks every relative time on the page. @returns {number} the interval's id */
export function keepTimesCurrent() {
  return window.setInterval(() => {
    for (const node of document.querySelectorAll('time[data-relative]')) {
      const text = relative(Number(/** @type {HTMLElement} */ (node).dataset.relative) - Date.now() / 1000);
      if (node.textContent !== text) node.textContent = text;
    }
  }, REFRESH_MS);
}
