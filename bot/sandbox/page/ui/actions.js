/** What can be done with a message: the hover toolbar, the menu, and a person's card. */

import { isDirect, isEphemeral, isThread } from '../store/state.js';
import { avatar } from './avatar.js';
import { runTargeted } from './commands.js';
import { h, icon, iconButton } from './dom.js';
import { VOTES } from './emoji.js';
import { openMenu, popover } from './menu.js';
import { wordsOf } from './message_parts.js';
import { pickReaction, react } from './reactions.js';
import { askForThread } from './threads.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('../types.js').User} User */
/** @typedef {import('./context.js').App} App */

const USER_COMMAND = 2;
const MESSAGE_COMMAND = 3;

/** The toolbar that appears with the pointer or the focus. @param {App} app @param {Message} message */
export function messageTools(app, message) {
  if (isEphemeral(message)) return null;
  const quick = VOTES.map((emoji) =>
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button emoji',
        'aria-label': `React with ${emoji}`,
        title: `React with ${emoji}`,
        key: emoji,
        dataset: { vote: emoji },
        tabindex: -1,
        onclick: () =>
          react(app, message, emoji, !message.reactions?.find((r) => r.emoji.name === emoji)?.me),
      },
      emoji,
    ),
  );
  return h(
    'div',
    { class: 'rail' },
    h(
      'div',
      { class: 'tools', role: 'toolbar', 'aria-label': 'Message actions' },
      quick,
      iconButton('smile', 'Add a reaction', {
        tabindex: -1,
        onclick: (e) => pickReaction(app, message, e.currentTarget),
      }),
      iconButton('reply', 'Reply', { tabindex: -1, onclick: () => app.replyTo(message) }),
      iconButton('dots', 'More', {
        tabindex: -1,
        'aria-haspopup': 'menu',
        onclick: (e) => openMessageMenu(app, message, e.currentTarget),
      }),
    ),
  );
}

/** @param {App} app @param {Message} message @param {Element|{x: number, y: number}} anchor */
export async function openMessageMenu(app, message, anchor) {
  const { state } = app;
  const mine = message.author.id === state.me?.id;
  const channel = state.channels.get(message.channel_id);
  const mayThread = channel && !isThread(channel) && !isDirect(channel) && !state.channels.has(message.id);
  const apps = (await app.loader.commands(message.channel_id)).filter(
    (command) => command.type === MESSAGE_COMMAND,
  );
  openMenu(
    anchor,
    [
      { label: 'Reply', icon: icon('reply'), run: () => app.replyTo(message) },
      {
        label: 'Add a reaction',
        icon: icon('smile'),
        run: () => pickReaction(app, message, anchorNow(message, anchor)),
      },
      mayThread
        ? { label: 'Open a thread', icon: icon('thread'), run: () => askForThread(app, message) }
        : null,
      mine ? { label: 'Edit', icon: icon('pencil'), run: () => app.edit(message) } : null,
      wordsOf(message)
        ? {
            label: 'Copy text',
            icon: icon('copy'),
            run: () => {
              navigator.clipboard.writeText(wordsOf(message));
            },
          }
        : null,
      mine || state.mayModerate(message.channel_id)
        ? {
            label: 'Delete',
            icon: icon('trash'),
            danger: true,
            run: () => {
              app.attempt(() => app.api.remove(message.channel_id, message.id));
            },
          }
        : null,
      apps.length ? { heading: 'Apps' } : null,
      ...apps.map((command) => ({
        label: command.name_localized ?? command.name,
        icon: icon('bolt'),
        run: () => {
          runTargeted(app, message.channel_id, command, message.id);
        },
      })),
    ],
    'Message actions',
  );
}

/** The menu's own anchor may be gone by now. @param {Message} message @param {Element|{x: number, y: number}} anchor @returns {Element|{x: number, y: number}} */
const anchorNow = (message, anchor) =>
  anchor instanceof Element && !anchor.isConnected
    ? (document.querySelector(`[data-message-id="${CSS.escape(message.id)}"]`) ?? {
        x: innerWidth / 2,
        y: innerHeight / 2,
      })
    : anchor;

/** @param {App} app @param {User} user @param {Element} anchor */
export async function openProfile(app, user, anchor) {
  const name = app.state.nameOf(user);
  const channelId = app.state.openId ?? '';
  const apps = (await app.loader.commands(channelId)).filter((command) => command.type === USER_COMMAND);
  const isApplication = user.id === app.state.application?.bot.id;
  const close = popover(
    anchor,
    h(
      'div',
      { class: 'profile', role: 'dialog', 'aria-label': name },
      h(
        'div',
        { class: 'profile-head' },
        avatar(user, name, 'large'),
        h(
          'div',
          null,
          h('strong', null, name, user.bot && h('span', { class: 'bot-tag' }, 'BOT')),
          h('span', { class: 'faint' }, `@${user.username}`),
        ),
      ),
      isApplication &&
        h(
          'button',
          {
            type: 'button',
            class: 'button secondary',
            onclick: () => {
              close();
              app.openDirect();
            },
          },
          'Write a direct message',
        ),
      apps.map((command) =>
        h(
          'button',
          {
            type: 'button',
            class: 'button secondary',
            onclick: () => {
              close();
              runTargeted(app, channelId, command, user.id);
            },
          },
          icon('bolt'),
          command.name_localized ?? command.name,
        ),
      ),
    ),
  );
}
