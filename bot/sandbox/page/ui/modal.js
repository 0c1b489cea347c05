/** Modals a bot opens: text inputs and selects in a dialog, answered as one interaction. */

import { openDialog } from './dialog.js';
import { h, icon, iconButton } from './dom.js';
import { markdown } from './markdown_dom.js';
import { selectControl } from './select.js';

/** @typedef {import('../types.js').Component} Component */
/** @typedef {import('./context.js').App} App */
/** One answerable input. @typedef {{node: Node, answer: () => object|null, problem: () => string, focus: () => void, show: (problem: string) => void}} Input */

const TEXT_INPUT = 4;
const TEXT_DISPLAY = 10;
const LABEL = 18;
const PARAGRAPH = 2;

/** @param {App} app @param {import('../types.js').Modal} modal @param {{channelId: string, messageId?: string}} place */
export function openModal(app, modal, place) {
  const inputs = modal.components.map((component) => input(app, component));
  const error = h('div', { class: 'dialog-error', role: 'alert', hidden: true });
  const submit = h('button', { type: 'submit', class: 'button primary' }, 'Submit');
  const cancel = h(
    'button',
    { type: 'button', class: 'button secondary', onclick: () => dialog.close() },
    'Cancel',
  );
  const form = h(
    'form',
    { novalidate: true, class: 'modal-form' },
    inputs.map((i) => i.node),
    error,
    h('div', { class: 'dialog-buttons' }, cancel, submit),
  );
  const dialog = openDialog(
    { class: 'modal', label: modal.title },
    h(
      'header',
      null,
      h('h2', null, modal.title),
      iconButton('close', 'Close', { onclick: () => dialog.close() }),
    ),
    form,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (submit.ariaBusy === 'true' || !valid(inputs)) return;
    submit.ariaBusy = 'true';
    error.hidden = true;
    const answers = inputs.map((i) => i.answer()).filter((answer) => answer !== null);
    const outcome = await app.interactions.send({
      type: 5,
      channel_id: place.channelId,
      message_id: place.messageId,
      custom_id: modal.custom_id,
      components: answers,
    });
    submit.ariaBusy = null;
    if (outcome.ok) dialog.close();
    else error.replaceChildren(icon('warn'), outcome.message ?? '');
    error.hidden = outcome.ok;
  });
  inputs.find((i) => i.answer() !== null)?.focus();
}

/** @param {Input[]} inputs */
function valid(inputs) {
  for (const i of inputs) i.show(i.problem());
  const wrong = inputs.find((i) => i.problem());
  wrong?.focus();
  return !wrong;
}

/** @param {App} app @param {Component} component @returns {Input} */
function input(app, component) {
  if (component.type === LABEL)
    return labelled(
      app,
      component.component ?? component,
      component.label ?? '',
      component.description,
      (inner) => ({ type: LABEL, id: component.id, component: inner }),
    );
  if (component.type === TEXT_DISPLAY) return silent(markdown(app, component.content ?? ''));
  const inner = component.components?.[0];
  if (!inner) return silent(h('span', null));
  return labelled(app, inner, inner.label ?? '', undefined, (answer) => ({ type: 1, components: [answer] }));
}

/** @param {Node} node @returns {Input} */
const silent = (node) => ({ node, answer: () => null, problem: () => '', focus: () => {}, show: () => {} });

/**
 * @param {App} app @param {Component} inner @param {string} label @param {string|undefined} description
 * @param {(answer: object) => object} wrap @returns {Input}
 */
function labelled(app, inner, label, description, wrap) {
  const control = inner.type === TEXT_INPUT ? textInput(inner) : choiceInput(app, inner);
  const required = inner.required ?? true;
  const note = h('small', { class: 'input-error', role: 'alert' });
  const node = h(
    'label',
    { class: 'modal-field' },
    h(
      'span',
      { class: 'modal-label' },
      label,
      required && h('span', { class: 'required', title: 'required' }, ' *'),
    ),
    description && h('small', null, description),
    control.node,
    note,
  );
  return {
    node,
    answer: () => wrap(control.answer()),
    problem: () => control.problem(required),
    focus: () => control.node.focus(),
    show: (problem) => {
      note.textContent = problem;
      control.node.ariaInvalid = problem ? 'true' : null;
    },
  };
}

/** @param {Component} component */
function textInput(component) {
  const long = component.style === PARAGRAPH;
  const props = {
    class: 'field',
    name: component.custom_id,
    placeholder: component.placeholder,
    value: component.value ?? '',
    maxlength: component.max_length ?? 4000,
    dir: 'auto',
    ...(long ? { rows: 4 } : { type: 'text', autocomplete: 'off' }),
  };
  const node = long ? h('textarea', props) : h('input', props);
  // Enter submits a single line by itself; a paragraph takes Ctrl+Enter.
  node.addEventListener('keydown', (event) => {
    const key = /** @type {KeyboardEvent} */ (event);
    if (long && key.key === 'Enter' && (key.ctrlKey || key.metaKey)) node.form?.requestSubmit();
  });
  const problem = (/** @type {boolean} */ required) => {
    const length = node.value.trim().length;
    if (required && !length) return 'This needs an answer.';
    const least = component.min_length ?? 0;
    return length && length < least ? `At least ${least} characters, please.` : '';
  };
  return {
    node: /** @type {HTMLElement} */ (node),
    answer: () => ({ type: TEXT_INPUT, custom_id: component.custom_id, value: node.value }),
    problem,
  };
}

/** @param {App} app @param {Component} component */
function choiceInput(app, component) {
  let chosen = (component.options ?? []).filter((option) => option.default).map((option) => option.value);
  const node = selectControl(app, component, (values) => {
    chosen = values;
  });
  const problem = (/** @type {boolean} */ required) => (required && !chosen.length ? 'Please choose.' : '');
  return {
    node: /** @type {HTMLElement} */ (node),
    answer: () => ({ type: component.type, custom_id: component.custom_id, values: chosen }),
    problem,
  };
}
