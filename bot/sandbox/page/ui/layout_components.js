/** Discord's layout components ("v2"): text, sections, galleries, separators and containers. */

import { h } from './dom.js';
import { markdown } from './markdown_dom.js';
import { fileCard, fromMedia, pictureButton, pictureGrid } from './pictures.js';

/** @typedef {import('../types.js').Component} Component */
/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./context.js').App} App */

/**
 * @callback Render
 * @param {App} app @param {Message} message @param {Component} component
 * @returns {Node|null}
 */

/** @type {Record<number, (app: App, message: Message, component: Component, render: Render) => Node|null>} */
const LAYOUTS = {
  9: section,
  10: (app, _message, component) => markdown(app, component.content ?? '', 'text-display'),
  11: (_app, message, component) =>
    component.media
      ? h('div', { class: 'thumbnail-box' }, pictureButton(picture(message, component.media, component)))
      : null,
  12: (_app, message, component) =>
    pictureGrid((component.items ?? []).map((item) => picture(message, item.media, item))),
  13: file,
  14: (_app, _message, component) => h('hr', { class: component.divider === false ? 'invisible' : '' }),
  17: container,
};

/**
 * @param {App} app @param {Message} message @param {Component} component
 * @param {Render} render draws a component inside this one, of whatever type
 * @returns {Node|null}
 */
export function layoutComponent(app, message, component, render) {
  return LAYOUTS[component.type]?.(app, message, component, render) ?? null;
}

/** @param {Message} message @param {import('../types.js').EmbedMedia} media @returns {import('../types.js').EmbedMedia} */
function followed(message, media) {
  const attached = message.attachments.find((a) => media.url === `attachment://${a.filename}`);
  return attached
    ? {
        ...media,
        url: attached.url,
        width: attached.width ?? undefined,
        height: attached.height ?? undefined,
      }
    : media;
}

/** @param {Message} message @param {import('../types.js').EmbedMedia} media @param {{description?: string, spoiler?: boolean}} about */
const picture = (message, media, about) => ({
  ...fromMedia(followed(message, media), about.description || 'picture'),
  spoiler: about.spoiler,
});

/** @param {App} app @param {Message} message @param {Component} component @param {Render} render */
function section(app, message, component, render) {
  const words = (component.components ?? []).map((child) => render(app, message, child));
  return h(
    'div',
    { class: 'section' },
    h('div', null, words),
    component.accessory && render(app, message, component.accessory),
  );
}

/** @param {App} _app @param {Message} message @param {Component} component */
function file(_app, message, component) {
  const attached = message.attachments.find(
    (a) => component.file?.url === `attachment://${a.filename}` || a.url === component.file?.url,
  );
  return attached ? fileCard(attached) : null;
}

/** @param {App} app @param {Message} message @param {Component} component @param {Render} render */
function container(app, message, component, render) {
  const colour = component.accent_color
    ? `#${component.accent_color.toString(16).padStart(6, '0')}`
    : 'var(--line-strong)';
  return h(
    'div',
    { class: 'container', vars: { '--bar': colour } },
    (component.components ?? []).map((child) => render(app, message, child)),
  );
}
