/** The form a slash command becomes once it is chosen: options as labelled chips, required ones first. */

import { commandBody, run, splitOptions } from './commands.js';
import { h, icon, iconButton } from './dom.js';
import { ATTACHMENT, OptionField } from './options.js';
import { redraw } from './patch.js';

/** @typedef {import('./commands.js').Entry} Entry */
/** @typedef {import('./options.js').Suggestion} Suggestion */
/** @typedef {import('./context.js').App} App */

const AUTOCOMPLETE_DELAY_MS = 180;

export class SlashForm {
  /** @type {OptionField[]} */
  #fields = [];
  #asked = 0; // only the answer to the newest autocomplete question counts
  #timer = 0;
  #busy = false;

  /**
   * @param {App} app @param {Entry} entry @param {import('./suggest.js').SuggestBox} box
   * @param {{done: () => void, cancel: (text: string) => void}} hooks
   */
  constructor(app, entry, box, hooks) {
    /** @type {App} */
    this.app = app;
    this.entry = entry;
    this.box = box;
    this.hooks = hooks;
    this.channelId = app.state.openId ?? '';
    this.chips = h('div', { class: 'chips' });
    this.extra = h('div', { class: 'chip-extras' });
    this.sendButton = h(
      'button',
      { type: 'submit', class: 'icon-button send', 'aria-label': `Send ${entry.label}`, title: 'Send' },
      icon('send'),
    );
    this.node = h(
      'form',
      { class: 'slash', 'aria-label': `Command ${entry.label}`, novalidate: true },
      h(
        'div',
        { class: 'slash-head' },
        h('span', { class: 'slash-name' }, entry.label),
        h('span', { class: 'faint' }, entry.description),
        // As in Discord, the first Enter only chose the command
        !entry.options.some((option) => option.required) && h('span', { class: 'slash-keys' }, 'Enter sends'),
      ),
      h(
        'div',
        { class: 'slash-row' },
        this.chips,
        iconButton('close', 'Leave the command', { class: 'icon-button', onclick: () => this.cancel() }),
        this.sendButton,
      ),
      this.extra,
    );
    this.node.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.node.addEventListener('keydown', (event) => this.#onKey(event));
    for (const option of entry.options) if (option.required) this.#add(option);
    if (!this.#fields.length && entry.options[0]) this.#add(entry.options[0]);
    this.#showExtras();
  }

  /** @param {string} [rest] what was typed after the command's name */
  start(rest = '') {
    for (const [name, text] of splitOptions(this.entry.options, rest)) this.#fieldCalled(name)?.fill(text);
    this.#showExtras();
    const first = this.#fields.find((field) => field.isEmpty) ?? this.#fields[0];
    if (first) first.input.focus();
    else this.sendButton.focus();
  }

  cancel() {
    clearTimeout(this.#timer);
    this.box.hide();
    this.hooks.cancel('');
  }

  async submit() {
    const wrong = this.#fields.filter((field) => {
      field.complain(field.problem());
      return field.problem();
    });
    if (wrong.length) {
      wrong[0].input.focus();
      return;
    }
    if (this.#busy) return;
    this.#busy = true;
    const files = /** @type {File[]} */ ([]);
    const options = this.#fields
      .filter((field) => !field.isEmpty)
      .map((field) => {
        const isFile = field.option.type === ATTACHMENT && field.file;
        return {
          name: field.option.name,
          type: field.option.type,
          value: isFile ? String(files.push(field.file ?? new File([], '')) - 1) : field.value(),
        };
      });
    clearTimeout(this.#timer);
    this.box.hide();
    this.hooks.done();
    await run(
      this.app,
      this.channelId,
      this.entry.label,
      commandBody(this.entry, this.channelId, options),
      files,
    );
  }

  /** @param {import('../types.js').CommandOption} option */
  #add(option) {
    const removable = !option.required && this.#fields.length > 0;
    /** @type {OptionField} */
    const field = new OptionField(this.app, option, {
      first: !this.#fields.length,
      onRemove: removable ? () => this.#remove(field) : null,
    });
    this.#fields.push(field);
    this.chips.append(field.node);
    field.input.addEventListener('focus', () => this.#suggest(field));
    field.input.addEventListener('input', () => {
      field.typed();
      if (!this.#followName(field)) this.#suggest(field);
    });
    field.input.addEventListener('blur', (event) => {
      if (this.box.field === field.input) this.box.left(/** @type {FocusEvent} */ (event));
    });
    return field;
  }

  /** Whoever types `a house style:` means to go on in that option. @param {OptionField} field @returns {boolean} */
  #followName(field) {
    const typed = /^([\s\S]*\s)?([\w-]+):$/u.exec(field.text);
    const next = typed ? this.#fieldCalled(typed[2]) : undefined;
    if (!next || !typed || (next === field && typed[1])) return false;
    field.fill((typed[1] ?? '').trimEnd());
    this.#showExtras();
    next.input.focus();
    return true;
  }

  /** @param {OptionField} field */
  #remove(field) {
    this.#fields = this.#fields.filter((known) => known !== field);
    field.node.remove();
    this.#showExtras();
    this.#fields[0]?.input.focus();
  }

  /** @param {string} name */
  #fieldCalled(name) {
    const option = this.entry.options.find((known) => known.name === name);
    return this.#fields.find((field) => field.option === option) ?? (option && this.#add(option));
  }

  /** The options not filled in yet, as buttons. */
  #showExtras() {
    const left = this.entry.options.filter(
      (option) => !this.#fields.some((field) => field.option === option),
    );
    redraw(
      this.extra,
      left.map((option) =>
        h(
          'button',
          {
            type: 'button',
            key: option.name,
            class: 'chip-add',
            title: option.description_localized ?? option.description,
            dataset: { add: option.name },
            onclick: () => {
              const field = this.#add(option);
              this.#showExtras();
              field.input.focus();
            },
          },
          icon('plus'),
          option.name_localized ?? option.name,
        ),
      ),
    );
  }

