/** How rows of messages follow each other: what belongs together. */

import { isEphemeral } from '../store/state.js';

/** @typedef {import('../types.js').Message} Message */

const GROUP_MS = 7 * 60 * 1000;

/** Does a message continue the one before it? @param {Message|null} previous @param {Message} message */
export function belongsTo(previous, message) {
  if (
    !previous ||
    previous.author.id !== message.author.id ||
    ![previous, message].every((m) => [0, 19, 20].includes(m.type))
  )
    return false;
  if (message.type !== 0 || message.interaction_metadata || isEphemeral(message) !== isEphemeral(previous))
    return false;
  const then = new Date(previous.timestamp);
  const now = new Date(message.timestamp);
  return now.getTime() - then.getTime() < GROUP_MS && then.toDateString() === now.toDateString();
}
