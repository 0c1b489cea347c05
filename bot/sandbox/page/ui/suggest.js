/** The list over the composer: commands, choices, people. The text field keeps the focus; keys steer the list. */

import { h } from './dom.js';
import { redraw } from './patch.js';

/**
 * @template Value
 * @typedef {{label: string, detail?: string, hint?: string, icon?: Node, value: Value}} Suggestion
 */

let nextId = 0;

export class SuggestBox {
  /** What choosing each row does. @type {(() => void)[]} */
  #picks = [];
  #active = 0;

  constructor() {
    nextId += 1;
    this.id = `suggestions-${nextId}`;
    this.title = h('div', { class: 'suggest-title' });
    this.list = h('div', {
      class: 'suggest-list',
      role: 'listbox',
      id: this.id,
      'aria-label': 'Suggestions',
      tabindex: 0, // it may scroll, so that it must be within reach of Tab
      onkeydown: (event) => this.key(event),
    });
    this.list.addEventListener('blur', (event) => this.left(event));
    this.node = h('div', { class: 'suggest', hidden: true }, this.title, this.list);
    this.field = /** @type {HTMLElement|null} */ (null);
    this.node.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /**
   * @template Value
   * @param {HTMLElement} field steers the list
   * @param {string} title @param {Suggestion<Value>[]} items @param {(item: Suggestion<Value>) => void} pick
   * @param {{active?: number, empty?: string}} [options] active -1: nothing chosen until an arrow key
   */
  show(field, title, items, pick, options = {}) {
    if (this.field !== field) this.hide();
    this.field = field;
    this.#picks = items.map((item) => () => pick(item));
    this.title.textContent = title;
    redraw(
      this.list,
      items.map((item, i) => this.#row(item, i)),
      !items.length && options.empty && h('p', { class: 'faint' }, options.empty),
    );
    this.node.hidden = !items.length && !options.empty && !title;
    field.setAttribute('aria-controls', this.id);
    this.#tell(String(!this.node.hidden));
    this.#activate(options.active ?? 0);
  }

  hide() {
    this.node.hidden = true;
    this.#tell('false');
    this.field?.removeAttribute('aria-activedescendant');
    this.field = null;
    this.#picks = [];
  }

  /** A text area is no combobox and has no such state (ARIA in HTML). @param {string} expanded */
  #tell(expanded) {
    if (this.field?.role === 'combobox') this.field.ariaExpanded = expanded;
  }

  /** The focus left the field or the list: between the two it may go. @param {FocusEvent} event */
  left(event) {
    const to = /** @type {Node|null} */ (event.relatedTarget);
    if (to !== this.field && !this.node.contains(to)) this.hide();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was for the list */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    if (event.key === 'Escape') {
      this.field?.focus();
      this.hide();
    } else if (event.key === 'ArrowDown') this.#activate(this.#active + 1);
    else if (event.key === 'ArrowUp')
      this.#activate(this.#active <= 0 ? this.#picks.length - 1 : this.#active - 1);
    else if (['Enter', 'Tab'].includes(event.key) && !event.shiftKey && this.#picks[this.#active])
      this.#picks[this.#active]();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** @param {Suggestion<unknown>} item @param {number} i */
  #row(item, i) {
    return h(
      'div',
      {
        key: `${item.label} ${item.hint ?? ''}`,
        class: 'suggestion',
        role: 'option',
        id: `${this.id}-${i}`,
        onclick: () => this.#picks[i](),
        onpointermove: () => {
          if (this.#active !== i) this.#activate(i, false);
        },
      },
      item.icon,
      h('span', { class: 'suggestion-label' }, item.label),
      item.detail && h('span', { class: 'suggestion-detail' }, item.detail),
      item.hint && h('span', { class: 'suggestion-hint' }, item.hint),
    );
  }

  /** @param {number} to */
  #activate(to, scroll = true) {
    this.#active = this.#picks.length && to >= 0 ? to % this.#picks.length : -1;
    for (const [i, row] of [...this.list.children].entries()) row.ariaSelected = String(i === this.#active);
    const row = this.list.children[this.#active];
    if (row && this.#active >= 0) {
      this.field?.setAttribute('aria-activedescendant', row.id);
      if (scroll) row.scrollIntoView({ block: 'nearest' });
    } else this.field?.removeAttribute('aria-activedescendant');
  }
}