  /** @param {OptionField} field */
  #suggest(field) {
    clearTimeout(this.#timer);
    if (field.option.type === ATTACHMENT) return this.box.hide();
    if (field.option.autocomplete) {
      if (this.box.field !== field.input) this.box.show(field.input, field.hint, [], () => {});
      this.#timer = window.setTimeout(
        () => this.#autocomplete(field),
        field.text ? AUTOCOMPLETE_DELAY_MS : 0,
      );
      return undefined;
    }
    const wanted = field.picked ? '' : field.text.trim().toLowerCase();
    const found = (field.choices ?? []).filter((choice) =>
      `${choice.label} ${choice.hint ?? ''}`.toLowerCase().includes(wanted),
    );
    this.#showChoices(field, found.slice(0, 25), field.choices ? 'Nothing by that name.' : undefined);
    return undefined;
  }

  /** @param {OptionField} field @param {Suggestion[]} found @param {string} [empty] */
  #showChoices(field, found, empty) {
    const pick = (/** @type {Suggestion} */ choice) => {
      field.choose(choice);
      this.#next(field);
    };
    // Where any text will do and some is needed, Enter sends what was typed; a suggestion takes an arrow key.
    const isFree = field.option.autocomplete && field.option.required;
    // Nor is one chosen where nothing is needed and nothing typed: Enter sends the command as it is.
    const isIdle = !field.text && !this.entry.options.some((option) => option.required);
    // One that is typed out or was picked stands in a list of all: Enter keeps it.
    const kept = found.findIndex((choice) => choice.value === field.picked?.value);
    const active = isFree || isIdle ? -1 : Math.max(kept, 0);
    this.box.show(field.input, field.hint, found, pick, { active, empty });
  }

  /** @param {OptionField} field */
  async #autocomplete(field) {
    this.#asked += 1;
    const question = this.#asked;
    const answered = this.#fields.filter(
      (other) => other !== field && !other.isEmpty && !other.problem() && other.option.type !== ATTACHMENT,
    );
    const options = [
      ...answered.map((other) => ({
        name: other.option.name,
        type: other.option.type,
        value: other.value(),
      })),
      { name: field.option.name, type: field.option.type, value: field.text, focused: true },
    ];
    const outcome = await this.app.interactions.send(commandBody(this.entry, this.channelId, options, 4));
    if (question !== this.#asked || document.activeElement !== field.input) return;
    const found = (outcome.choices ?? []).map((choice) => ({ label: choice.name, value: choice.value }));
    this.#showChoices(field, found, outcome.ok ? 'No suggestions.' : outcome.message);
  }

  /** On to the next empty field, if any. @param {OptionField} field */
  #next(field) {
    this.box.hide();
    const next = this.#fields.slice(this.#fields.indexOf(field) + 1).find((other) => other.isEmpty);
    next?.input.focus();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (this.box.key(event)) return;
    const field = this.#fields.find((known) => known.input === event.target);
    if (event.key === 'Escape') {
      event.preventDefault();
      this.cancel();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && field) {
      event.preventDefault();
      this.submit();
    } else if (event.key === 'Backspace' && field?.isEmpty && field.option.type !== ATTACHMENT) {
      event.preventDefault();
      if (this.#fields.indexOf(field) > 0 && !field.option.required) this.#remove(field);
      else this.hooks.cancel(this.entry.label);
    }
  }
}
