/** Application commands: which there are here, how to find one by its first letters, how to run one. */

import { openModal } from './modal.js';

/** @typedef {import('../types.js').Command} Command */
/** @typedef {import('../types.js').CommandOption} CommandOption */
/** @typedef {import('./context.js').App} App */
/**
 * A command as it is typed; a subcommand is an entry of its own.
 * @typedef {{command: Command, path: string[], label: string, description: string, options: CommandOption[]}} Entry
 */

const CHAT_INPUT = 1;
const SUB_COMMAND = 1;
const GROUP = 2;
const NAMED_IN_SHORT = 4;

/** @param {Command[]} commands @returns {Entry[]} in the bot's own order, those that need a permission last */
export function entriesOf(commands) {
  const typed = commands.filter((command) => (command.type ?? CHAT_INPUT) === CHAT_INPUT);
  const needsPermission = (/** @type {Command} */ command) => Boolean(command.default_member_permissions);
  return typed
    .toSorted((a, b) => Number(needsPermission(a)) - Number(needsPermission(b)))
    .flatMap((command) => expand(command, [], command));
}

/** @param {Command} command @param {string[]} path @param {{name: string, description: string, description_localized?: string, options?: CommandOption[]}} node @returns {Entry[]} */
function expand(command, path, node) {
  const below = (node.options ?? []).filter((option) => [SUB_COMMAND, GROUP].includes(option.type));
  if (below.length) return below.flatMap((option) => expand(command, [...path, option.name], option));
  const options = [...(node.options ?? [])].sort(
    (a, b) => Number(b.required ?? false) - Number(a.required ?? false),
  );
  return [
    {
      command,
      path,
      label: `/${[command.name, ...path].join(' ')}`,
      description: node.description_localized ?? node.description,
      options,
    },
  ];
}

/** The first few options by name, those that may be left out with `?`, and how many more there are. @param {CommandOption[]} options */
export function optionsInShort(options) {
  const names = options.slice(0, NAMED_IN_SHORT).map((o) => (o.required ? o.name : `${o.name}?`));
  const more = options.length - names.length;
  return [...names, ...(more ? [`+${more}`] : [])].join('  ');
}

/** Entries that begin with what was typed come first, then those that hold it. @param {Entry[]} entries @param {string} typed */
export function matching(entries, typed) {
  const wanted = typed.trim().toLowerCase();
  const starts = entries.filter((entry) => entry.label.toLowerCase().startsWith(wanted));
  const holds = entries.filter(
    (entry) =>
      !starts.includes(entry) &&
      `${entry.label} ${entry.description}`.toLowerCase().includes(wanted.slice(1)),
  );
  return wanted.length > 2 ? [...starts, ...holds] : starts;
}

/**
 * The entry whose whole name was typed, with the rest of the text: `/imagine a house`.
 * @param {Entry[]} entries @param {string} text @returns {{entry: Entry, rest: string}|null}
 */
export function fullyTyped(entries, text) {
  const longestFirst = [...entries].sort((a, b) => b.label.length - a.label.length);
  const entry = longestFirst.find(({ label }) => text.toLowerCase().startsWith(`${label} `));
  return entry ? { entry, rest: text.slice(entry.label.length + 1) } : null;
}

/**
 * `a house style:watercolor` -> the words by option; words before any name belong to the first option.
 * @param {CommandOption[]} options @param {string} rest @returns {Map<string, string>}
 */
export function splitOptions(options, rest) {
  const found = new Map();
  const names = options.map((option) => option.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const marks = names ? [...rest.matchAll(new RegExp(`(?:^|\\s)(${names}):\\s*`, 'g'))] : [];
  const lead = rest.slice(0, marks[0]?.index ?? rest.length);
  if (lead.trim() && options[0]) found.set(options[0].name, marks.length ? lead.trim() : lead);
  marks.forEach((mark, i) => {
    const end = marks[i + 1]?.index ?? rest.length;
    found.set(mark[1], rest.slice(mark.index + mark[0].length, end).trim());
  });
  return found;
}

/** The interaction's body. @param {Entry} entry @param {string} channelId @param {object[]} options @param {2|4} type */
export function commandBody(entry, channelId, options, type = 2) {
  const types = entry.path.length === 2 ? [GROUP, SUB_COMMAND] : [SUB_COMMAND];
  const nested = entry.path.reduceRight(
    (inner, name, depth) => [{ name, type: types[depth], options: inner }],
    options,
  );
  return { type, channel_id: channelId, command_id: entry.command.id, options: nested };
}

/** Runs a command and says below the messages how it goes. @param {App} app @param {string} channelId @param {string} label @param {object} body @param {File[]} files */
export async function run(app, channelId, label, body, files = []) {
  const notice = app.notices.add(channelId, label);
  const outcome = await app.interactions.send(body, files);
  if (outcome.ok) app.notices.remove(channelId, notice);
  else app.notices.fail(channelId, notice, outcome.message ?? '');
  if (outcome.modal) openModal(app, outcome.modal, { channelId });
  return outcome.ok;
}

/** Runs a context-menu command on a message or a person. @param {App} app @param {string} channelId @param {Command} command @param {string} targetId */
export function runTargeted(app, channelId, command, targetId) {
  return run(app, channelId, command.name_localized ?? command.name, {
    type: 2,
    channel_id: channelId,
    command_id: command.id,
    target_id: targetId,
    options: [],
  });
}
