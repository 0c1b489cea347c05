/** One message as an article: who, when, what it answers, words, pictures, controls, reactions. */

import { isEphemeral } from '../store/state.js';
import { messageTools, openProfile } from './actions.js';
import { avatar } from './avatar.js';
import { components } from './components.js';
import { h, icon, iconButton } from './dom.js';
import { embeds, filesInEmbeds } from './embeds.js';
import { plainText } from './markdown.js';
import { markdown } from './markdown_dom.js';
import { firstLineOf, picturesOf, wordsOf } from './message_parts.js';
import {
  fileCard,
  fromAttachment,
  isPicture,
  MANY_SHOWN,
  pictureGrid,
  SMALL_SHOWN,
  shownSize,
} from './pictures.js';
import { reactions } from './reactions.js';
import { threadCard } from './threads.js';
import { clock, stamp } from './time.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./context.js').App} App */

const LOADING = 1 << 7;
const LAYOUT = 1 << 15;
const THREAD_STARTER = 21;

/** Messages that say that something happened. @type {Record<number, (message: Message) => string>} */
const SYSTEM = {
  4: (message) => `renamed this to ${message.content}`,
  6: () => 'pinned a message',
  7: () => 'came in',
  18: (message) => `started a thread: ${message.content}`,
};

/**
 * @param {App} app @param {Message} message
 * @param {boolean} grouped follows another by the same person: no avatar and name
 */
export function renderMessage(app, message, grouped) {
  const shown =
    message.type === THREAD_STARTER && message.referenced_message ? message.referenced_message : message;
  const name = app.state.nameOf(shown.author);
  const classes = [
    'message',
    grouped ? 'grouped' : 'first',
    isEphemeral(message) && 'ephemeral',
    mentionsMe(app, message) && 'mentions-me',
  ];
  const label = `${name}, ${clock(new Date(message.timestamp))}: ${summary(app, shown)}`;
  return h(
    'article',
    {
      class: classes.filter(Boolean).join(' '),
      tabindex: -1,
      'aria-label': label,
      dataset: { messageId: message.id },
    },
    SYSTEM[message.type]
      ? systemLine(app, message, name)
      : [above(app, message), gutter(app, shown, name, grouped), body(app, message, shown, name, grouped)],
    messageTools(app, message),
  );
}

/** @param {App} app @param {Message} message */
function mentionsMe(app, message) {
  const me = app.state.me?.id;
  const pings = (message.mentions ?? []).some((user) => user.id === me);
  // A reply pings too; only being named is worth a colour.
  return pings && message.author.id !== me && wordsOf(message).includes(`<@${me}>`);
}

/** What a message is, in a few words. @param {App} app @param {Message} message */
export function summary(app, message) {
  if (SYSTEM[message.type]) return SYSTEM[message.type](message);
  return summed(app, message, wordsOf(message));
}

/** The same over an answer to it; of a layout, whose texts are many, one line. @param {App} app @param {Message} message */
function quoted(app, message) {
  if (!((message.flags ?? 0) & LAYOUT)) return summary(app, message);
  return summed(app, message, firstLineOf(wordsOf(message)));
}

/** @param {App} app @param {Message} message @param {string} said in markdown */
function summed(app, message, said) {
  const mentions = said.replace(/<@!?(\d+)>/g, (_all, id) => `@${app.state.nameOf(id)}`);
  const words =
    plainText(mentions) || plainText(message.embeds[0]?.title ?? message.embeds[0]?.description ?? '');
  const pictures = picturesOf(message).length;
  return (
    [words, pictures ? (pictures === 1 ? 'a picture' : `${pictures} pictures`) : '']
      .filter(Boolean)
      .join(', ') || 'a message'
  );
}

/** @param {App} app @param {Message} message @param {string} name */
function systemLine(app, message, name) {
  return [
    h('div', { class: 'gutter system' }, icon(message.type === 18 ? 'thread' : 'right')),
    h(
      'div',
      { class: 'body system' },
      h('strong', null, name),
      ' ',
      SYSTEM[message.type](message),
      ' ',
      stamp(message.timestamp),
      threadCard(app, message),
    ),
  ];
}

