/** Builds DOM nodes from plain values. Text always becomes a text node: nothing is parsed as HTML. */

import { isPressing } from './press.js';

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {Node|string|number|boolean|null|undefined} Leaf */
/** Nothing is drawn for null, undefined and booleans. @typedef {Leaf|(Leaf|(Leaf|Leaf[])[])[]} Child */

/** @typedef {string|number|boolean|null|undefined} Value */
/**
 * The attributes in use, so that a misspelt one is a type error.
 * @typedef {'alt'|'autocomplete'|'datetime'|'decoding'|'dir'|'disabled'|'download'|'draggable'|'height'|'hidden'|'href'
 *   |'id'|'maxlength'|'multiple'|'name'|'novalidate'|'placeholder'|'rel'|'required'|'role'|'rows'|'spellcheck'|'src'
 *   |'start'|'tabindex'|'target'|'title'|'type'|'width'} Attribute
 */
/**
 * @template {HTMLElement} Target
 * @typedef {object} Special
 * @property {string} [key] tells the node from its siblings when a redraw is matched (see patch.js)
 * @property {boolean} [keep] a redraw leaves the node of this key as it is
 * @property {string} [class]
 * @property {string} [value]
 * @property {Record<string, string|undefined>} [dataset]
 * @property {Record<string, string|number>} [vars] CSS custom properties
 * @property {(event: MouseEvent & {currentTarget: Target}) => void} [onclick]
 * @property {(event: KeyboardEvent & {currentTarget: Target}) => void} [onkeydown]
 * @property {(event: PointerEvent & {currentTarget: Target}) => void} [onpointermove]
 */
/**
 * @template {HTMLElement} Target
 * @typedef {Special<Target> & {[name in Attribute|`aria-${string}`]?: Value}} Props
 */

/**
 * `h('button', {class: 'quiet', onclick: go, 'aria-label': 'Go'}, 'Go')`
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props<HTMLElementTagNameMap[Tag]>|null} [props] null and false leave an attribute out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  update(node, props ?? {});
  append(node, children);
  return node;
}

/** What each node was made with. @type {WeakMap<object, Record<string, unknown>>} */
const made = new WeakMap();

/** The properties of a node that `h` made. @param {Node} node */
export const propsOf = (node) => made.get(node);

/**
 * Gives a node new properties. Only what differs from its earlier ones is touched, so what was set by other means
 * (`aria-busy`, a class that marks the tapped message) stays.
 * @param {HTMLElement} node @param {Record<string, unknown>} props
 */
export function update(node, props) {
  const before = made.get(node) ?? {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(props)])) {
    if (before[name] !== props[name]) set(node, name, before[name], props[name]);
  }
  made.set(node, props);
}

/** @param {HTMLElement} node @param {string} name @param {unknown} before @param {unknown} value */
function set(node, name, before, value) {
  if (name === 'key' || name === 'keep') return;
  if (name === 'class') {
    node.classList.remove(...words(before));
    node.classList.add(...words(value));
  } else if (name === 'dataset') {
    for (const key of Object.keys(before ?? {})) delete node.dataset[key];
    Object.assign(node.dataset, value);
  } else if (name === 'vars') {
    for (const [key, v] of Object.entries(value ?? {})) node.style.setProperty(key, String(v));
  } else if (name.startsWith('on')) {
    node.addEventListener(name.slice(2), heard);
  } else if (name === 'value') {
    Object.assign(node, { value });
  } else if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else {
    node.setAttribute(name, value === true ? '' : String(value));
  }
}

/** @param {unknown} classes */
const words = (classes) =>
  String(classes ?? '')
    .split(' ')
    .filter(Boolean);

/** Every listener of `h`: calls the node's present one, which a redraw may have changed. @param {Event} event */
function heard(event) {
  const props = made.get(event.currentTarget ?? event);
  const listener = /** @type {((event: Event) => void)|undefined} */ (props?.[`on${event.type}`]);
  listener?.(event);
}

/** @param {Node} node @param {Child[]} children */
export function append(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child);
    else if (child !== null && child !== undefined && typeof child !== 'boolean') {
      node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
}

/** Stroke icons on a 24-unit grid. */
const ICONS = {
  hash: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16',
  thread: 'M5 5h14v10H11l-4 4v-4H5z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  plus: 'M12 5v14M5 12h14',
  send: 'M5 12h13M12 5l7 7-7 7',
  reply: 'M9 6 4 11l5 5M4 11h9c4 0 7 2.5 7 7',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5c1.8 2.3 5.2 2.3 7 0M9 9.5v.01M15 9.5v.01',
  dots: 'M6 11.5v1M12 11.5v1M18 11.5v1',
  close: 'M6 6l12 12M18 6 6 18',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  auto: 'M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17',
  search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5 20 20',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7',
  pencil: 'M5 19l.8-3.8L16 5l3 3L8.8 18.2z',
  out: 'M14 5h5v5M19 5l-8.5 8.5M11 6H5.5v12.5H18V13',
  down: 'M12 5v14M6 13l6 6 6-6',
  left: 'M14.5 5 8 12l6.5 7',
  right: 'M9.5 5 16 12l-6.5 7',
  chevron: 'M7 10l5 5 5-5',
  check: 'M5 12.5 10 17.5 19.5 7',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  copy: 'M9 9h10.5v10.5H9zM5 15H4.5V4.5H15V5',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01',
  slash: 'M15 4 9 20',
  bolt: 'M13 3 5 13.5h6L10.5 21 19 10.5h-6z',
  at: 'M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM15.5 8.5v5c0 3 5 2.5 5-1.5a8.5 8.5 0 1 0-3.5 7',
  warn: 'M12 4 2.5 20h19zM12 10v4.5M12 17.3v.01',
};

/** @param {keyof typeof ICONS} name @returns {SVGSVGElement} */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.appendChild(path);
  return svg;
}

/** A square button that shows only an icon. @param {keyof typeof ICONS} name @param {string} label @param {Props<HTMLButtonElement>} props */
export function iconButton(name, label, props = {}) {
  return h(
    'button',
    { type: 'button', key: name, class: 'icon-button', 'aria-label': label, title: label, ...props },
    icon(name),
  );
}

/** Collapses a burst of calls into one on the next frame that finds no press under way. @param {() => void} work */
export function perFrame(work) {
  let asked = false;
  const draw = () => {
    if (isPressing()) {
      requestAnimationFrame(draw);
      return;
    }
    asked = false;
    work();
  };
  return () => {
    if (!asked) requestAnimationFrame(draw);
    asked = true;
  };
}
