/** Reactions under a message: counts that toggle, and the way to add one. */

import { h, icon } from './dom.js';
import { openEmojiPicker } from './emoji.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./context.js').App} App */

/** @param {App} app @param {Message} message */
export function reactions(app, message) {
  const given = message.reactions ?? [];
  if (!given.length) return null;
  return h(
    'div',
    { class: 'reactions', role: 'group', 'aria-label': 'Reactions' },
    given.map((reaction) => chip(app, message, reaction)),
    h(
      'button',
      {
        type: 'button',
        class: 'reaction add',
        'aria-label': 'Add a reaction',
        title: 'Add a reaction',
        key: 'add',
        onclick: (event) => pickReaction(app, message, event.currentTarget),
      },
      icon('smile'),
    ),
  );
}

/** @param {App} app @param {Message} message @param {import('../types.js').Reaction} reaction */
function chip(app, message, reaction) {
  const name = reaction.emoji.name ?? '?';
  return h(
    'button',
    {
      type: 'button',
      class: 'reaction',
      'aria-pressed': String(reaction.me),
      key: name,
      dataset: { emoji: name },
      'aria-label': `${name}, ${reaction.count} ${reaction.count === 1 ? 'person' : 'people'}${reaction.me ? ', you among them' : ''}`,
      disabled: Boolean(reaction.emoji.id),
      onclick: () => react(app, message, name, !reaction.me),
    },
    h('span', { class: 'emoji' }, reaction.emoji.id ? `:${name}:` : name),
    h('span', { class: 'count' }, reaction.count),
  );
}

/** @param {App} app @param {Message} message @param {string} emoji @param {boolean} on */
export async function react(app, message, emoji, on) {
  await app.attempt(() => app.api.react(message.channel_id, message.id, emoji, on));
}

/** @param {App} app @param {Message} message @param {Element|{x: number, y: number}} anchor */
export function pickReaction(app, message, anchor) {
  openEmojiPicker(anchor, (emoji) => {
    const mine = message.reactions?.find((r) => r.emoji.name === emoji)?.me ?? false;
    react(app, message, emoji, !mine);
  });
}
