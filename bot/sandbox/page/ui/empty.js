/** The beginning of a channel, which also tells a newcomer what to type. */

import { isDirect, isThread } from '../store/state.js';
import { entriesOf } from './commands.js';
import { h, icon } from './dom.js';

/** @typedef {import('./context.js').App} App */

const FIRST_TRIES = [
  'a red house in a meadow',
  'a blue boat on the sea at night',
  'two yellow cars in a city, watercolor',
];

/** @param {App} app @param {string} channelId */
export function channelStart(app, channelId) {
  const channel = app.state.channels.get(channelId);
  const parent = app.state.channels.get(channel?.parent_id ?? '');
  const empty = !app.state.history(channelId).messages.length;
  if (isThread(channel)) {
    return h(
      'div',
      { class: 'start' },
      h('div', { class: 'start-mark' }, icon('thread')),
      h('h2', null, channel?.name),
      h(
        'p',
        null,
        'A thread in ',
        h(
          'button',
          { type: 'button', key: 'parent', class: 'mention', onclick: () => app.open(parent?.id ?? '') },
          `#${parent?.name ?? 'channel'}`,
        ),
        channel?.owner_id && ` by ${app.state.nameOf(channel.owner_id)}`,
        '.',
      ),
    );
  }
  const title = channel ? `${isDirect(channel) ? '' : '#'}${app.state.titleOf(channel)}` : '';
  return h(
    'div',
    { class: empty ? 'start welcome' : 'start' },
    h('div', { class: 'start-mark' }, icon(isDirect(channel) ? 'at' : 'hash')),
    h('h2', null, empty ? invitation(app, channelId) : title),
    h(
      'p',
      null,
      empty && imagine(app, channelId)
        ? `A few words are enough. The picture arrives ${isDirect(channel) ? 'here' : 'in a thread'}, and a plain reply changes it.`
        : channel?.topic || `The beginning of ${title}.`,
    ),
    empty && tries(app, channelId),
  );
}

/** @param {App} app @param {string} channelId */
const invitation = (app, channelId) =>
  imagine(app, channelId) ? 'What would you like to see?' : 'Nothing has been said here yet';

/** @param {App} app @param {string} channelId */
function imagine(app, channelId) {
  return entriesOf(app.state.commands.get(channelId) ?? []).find((entry) => entry.label === '/imagine');
}

/** Things to try, one click away from being typed. @param {App} app @param {string} channelId */
function tries(app, channelId) {
  const entries = entriesOf(app.state.commands.get(channelId) ?? []);
  const texts = imagine(app, channelId)
    ? FIRST_TRIES.map((words) => `/imagine ${words}`)
    : entries.slice(0, 4).map((entry) => `${entry.label} `);
  const note = app.state.botOnline
    ? 'The bot has no commands here yet.'
    : 'The bot is not connected yet; its commands appear as soon as it is.';
  return h(
    'div',
    { class: 'tries' },
    texts.map((text) =>
      h(
        'button',
        { type: 'button', key: text, class: 'try', onclick: () => app.suggest(text) },
        h('code', null, text.trim()),
      ),
    ),
    texts.length
      ? h(
          'p',
          { class: 'faint' },
          'Click one and press Enter, or type ',
          h('kbd', null, '/'),
          ' to see all commands.',
        )
      : h('p', { class: 'faint' }, note),
  );
}
