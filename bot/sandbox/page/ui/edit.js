/** Editing one's own message in place. */

import { h } from './dom.js';

/** @param {import('./context.js').App} app @param {import('../types.js').Message} message */
export function editInPlace(app, message) {
  const article = document.querySelector(`[data-message-id="${CSS.escape(message.id)}"]`);
  const content = article?.querySelector('.content');
  if (!article || article.querySelector('.edit')) return;
  const field = h('textarea', {
    class: 'field',
    'aria-label': 'Edit the message',
    maxlength: 2000,
    rows: Math.min(8, message.content.split('\n').length + 1),
    value: message.content,
  });
  const form = h(
    'form',
    { class: 'edit' },
    field,
    h('small', { class: 'faint' }, 'Enter saves, Esc leaves it as it was'),
  );
  const leave = () => {
    form.replaceWith(...(content ? [content] : []));
    app.state.change('message', { op: 'update', channelId: message.channel_id, message }); // what changed meanwhile
    app.focusComposer();
  };
  field.addEventListener('keydown', async (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') leave();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const text = field.value.trim();
    if (
      text &&
      text !== message.content &&
      !(await app.attempt(() => app.api.edit(message.channel_id, message.id, text)))
    )
      return;
    leave();
  });
  if (content) content.replaceWith(form);
  else article.querySelector('.body')?.append(form);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
