/** Select menus: one or several choices out of strings, people, roles or channels. */

import { isThread } from '../store/state.js';
import { h, icon } from './dom.js';
import { arrowKeys, popover } from './menu.js';
import { redraw } from './patch.js';

/** @typedef {import('../types.js').Component} Component */
/** @typedef {import('../types.js').SelectOption} SelectOption */
/** @typedef {import('./context.js').App} App */

/** The options of any of Discord's select types. @param {App} app @param {Component} component @returns {SelectOption[]} */
function optionsOf(app, component) {
  const { state } = app;
  const people = [...state.users.values()].map((user) => ({ label: state.nameOf(user), value: user.id }));
  const roles = [...state.roles.values()].map((role) => ({
    label: `@${role.name.replace(/^@/, '')}`,
    value: role.id,
  }));
  switch (component.type) {
    case 5:
      return people;
    case 6:
      return roles;
    case 7:
      return [...people, ...roles];
    case 8:
      return [...state.channels.values()]
        .filter((c) => !isThread(c) && c.name)
        .map((c) => ({ label: `#${c.name}`, value: c.id }));
    default:
      return component.options ?? [];
  }
}

/**
 * @param {App} app @param {Component} component
 * @param {(values: string[], control: HTMLElement) => void} onChoose
 */
export function selectControl(app, component, onChoose) {
  const options = optionsOf(app, component);
  const preset = options.filter((option) => option.default).map((option) => option.value);
  return h(
    'button',
    {
      type: 'button',
      key: component.custom_id,
      class: 'select',
      disabled: component.disabled,
      'aria-haspopup': 'listbox',
      dataset: { chosen: JSON.stringify(preset) },
      onclick: ({ currentTarget: control }) =>
        openList(control, component, options, JSON.parse(control.dataset.chosen ?? '[]'), (values) => {
          control.dataset.chosen = JSON.stringify(values);
          redraw(control, face(component, options, values));
          onChoose(values, control);
        }),
    },
    face(component, options, preset),
  );
}

/** @param {Component} component @param {SelectOption[]} options @param {string[]} chosen */
function face(component, options, chosen) {
  const names = options.filter((option) => chosen.includes(option.value)).map((option) => option.label);
  return [
    h(
      'span',
      { class: names.length ? 'select-label' : 'select-label placeholder' },
      names.join(', ') || component.placeholder || 'Make a choice',
    ),
    icon('chevron'),
  ];
}

/**
 * @param {HTMLElement} anchor @param {Component} component @param {SelectOption[]} options @param {string[]} chosen
 * @param {(values: string[]) => void} onDone
 */
function openList(anchor, component, options, chosen, onDone) {
  const most = component.max_values ?? 1;
  const least = component.min_values ?? 1;
  const picked = new Set(chosen);
  const finish = () => {
    close();
    onDone(options.map((o) => o.value).filter((value) => picked.has(value)));
  };
  const pick = (/** @type {string} */ value) => {
    if (most === 1) picked.clear();
    if (!picked.delete(value) && picked.size < most) picked.add(value);
    if (most === 1) finish();
    else refresh();
  };
  const rows = options.map((option) =>
    h(
      'button',
      {
        type: 'button',
        role: 'option',
        dataset: { value: option.value },
        onclick: () => pick(option.value),
      },
      option.emoji?.name && h('span', { class: 'emoji' }, option.emoji.name),
      h(
        'span',
        { class: 'option-words' },
        h('span', null, option.label),
        option.description && h('small', null, option.description),
      ),
      icon('check'),
    ),
  );
  const done = h('button', { type: 'button', class: 'button primary', onclick: finish }, 'Done');
  const refresh = () => {
    for (const [i, row] of rows.entries()) row.ariaSelected = String(picked.has(options[i].value));
    done.disabled = picked.size < least || picked.size > most;
  };
  const panel = h(
    'div',
    {
      class: 'menu select-list',
      role: 'listbox',
      'aria-multiselectable': String(most > 1),
      'aria-label': component.placeholder ?? 'Choices',
    },
    rows,
    !rows.length && h('p', { class: 'faint' }, 'Nothing to choose from.'),
    most > 1 && done,
  );
  const close = popover(anchor, panel);
  panel.style.minWidth = `${anchor.offsetWidth}px`;
  arrowKeys(panel, 'button');
  refresh();
  (rows.find((row) => row.getAttribute('aria-selected') === 'true') ?? rows[0])?.focus();
}
