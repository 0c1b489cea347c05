/** Modal dialogs on the browser's own <dialog>: focus is trapped, Esc closes, the rest of the page is inert. */

import { h } from './dom.js';

/**
 * @param {{class?: string, label: string, onclose?: () => void, dismissable?: boolean}} options
 * @param {...import('./dom.js').Child} children
 * @returns {HTMLDialogElement} shown already
 */
export function openDialog(options, ...children) {
  const before = document.activeElement;
  const dialog = h(
    'dialog',
    { class: `dialog ${options.class ?? ''}`, 'aria-label': options.label },
    ...children,
  );
  const dismissable = options.dismissable ?? true;
  dialog.addEventListener('cancel', (event) => {
    if (!dismissable) event.preventDefault();
  });
  // Chromium closes on a second Esc whatever `cancel` says, so the key itself is stopped.
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !dismissable) event.preventDefault();
  });
  dialog.addEventListener('pointerdown', (event) => {
    if (dismissable && event.target === dialog && outside(dialog, event)) dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    options.onclose?.();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** @param {HTMLElement} box @param {PointerEvent} event */
function outside(box, event) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
}
