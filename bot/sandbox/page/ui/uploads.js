/** The files a message will carry: chosen, pasted or dropped, shown before they are sent. */

import { h, icon, iconButton } from './dom.js';
import { bytes } from './pictures.js';

/** @typedef {import('./context.js').App} App */

const MOST_FILES = 10; // Discord's limit for one message

export class Uploads {
  /** @type {File[]} */
  files = [];

  /** @param {App} app @param {() => void} onTaken called when files came */
  constructor(app, onTaken) {
    this.app = app;
    this.onTaken = onTaken;
    this.node = h('div', { class: 'previews', hidden: true });
    this.picker = h('input', { type: 'file', multiple: true, hidden: true });
    this.picker.addEventListener('change', () => {
      this.take(this.picker.files);
      this.picker.value = '';
    });
  }

  /** Adds files that fit. @param {FileList|null|undefined} list @param {Event} [event] what brought them */
  take(list, event) {
    if (!list?.length) return;
    event?.preventDefault();
    const limit = this.app.state.attachmentLimit;
    const tooLarge = [...list].filter((file) => file.size > limit);
    for (const file of tooLarge) {
      const sizes = `${bytes(file.size)}; ${bytes(limit)}`;
      this.app.toasts.show(`${file.name} is ${sizes} is the most a file may have here.`);
    }
    const fitting = [...list].filter((file) => !tooLarge.includes(file));
    this.set([...this.files, ...fitting].slice(0, MOST_FILES));
    this.onTaken();
  }

  /** @param {File[]} files */
  set(files) {
    this.files = files;
    for (const image of this.node.querySelectorAll('img')) URL.revokeObjectURL(image.src);
    this.node.hidden = !files.length;
    this.node.replaceChildren(...files.map((file) => this.#preview(file)));
  }

  /** @param {File} file */
  #preview(file) {
    const isImage = file.type.startsWith('image/');
    const remove = () => this.set(this.files.filter((known) => known !== file));
    return h(
      'div',
      { class: 'preview' },
      isImage ? h('img', { src: URL.createObjectURL(file), alt: file.name }) : icon('image'),
      h('span', null, file.name),
      iconButton('close', `Remove ${file.name}`, { onclick: remove }),
    );
  }
}
