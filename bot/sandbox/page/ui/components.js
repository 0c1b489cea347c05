/** Message components: rows of buttons, link buttons and selects, with pending and failed states. */

import { h, icon } from './dom.js';
import { layoutComponent } from './layout_components.js';
import { linkedPlace } from './message_link.js';
import { openModal } from './modal.js';
import { selectControl } from './select.js';

/** @typedef {import('../types.js').Component} Component */
/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./context.js').App} App */

const ROW = 1;
const BUTTON = 2;
const SELECTS = [3, 5, 6, 7, 8];
const LINK_STYLE = 5;
const STYLES = /** @type {Record<number, string>} */ ({
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'danger',
  5: 'link',
});

/** @param {App} app @param {Message} message */
export function components(app, message) {
  if (!message.components?.length) return null;
  return h(
    'div',
    { class: 'components' },
    message.components.map((component) => renderComponent(app, message, component)),
  );
}

/** @param {App} app @param {Message} message @param {Component} component @returns {Node|null} */
export function renderComponent(app, message, component) {
  if (component.type === ROW) {
    return h(
      'div',
      { class: 'component-row' },
      (component.components ?? []).map((child) => renderComponent(app, message, child)),
    );
  }
  if (component.type === BUTTON) return button(app, message, component);
  if (SELECTS.includes(component.type)) {
    return selectControl(app, component, (values, control) =>
      interact(app, message, component, control, values),
    );
  }
  return layoutComponent(app, message, component, renderComponent);
}

/** @param {Component} component @returns {import('./dom.js').Leaf[]} */
function face(component) {
  const name = component.emoji && (component.emoji.id ? `:${component.emoji.name}:` : component.emoji.name);
  return [
    name && h('span', { class: 'emoji', 'aria-hidden': component.label ? 'true' : null }, name),
    component.label && h('span', null, component.label),
  ];
}

/** @param {App} app @param {Message} message @param {Component} component */
function button(app, message, component) {
  const look = `button ${STYLES[component.style ?? 2] ?? 'secondary'}`;
  if (component.style === LINK_STYLE) {
    const here = linkedPlace(app, component.url);
    if (here && !component.disabled) {
      return h(
        'button',
        { type: 'button', key: component.url, class: look, onclick: here.open },
        face(component),
        icon('out'),
      );
    }
    const safe = /^https?:\/\//.test(component.url ?? '') && !component.disabled;
    return h(
      'a',
      {
        key: component.url,
        class: look,
        href: safe ? component.url : null,
        'aria-disabled': safe ? null : 'true',
        target: '_blank',
        rel: 'noopener noreferrer nofollow',
      },
      face(component),
      icon('out'),
    );
  }
  return h(
    'button',
    {
      type: 'button',
      class: look,
      key: component.custom_id,
      disabled: component.disabled,
      onclick: (event) => interact(app, message, component, event.currentTarget),
    },
    face(component),
  );
}

/**
 * @param {App} app @param {Message} message @param {Component} component
 * @param {HTMLElement} control shows the pending state
 * @param {string[]} [values] of a select
 */
async function interact(app, message, component, control, values) {
  if (control.getAttribute('aria-busy') === 'true') return;
  const box = control.closest('.components');
  box?.querySelector('.component-error')?.remove();
  control.setAttribute('aria-busy', 'true');
  const outcome = await app.interactions.send({
    type: 3,
    channel_id: message.channel_id,
    message_id: message.id,
    custom_id: component.custom_id,
    component_type: component.type,
    ...(values ? { values } : {}),
  });
  control.removeAttribute('aria-busy');
  if (outcome.modal) openModal(app, outcome.modal, { channelId: message.channel_id, messageId: message.id });
  if (!outcome.ok) showFailure(app, message, outcome.message ?? '');
}

/** @param {App} app @param {Message} message @param {string} text */
function showFailure(app, message, text) {
  const row = document.querySelector(`[data-message-id="${CSS.escape(message.id)}"] .components`);
  if (!row) app.toasts.show(text);
  row?.append(h('div', { class: 'component-error', role: 'alert' }, icon('warn'), text));
}
