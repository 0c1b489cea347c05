/** Avatars made from a name: initials on a colour that stays the same for the same person. */

import { h } from './dom.js';

/** Hues apart enough to tell people by, each readable under white text. */
const COLOURS = [
  '#a5483c',
  '#8f5a14',
  '#5f6d1c',
  '#2c7145',
  '#17706f',
  '#2b6391',
  '#6a4f9c',
  '#94437a',
  '#59626d',
];

/** @param {string} text @returns {number} */
function hash(text) {
  let value = 7;
  for (const char of text) value = (value * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return value;
}

/** @param {string} name @returns {string} one or two letters */
export function initials(name) {
  const words = name.split(/[\s_.-]+/).filter(Boolean);
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0]);
  return (letters.join('') || '?').toUpperCase();
}

/** @param {import('../types.js').User} user @param {string} name @param {string} [size] a class: `small`, `large` */
export function avatar(user, name, size = '') {
  const colour = user.bot ? 'var(--accent-deep)' : COLOURS[hash(user.id + user.username) % COLOURS.length];
  return h(
    'span',
    { class: `avatar ${size} ${user.bot ? 'bot' : ''}`, 'aria-hidden': 'true', vars: { '--colour': colour } },
    initials(name),
  );
}
