/** One option of a slash command: its field, what it suggests, its value or what is wrong with it. */

import { isThread } from '../store/state.js';
import { h, iconButton } from './dom.js';

/** @typedef {import('../types.js').CommandOption} CommandOption */
/** @typedef {import('./suggest.js').Suggestion<string|number|boolean>} Suggestion */
/** @typedef {import('./context.js').App} App */

export const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const USER = 6;
const CHANNEL = 7;
const ROLE = 8;
const MENTIONABLE = 9;
const NUMBER = 10;
export const ATTACHMENT = 11;

const TYPE_WORDS = /** @type {Record<number, string>} */ ({
  3: 'text',
  4: 'whole number',
  5: 'yes or no',
  6: 'person',
  7: 'channel',
  8: 'role',
  9: 'person or role',
  10: 'number',
  11: 'file',
});

/** The fixed choices of an option, if it has any. @param {App} app @param {CommandOption} option @returns {Suggestion[]|null} */
function fixedChoices(app, option) {
  const { state } = app;
  const people = () =>
    [...state.users.values()].map((user) => ({
      label: state.nameOf(user),
      hint: `@${user.username}`,
      value: user.id,
    }));
  const roles = () => [...state.roles.values()].map((role) => ({ label: role.name, value: role.id }));
  if (option.choices?.length)
    return option.choices.map((choice) => ({
      label: choice.name_localized ?? choice.name,
      value: choice.value,
    }));
  switch (option.type) {
    case BOOLEAN:
      return [
        { label: 'True', value: true },
        { label: 'False', value: false },
      ];
    case USER:
      return people();
    case ROLE:
      return roles();
    case MENTIONABLE:
      return [...people(), ...roles()];
    case CHANNEL:
      return [...state.channels.values()]
        .filter((c) => c.name && !isThread(c))
        .map((c) => ({ label: `#${c.name}`, value: c.id }));
    default:
      return null;
  }
}

export class OptionField {
  /** The picked choice; typed text stands for itself when null. @type {Suggestion|null} */
  picked = null;
  file = /** @type {File|null} */ (null);

  /** @param {App} app @param {CommandOption} option @param {{first: boolean, onRemove: (() => void)|null}} place */
  constructor(app, option, place) {
    this.app = app;
    this.option = option;
    this.choices = fixedChoices(app, option);
    this.input = option.type === ATTACHMENT ? this.#fileInput() : this.#textInput();
    this.note = h('small', { class: 'chip-error', role: 'alert' });
    const hint = `${option.description_localized ?? option.description} (${TYPE_WORDS[option.type] ?? 'value'}${option.required ? ', required' : ''})`;
    this.node = h(
      'label',
      {
        class: `chip ${place.first && option.type === STRING ? 'wide' : ''}`,
        title: hint,
        dataset: { option: option.name },
      },
      h(
        'span',
        { class: 'chip-name' },
        option.name_localized ?? option.name,
        h('span', { class: 'chip-type' }, TYPE_WORDS[option.type]),
      ),
      this.input,
      this.note,
      place.onRemove &&
        iconButton('close', `Remove ${option.name}`, {
          class: 'icon-button chip-remove',
          tabindex: -1,
          onclick: place.onRemove,
        }),
    );
    this.input.setAttribute('aria-label', `${option.name}: ${hint}`);
    this.hint = hint;
  }

  get text() {
    return this.input.value;
  }

  /** @param {string} text */
  fill(text) {
    if (!(this.input instanceof HTMLTextAreaElement)) return;
    this.input.value = text;
    this.picked = this.#choiceCalled(text);
    this.input.dispatchEvent(new Event('filled'));
  }

  /** @param {Suggestion} suggestion */
  choose(suggestion) {
    this.fill(suggestion.label);
    this.picked = suggestion;
    this.complain('');
  }

  /** Called when the person typed: an earlier choice no longer stands. */
  typed() {
    this.picked = this.#choiceCalled(this.text);
    this.complain('');
  }

  get isEmpty() {
    return this.option.type === ATTACHMENT ? !this.file : !this.text.trim();
  }

  /** @returns {string|number|boolean} the value to send; call only without a problem */
  value() {
    if (this.picked) return this.picked.value;
    if ([INTEGER, NUMBER].includes(this.option.type)) return Number(this.text);
    return this.text.trim();
  }

  /** @returns {string} what is wrong, in words, or nothing */
  problem() {
    const { option } = this;
    if (this.isEmpty) return option.required ? 'Required' : '';
    if (this.choices && !this.picked) return 'Choose one of the list';
    if (option.type === INTEGER && !this.picked && !/^-?\d+$/.test(this.text.trim()))
      return 'A whole number, please';
    if (option.type === NUMBER && !this.picked && !Number.isFinite(Number(this.text)))
      return 'A number, please';
    return this.#outOfRange();
  }

  #outOfRange() {
    const {
      min_value: least,
      max_value: most,
      min_length: shortest,
      max_length: longest,
      type,
    } = this.option;
    const measured = type === STRING ? this.text.trim().length : Number(this.text);
    if (type === STRING && shortest && measured < shortest) return `At least ${shortest} characters`;
    if (type === STRING && longest && measured > longest) return `At most ${longest} characters`;
    if (![INTEGER, NUMBER].includes(type)) return '';
    if (least !== undefined && measured < least) return `At least ${least}`;
    return most !== undefined && measured > most ? `At most ${most}` : '';
  }

  /** @param {string} problem */
  complain(problem) {
    this.note.textContent = problem;
    this.input.setAttribute('aria-invalid', String(Boolean(problem)));
  }

  /** @param {string} text @returns {Suggestion|null} */
  #choiceCalled(text) {
    const wanted = text.trim().toLowerCase();
    return this.choices?.find((choice) => choice.label.toLowerCase() === wanted) ?? null;
  }

  #textInput() {
    return h('textarea', {
      rows: 1,
      class: 'chip-input',
      autocomplete: 'off',
      spellcheck: this.option.type === STRING ? 'true' : 'false',
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      dir: 'auto',
    });
  }

  #fileInput() {
    const input = h('input', { type: 'file', class: 'chip-file' });
    input.addEventListener('change', () => {
      this.file = input.files?.[0] ?? null;
      this.complain('');
    });
    return input;
  }
}
