/** Small floating things: context menus and popovers placed beside what opened them. */

import { h } from './dom.js';

/** @typedef {{label: string, icon?: Node, danger?: boolean, run: () => void}|{heading: string}|null} MenuItem */

/**
 * Shows `panel` next to an anchor (an element or a point) until Esc, a click outside or `close()`.
 * @param {Element|{x: number, y: number}} anchor @param {HTMLElement} panel
 * @returns {() => void} close
 */
export function popover(anchor, panel) {
  const before = document.activeElement;
  // inside a landmark, so that those who jump between landmarks come across it
  const host =
    (anchor instanceof Element && anchor.closest('dialog')) ||
    document.querySelector('main') ||
    document.body;
  panel.classList.add('popover');
  panel.popover = 'manual'; // the top layer: never clipped, above dialogs too
  host.append(panel);
  panel.showPopover();
  place(anchor, panel);
  const close = () => {
    document.removeEventListener('pointerdown', onOutside, true);
    window.removeEventListener('resize', close);
    if (!panel.isConnected) return;
    const held = panel.contains(document.activeElement);
    panel.remove();
    if (held && before instanceof HTMLElement && before.isConnected) before.focus();
  };
  const onOutside = (/** @type {PointerEvent} */ event) => {
    const target = /** @type {Node} */ (event.target);
    if (!panel.contains(target) && !(anchor instanceof Element && anchor.contains(target))) close();
  };
  document.addEventListener('pointerdown', onOutside, true);
  window.addEventListener('resize', close);
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  return close;
}

/** @param {Element|{x: number, y: number}} anchor @param {HTMLElement} panel */
function place(anchor, panel) {
  const gap = 6;
  const edge = 8;
  const box =
    anchor instanceof Element ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = box.bottom + gap + height < innerHeight - edge;
  const top = below ? box.bottom + gap : Math.max(edge, box.top - gap - height);
  const left = Math.min(Math.max(edge, box.left), innerWidth - width - edge);
  panel.style.top = `${top}px`;
  panel.style.left = `${Math.max(edge, left)}px`;
}

/** @param {Element|{x: number, y: number}} anchor @param {MenuItem[]} items @param {string} label */
export function openMenu(anchor, items, label) {
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label });
  const close = popover(anchor, menu);
  for (const item of items) {
    if (!item) continue;
    if ('heading' in item)
      menu.append(h('div', { class: 'menu-heading', role: 'presentation' }, item.heading));
    else
      menu.append(
        h(
          'button',
          {
            type: 'button',
            role: 'menuitem',
            class: item.danger ? 'danger' : '',
            onclick: () => {
              close();
              item.run();
            },
          },
          item.icon,
          h('span', null, item.label),
        ),
      );
  }
  place(anchor, menu);
  arrowKeys(menu, '[role=menuitem]');
  menu.querySelector('button')?.focus();
}

/**
 * Up, Down, Home and End move the focus among the matching children.
 * @param {HTMLElement} box @param {string} selector @param {{columns?: number}} [grid] columns of a grid: adds Left and Right
 */
export function arrowKeys(box, selector, grid = {}) {
  box.addEventListener('keydown', (event) => {
    const nodes = /** @type {HTMLElement[]} */ (
      [...box.querySelectorAll(selector)].filter((node) => node.checkVisibility())
    );
    const at = nodes.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const columns = grid.columns ?? 1;
    const steps = /** @type {Record<string, number>} */ ({
      ArrowDown: columns,
      ArrowUp: -columns,
      ...(grid.columns ? { ArrowRight: 1, ArrowLeft: -1 } : {}),
    });
    let to = event.key in steps ? at + steps[event.key] : -2;
    if (event.key === 'Home') to = 0;
    if (event.key === 'End') to = nodes.length - 1;
    if (to === -2 || !nodes.length) return;
    event.preventDefault();
    event.stopPropagation();
    nodes[(to + nodes.length) % nodes.length]?.focus();
  });
}
