/** Who are you in this tab? A new name, or someone who is here already. */

import { avatar } from './avatar.js';
import { openDialog } from './dialog.js';
import { h } from './dom.js';

/** @typedef {import('../types.js').User} User */
/** @typedef {import('./context.js').App} App */

/** @param {App} app @param {boolean} mayCancel @returns {Promise<User|null>} null when cancelled */
export function askName(app, mayCancel) {
  return new Promise((resolve) => {
    let answer = /** @type {User|null} */ (null);
    const people = [...app.state.users.values()]
      .filter((user) => !user.bot && user.id !== app.state.me?.id)
      .slice(0, 12);
    const name = h('input', {
      class: 'field',
      name: 'name',
      required: true,
      maxlength: 32,
      autocomplete: 'off',
      placeholder: 'Your name',
      'aria-label': 'Your name',
    });
    const error = h('small', { class: 'input-error', role: 'alert' });
    const finish = (/** @type {User} */ user) => {
      answer = user;
      dialog.close();
    };
    const form = h(
      'form',
      { class: 'welcome-form' },
      name,
      h('button', { type: 'submit', class: 'button primary' }, 'Come in'),
    );
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (!name.value.trim()) return;
      try {
        finish(await app.api.createUser(name.value.trim()));
      } catch (problem) {
        error.textContent = problem instanceof Error ? problem.message : String(problem);
      }
    });
    const dialog = openDialog(
      {
        class: 'welcome-dialog',
        label: 'Choose a name',
        dismissable: mayCancel,
        onclose: () => resolve(answer),
      },
      h('img', { src: '/page/icon.svg', alt: '', width: 56, height: 56 }),
      h('h2', null, mayCancel ? 'Who are you now?' : 'Come in'),
      h(
        'p',
        null,
        'This server lives on your own machine. Choose any name; open a second tab to be a second person.',
      ),
      form,
      error,
      people.length > 0 &&
        h(
          'div',
          { class: 'people', role: 'group', 'aria-label': 'People who are here' },
          people.map((user) =>
            h(
              'button',
              { type: 'button', class: 'person', onclick: () => finish(user) },
              avatar(user, app.state.nameOf(user), 'small'),
              app.state.nameOf(user),
            ),
          ),
        ),
    );
    name.focus();
  });
}