/** The line over a message: the command that asked for it, or the message it answers. @param {App} app @param {Message} message */
function above(app, message) {
  const asked = message.interaction_metadata ?? message.interaction;
  if (asked && asked.type === 2) {
    const meta = message.interaction_metadata;
    const command = message.interaction?.name ?? meta?.name;
    // A follow-up has the type of a plain message; only a command of a menu names what it was chosen for
    const typed = message.type !== 23 && !meta?.target_message_id && !meta?.target_user;
    const who = app.state.nameOf(asked.user);
    return h(
      'div',
      { class: 'above' },
      avatar(asked.user, who, 'tiny'),
      h('strong', null, who),
      ' used ',
      command ? h('span', { class: 'mention' }, typed ? `/${command}` : command) : 'a command',
    );
  }
  if (message.type !== 19) return null;
  const answered = message.referenced_message;
  if (!answered)
    return h('div', { class: 'above' }, icon('reply'), h('em', null, 'The original message was deleted.'));
  const who = app.state.nameOf(answered.author);
  return h(
    'button',
    {
      type: 'button',
      class: 'above',
      key: 'reference',
      'aria-label': `In reply to ${who}: show it`,
      onclick: () => app.open(answered.channel_id, { messageId: answered.id }),
    },
    avatar(answered.author, who, 'tiny'),
    h('strong', null, who),
    h('span', { class: 'above-text' }, quoted(app, answered)),
  );
}

/** @param {App} app @param {Message} message @param {string} name @param {boolean} grouped */
function gutter(app, message, name, grouped) {
  if (grouped) return h('div', { class: 'gutter' }, stamp(message.timestamp));
  return h(
    'div',
    { class: 'gutter' },
    h(
      'button',
      {
        type: 'button',
        key: 'about',
        class: 'plain',
        'aria-label': `About ${name}`,
        tabindex: -1,
        onclick: (event) => openProfile(app, message.author, event.currentTarget),
      },
      avatar(message.author, name),
    ),
  );
}

/** @param {App} app @param {Message} message @param {Message} shown @param {string} name @param {boolean} grouped */
function body(app, message, shown, name, grouped) {
  const header =
    !grouped &&
    h(
      'header',
      { class: 'message-head' },
      h('span', { class: 'author' }, name),
      shown.author.bot && h('span', { class: 'bot-tag' }, 'BOT'),
      stamp(message.timestamp),
    );
  return h(
    'div',
    { class: 'body' },
    header,
    content(app, shown),
    threadCard(app, message),
    isEphemeral(message) && ephemeralNote(app, message),
  );
}

/** @param {App} app @param {Message} message */
function content(app, message) {
  if ((message.flags ?? 0) & LOADING && !message.content && !message.embeds.length)
    return thinking(app, message);
  if ((message.flags ?? 0) & LAYOUT) return [components(app, message), reactions(app, message)];
  const inEmbeds = filesInEmbeds(message);
  const files = message.attachments.filter(
    (a) =>
      !inEmbeds.has(a.url) &&
      !inEmbeds.has(a.url.split('?')[0]) &&
      !inEmbeds.has(`attachment://${a.filename}`),
  );
  const edited =
    message.edited_timestamp &&
    h('span', { class: 'edited', title: `Edited ${clock(new Date(message.edited_timestamp))}` }, '(edited)');
  return [
    (message.content || edited) &&
      h(
        'div',
        { class: isOnlyEmoji(message.content) ? 'content jumbo' : 'content' },
        message.content && markdown(app, message.content),
        edited,
      ),
    withCaption(files.filter(isPicture).map(fromAttachment), embeds(app, message)),
    files.filter((file) => !isPicture(file)).map(fileCard),
    components(app, message),
    reactions(app, message),
  ];
}

/**
 * Pictures with one embed of words are shown as a print: the words are the caption.
 * @param {import('./pictures.js').Picture[]} pictures @param {HTMLElement[]} words
 */
function withCaption(pictures, words) {
  const isCaption = words.length === 1 && !words[0].classList.contains('with-picture');
  if (!pictures.length || !isCaption) return [pictureGrid(pictures), ...words];
  const [{ width, height }] = pictures;
  const one = pictures.length === 1 && width && height ? shownSize(width, height).width : SMALL_SHOWN;
  const shown = pictures.length > 1 ? MANY_SHOWN : one;
  return [h('div', { class: 'print', vars: { '--width': `${shown}px` } }, pictureGrid(pictures), ...words)];
}

/** @param {string} text */
const isOnlyEmoji = (text) => text.length < 40 && /^(?:\p{RGI_Emoji}|\s)+$/v.test(text);

/** @param {App} app @param {Message} message */
const thinking = (app, message) =>
  h(
    'div',
    { class: 'content thinking' },
    `${app.state.nameOf(message.author)} is thinking`,
    h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
  );

/** @param {App} app @param {Message} message */
function ephemeralNote(app, message) {
  return h(
    'div',
    { class: 'ephemeral-note' },
    icon('eye'),
    'Only you can see this',
    iconButton('close', 'Dismiss this message', {
      class: 'quiet',
      onclick: () => app.dismiss(message),
    }),
  );
}
