/** What a message says and shows, whether as text and embeds or as layout components. */

import { isPicture } from './pictures.js';

/** @typedef {import('../types.js').Component} Component */
/** @typedef {import('../types.js').Message} Message */

const TEXT = 10;
const GALLERY = 12;

/** A component and everything inside it, in reading order. @param {Component} component @returns {Component[]} */
const within = (component) => [
  component,
  ...(component.components ?? []).flatMap(within),
  ...(component.accessory ? within(component.accessory) : []),
];

/** @param {Message} message */
const parts = (message) => (message.components ?? []).flatMap(within);

/** The words of a message as they were written, in markdown. @param {Message} message */
export function wordsOf(message) {
  const shown = parts(message).filter((part) => part.type === TEXT);
  return [message.content, ...shown.map((part) => part.content)].filter(Boolean).join('\n');
}

/** The first line that is more than a heading, small print or a name. @param {string} words in markdown */
export const firstLineOf = (words) =>
  words.split('\n').find((line) => !/^(?:#{1,3} |-# |```|\s*(?:<@!?\d+>\s*)*$)/.test(line)) ?? '';

/** The addresses of the pictures of a message, in their order. @param {Message} message @returns {string[]} */
export function picturesOf(message) {
  const galleries = parts(message).filter((part) => part.type === GALLERY);
  return [
    ...message.attachments.filter(isPicture).map((file) => file.url),
    ...message.embeds.flatMap((embed) => (embed.image ? [embed.image.url] : [])),
    ...galleries.flatMap((gallery) => (gallery.items ?? []).map((item) => item.media.url)),
  ];
}
