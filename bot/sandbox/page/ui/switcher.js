/** Ctrl+K: go to any channel, thread or the bot by its name. */

import { compareIds } from '../store/history.js';
import { isDirect, isThread } from '../store/state.js';
import { openDialog } from './dialog.js';
import { h, icon } from './dom.js';
import { SuggestBox } from './suggest.js';

/** @param {import('./context.js').App} app */
export function openSwitcher(app) {
  const { state } = app;
  const box = new SuggestBox();
  const field = h('input', {
    class: 'field',
    placeholder: 'Where to?',
    'aria-label': 'Where to?',
    role: 'combobox',
    autocomplete: 'off',
  });
  const dialog = openDialog({ class: 'switcher', label: 'Go to' }, field, box.node);
  const go = (/** @type {import('./suggest.js').Suggestion<string>} */ item) => {
    dialog.close();
    app.open(item.value);
  };
  const fill = () => {
    const wanted = field.value.trim().toLowerCase();
    const found = [...state.channels.values()].filter(
      (c) => !isDirect(c) && c.name?.toLowerCase().includes(wanted),
    );
    found.sort((a, b) => compareIds(b.last_message_id ?? '0', a.last_message_id ?? '0'));
    const items = found.slice(0, 12).map((c) => ({
      label: c.name ?? '',
      icon: icon(isThread(c) ? 'thread' : 'hash'),
      hint: state.isUnread(c) ? 'unread' : '',
      value: c.id,
    }));
    box.show(field, '', items, go, { empty: 'No place by that name.' });
  };
  field.addEventListener('input', fill);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') box.key(event);
  });
  fill();
  field.focus();
}
