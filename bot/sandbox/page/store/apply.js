/** Applies the server's events to the state: one small function per event. */

import { compareIds } from './history.js';
import { isDirect, isThread } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('../types.js').EventData} EventData */
/** @typedef {import('../types.js').Message} Message */

const TYPING_MS = 9000;

/** @type {{[N in keyof EventData]?: (state: State, data: EventData[N]) => void}} */
const HANDLERS = {
  MESSAGE_CREATE: addMessage,
  MESSAGE_UPDATE: updateMessage,
  MESSAGE_DELETE: (state, d) => removeMessage(state, d.channel_id, d.id),
  MESSAGE_DELETE_BULK: (state, d) => {
    for (const id of d.ids) removeMessage(state, d.channel_id, id);
  },
  MESSAGE_REACTION_ADD: (state, d) => changeReaction(state, d, 1),
  MESSAGE_REACTION_REMOVE: (state, d) => changeReaction(state, d, -1),
  MESSAGE_REACTION_REMOVE_ALL: (state, d) => editReactions(state, d, () => []),
  MESSAGE_REACTION_REMOVE_EMOJI: (state, d) =>
    editReactions(state, d, (all) => all.filter((r) => r.emoji.name !== d.emoji.name)),
  CHANNEL_CREATE: putChannel,
  CHANNEL_UPDATE: putChannel,
  CHANNEL_DELETE: dropChannel,
  THREAD_CREATE: putChannel,
  THREAD_UPDATE: putChannel,
  THREAD_DELETE: dropChannel,
  TYPING_START: startTyping,
  GUILD_MEMBER_ADD: putMember,
  GUILD_MEMBER_UPDATE: putMember,
  USER_UPDATE: (state, d) => {
    state.users.set(d.id, d);
    state.change('users');
  },
  BOT_STATUS: (state, d) => {
    state.botOnline = d.online;
    state.commands.clear();
    state.change('status');
  },
};

/**
 * Applies one event; those of other names change nothing.
 * @template {keyof EventData} N
 * @param {State} state @param {import('../types.js').ServerEvent<N>} event
 */
export function applyEvent(state, event) {
  HANDLERS[event.t]?.(state, event.d);
}

/** @param {State} state @param {Message} message */
function addMessage(state, message) {
  if (message.author && !state.users.has(message.author.id))
    state.users.set(message.author.id, message.author);
  const op = state.history(message.channel_id).put(message);
  state.typing.get(message.channel_id)?.delete(message.author?.id);
  noteActivity(state, message);
  state.change('message', { op, channelId: message.channel_id, message });
  refreshCard(state, message.channel_id);
  state.change('typing');
  state.change('channels');
}

/** @param {State} state @param {Message} message */
function noteActivity(state, message) {
  const channel = state.channels.get(message.channel_id);
  if (!channel) return;
  if (compareIds(message.id, channel.last_message_id ?? '0') > 0) channel.last_message_id = message.id;
}

/** @param {State} state @param {EventData['MESSAGE_UPDATE']} change */
function updateMessage(state, change) {
  const known = state.history(change.channel_id).find(change.id);
  if (!known) return;
  const message = { ...known, ...change };
  state.history(change.channel_id).put(message);
  state.change('message', { op: 'update', channelId: change.channel_id, message });
  refreshCard(state, change.channel_id);
}

/** @param {State} state @param {string} channelId @param {string} id */
function removeMessage(state, channelId, id) {
  const message = state.history(channelId).remove(id);
  if (state.replyTo?.id === id) {
    state.replyTo = null;
    state.change('reply');
  }
  if (message) state.change('message', { op: 'remove', channelId, message });
  refreshCard(state, channelId);
}

/** The card of a thread shows its newest picture. @param {State} state @param {string} channelId */
function refreshCard(state, channelId) {
  const thread = state.channels.get(channelId);
  if (thread && isThread(thread)) refreshStarter(state, thread);
}

/** @param {State} state @param {import('../types.js').ReactionChange} d @param {1|-1} step */
function changeReaction(state, d, step) {
  const mine = d.user_id === state.me?.id;
  editReactions(state, d, (reactions) => {
    const known = reactions.find((reaction) => reaction.emoji.name === d.emoji.name);
    if (known && mine && known.me === step > 0) return reactions; // already counted
    if (!known) return step > 0 ? [...reactions, { emoji: d.emoji, count: 1, me: mine }] : reactions;
    const changed = { ...known, count: known.count + step, me: mine ? step > 0 : known.me };
    return reactions.map((r) => (r === known ? changed : r)).filter((r) => r.count > 0);
  });
}

/**
 * @param {State} state @param {import('../types.js').MessagePlace} d
 * @param {(reactions: import('../types.js').Reaction[]) => import('../types.js').Reaction[]} edit
 */
function editReactions(state, d, edit) {
  const message = state.history(d.channel_id).find(d.message_id);
  if (!message) return;
  const changed = { ...message, reactions: edit(message.reactions ?? []) };
  state.history(d.channel_id).put(changed);
  state.change('message', { op: 'update', channelId: d.channel_id, message: changed });
}

/** @param {State} state @param {import('../types.js').Channel} channel */
function putChannel(state, channel) {
  const known = state.channels.get(channel.id);
  if (!channel.guild_id && !known && !isDirect(channel)) return;
  state.channels.set(channel.id, { ...known, ...channel });
  state.change('channels');
  if (isThread(channel)) refreshStarter(state, channel);
}

/** A thread's id is its starter message's id: the card under that message follows the thread.
 * @param {State} state @param {import('../types.js').Channel} thread */
function refreshStarter(state, thread) {
  if (!thread.parent_id) return;
  const starter = state.history(thread.parent_id).find(thread.id);
  if (starter) state.change('message', { op: 'update', channelId: thread.parent_id, message: starter });
}

/** @param {State} state @param {{id: string}} d */
function dropChannel(state, d) {
  const gone = state.channels.get(d.id);
  state.channels.delete(d.id);
  state.histories.delete(d.id);
  state.change('channels');
  if (gone && isThread(gone)) refreshStarter(state, gone);
  if (state.openId === d.id) state.change('gone', { channel: gone });
}

/** @param {State} state @param {import('../types.js').Member} member */
function putMember(state, member) {
  state.users.set(member.user.id, member.user);
  state.members.set(member.user.id, { ...state.members.get(member.user.id), ...member });
  state.change('users');
}

/** @param {State} state @param {{channel_id: string, user_id: string}} d */
function startTyping(state, d) {
  if (d.user_id === state.me?.id) return;
  const people = state.typing.get(d.channel_id) ?? new Map();
  people.set(d.user_id, Date.now() + TYPING_MS);
  state.typing.set(d.channel_id, people);
  state.change('typing');
}
