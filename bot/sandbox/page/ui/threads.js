/** The card under a message that opened a thread: its name, how much is in it, its newest picture. */

import { localUrl } from '../api.js';
import { isArchived, isEphemeral } from '../store/state.js';
import { openDialog } from './dialog.js';
import { h, icon } from './dom.js';
import { plainText } from './markdown.js';
import { picturesOf, wordsOf } from './message_parts.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./context.js').App} App */

const THREAD_STARTER = 21;

/** @param {App} app @param {Message} message */
export function threadCard(app, message) {
  const thread = app.state.channels.get(threadIdOf(message));
  if (!thread) return null;
  const history = app.state.history(thread.id);
  if (!history.loaded) loadForCard(app, thread.id, message);
  // The card is for everybody: what only this person sees is neither shown on it nor counted. Discord's
  // `message_count` leaves out the message that the thread began with.
  const messages = history.messages.filter((known) => !isEphemeral(known) && known.type !== THREAD_STARTER);
  const shown = latestPicture(messages);
  const count = Math.max(messages.length, thread.message_count ?? 0);
  return h(
    'button',
    {
      type: 'button',
      class: isArchived(thread) ? 'thread-card archived' : 'thread-card',
      key: thread.id,
      dataset: { thread: thread.id },
      onclick: () => app.open(thread.id),
    },
    shown
      ? h('img', { src: shown, alt: '', class: 'thread-picture' })
      : h('span', { class: 'thread-picture none' }, icon('thread')),
    h(
      'span',
      { class: 'thread-words' },
      h('strong', null, thread.name),
      h(
        'span',
        { class: 'faint' },
        `${count} ${count === 1 ? 'message' : 'messages'}${isArchived(thread) ? ' · archived' : ''}`,
      ),
    ),
    h('span', { class: 'thread-open' }, 'Open thread', icon('right')),
  );
}

/** @param {App} app @param {string} threadId @param {Message} message whose card it is */
async function loadForCard(app, threadId, message) {
  await app.attempt(() => app.loader.messages(threadId));
  if (app.state.history(threadId).loaded)
    app.state.change('message', { op: 'update', channelId: message.channel_id, message });
}

/** A thread made from a message shares its id; the system line "started a thread" refers to it. @param {Message} message */
const threadIdOf = (message) =>
  message.type === 18 ? (message.message_reference?.channel_id ?? '') : message.id;

/**
 * The newest picture, or the one that the bot went back to since.
 * @param {Message[]} messages @returns {string|null}
 */
function latestPicture(messages) {
  for (const message of messages.toReversed()) {
    const shown = wentBackTo(message, messages) ?? message;
    const address = picturesOf(shown).findLast((url) => localUrl(url));
    if (address) return localUrl(address);
  }
  return null;
}

/**
 * The picture's message that a bot answers or links to when somebody undid: its own, and nothing else shown.
 * @param {Message} message @param {Message[]} messages @returns {Message|undefined}
 */
function wentBackTo(message, messages) {
  if (!message.author.bot || picturesOf(message).length) return undefined;
  const linked = /\/channels\/(?:\d+|@me)\/\d+\/(\d+)/.exec(wordsOf(message))?.[1];
  const ids = [linked, message.message_reference?.message_id];
  return messages.find((known) => ids.includes(known.id) && known.author.id === message.author.id);
}

/** Asks for a name and opens a thread from a message. @param {App} app @param {Message} message */
export function askForThread(app, message) {
  const name = h('input', {
    class: 'field',
    required: true,
    maxlength: 100,
    autocomplete: 'off',
    value: plainText(wordsOf(message)).slice(0, 80),
  });
  const form = h(
    'form',
    { class: 'modal-form' },
    h('label', { class: 'modal-field' }, h('span', { class: 'modal-label' }, 'Name of the thread'), name),
    h(
      'div',
      { class: 'dialog-buttons' },
      h('button', { type: 'button', class: 'button secondary', onclick: () => dialog.close() }, 'Cancel'),
      h('button', { type: 'submit', class: 'button primary' }, 'Open thread'),
    ),
  );
  const dialog = openDialog(
    { class: 'modal', label: 'Open a thread' },
    h('header', null, h('h2', null, 'Open a thread')),
    form,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const thread = await app.attempt(() =>
      app.api.createThread(message.channel_id, name.value.trim(), message.id),
    );
    if (!thread) return;
    dialog.close();
    app.state.channels.set(thread.id, thread);
    app.open(thread.id);
  });
  name.select();
}
