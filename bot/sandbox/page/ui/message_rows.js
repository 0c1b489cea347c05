/** How rows of messages follow each other: what belongs together, and changing the DOM no more than needed. */

import { isEphemeral } from './message.js';

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

/** Puts the children in this order without touching those already right. @param {HTMLElement} box @param {Node[]} nodes */
export function reconcile(box, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...box.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => {
    if (box.childNodes[i] !== node) box.insertBefore(node, box.childNodes[i] ?? null);
  });
}

/** Pictures already loaded move over, so that nothing flickers. @param {HTMLElement} from @param {HTMLElement} to */
export function keepImages(from, to) {
  const loaded = new Map(
    [...from.querySelectorAll('.picture')].map((node) => [
      /** @type {HTMLElement} */ (node).dataset.key,
      node,
    ]),
  );
  for (const fresh of to.querySelectorAll('.picture')) {
    const known = loaded.get(/** @type {HTMLElement} */ (fresh).dataset.key);
    if (known) {
      loaded.delete(/** @type {HTMLElement} */ (fresh).dataset.key);
      fresh.replaceWith(known);
    }
  }
}
