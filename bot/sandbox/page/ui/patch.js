/**
 * Redrawing without replacing. A part of the page is drawn anew as fresh nodes, and what changed is taken over into
 * the nodes already shown: a click that begins before an update and ends after it needs the same node at both times,
 * and the focus, a loaded picture and a pending button live in it.
 */

import { append, propsOf, update } from './dom.js';

/** @typedef {import('./dom.js').Child} Child */

/**
 * Two nodes of the same identity stand for the same thing: same `key`, else same tag and first class. What can be
 * pressed has a key, so that it never becomes another thing under the pointer.
 * @param {Node} node
 */
function identity(node) {
  if (!(node instanceof Element)) return node.nodeName;
  const props = propsOf(node);
  if (!props) return node.outerHTML; // an icon: only another one of the same shape will do
  const name = props.key === undefined ? `.${String(props.class ?? '').split(' ', 1)}` : `#${props.key}`;
  return node.tagName + name;
}

/** Makes a node look like a fresh one of the same identity. @param {Node} node @param {Node} fresh */
export function patch(node, fresh) {
  if (node instanceof Text && fresh instanceof Text) {
    if (node.data !== fresh.data) node.data = fresh.data;
  } else if (node instanceof HTMLElement) {
    const props = propsOf(fresh);
    if (!props || props.keep) return;
    update(node, props);
    arrange(node, matched(node, [...fresh.childNodes]));
  }
}

/** Draws children into a box, keeping the nodes that stay. @param {HTMLElement} box @param {...Child} children */
export function redraw(box, ...children) {
  const drawn = new DocumentFragment();
  append(drawn, children);
  arrange(box, matched(box, [...drawn.childNodes]));
}

/** The fresh nodes, each replaced by the box's own one of its identity, if there is one. @param {Node} box @param {Node[]} fresh */
function matched(box, fresh) {
  const known = Map.groupBy(box.childNodes, identity);
  return fresh.map((node) => {
    const same = known.get(identity(node))?.shift();
    if (same) patch(same, node);
    return same ?? node;
  });
}

/** Puts the children in this order without touching those already right. @param {Node} box @param {Node[]} nodes */
export function arrange(box, nodes) {
  const held = document.activeElement;
  const wanted = new Set(nodes);
  for (const child of [...box.childNodes]) if (!wanted.has(/** @type {Node} */ (child))) child.remove();
  for (const [i, node] of nodes.entries()) {
    if (box.childNodes[i] !== node) box.insertBefore(node, box.childNodes[i] ?? null);
  }
  // A moved node loses the focus.
  if (held instanceof HTMLElement && held !== document.activeElement && box.contains(held)) held.focus();
}
