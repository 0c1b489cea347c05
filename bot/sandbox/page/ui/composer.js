/** Where a person writes: plain messages, replies, pictures, and the way into slash commands. */

import { isArchived, isDirect, isThread } from '../store/state.js';
import { entriesOf, fullyTyped, matching, optionsInShort } from './commands.js';
import { h, icon, iconButton } from './dom.js';
import { openEmojiPicker } from './emoji.js';
import { redraw } from './patch.js';
import { SlashForm } from './slash.js';
import { SuggestBox } from './suggest.js';
import { Uploads } from './uploads.js';

/** @typedef {import('./context.js').App} App */

const TYPING_EVERY_MS = 7000;
const MOST_CHARACTERS = 2000;

export class Composer {
  /** @type {Map<string, string>} */
  #drafts = new Map();
  #form = /** @type {SlashForm|null} */ (null);
  #typedAt = 0;
  #shownFor = /** @type {string|null} */ (null);

  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.box = new SuggestBox();
    this.input = h('textarea', {
      class: 'composer-input',
      rows: 1,
      'aria-label': 'Message',
      'aria-haspopup': 'listbox',
      'aria-autocomplete': 'list',
      dir: 'auto',
    });
    this.uploads = new Uploads(app, () => this.input.focus());
    this.reply = h('div', { class: 'reply-bar', hidden: true });
    this.counter = h('span', { class: 'counter', hidden: true });
    this.plain = h(
      'div',
      { class: 'composer-row' },
      iconButton('plus', 'Add a picture or file', { onclick: () => this.uploads.picker.click() }),
      this.input,
      this.counter,
      iconButton('smile', 'Insert an emoji', {
        onclick: (e) => openEmojiPicker(e.currentTarget, (emoji) => this.insert(emoji)),
      }),
      iconButton('send', 'Send', { class: 'icon-button send', onclick: () => this.send() }),
      this.uploads.picker,
    );
    this.frame = h('div', { class: 'composer-frame' }, this.reply, this.uploads.node, this.plain);
    this.node = h('section', { class: 'composer', 'aria-label': 'Write' }, this.box.node, this.frame);
    this.#listen();
  }

  #listen() {
    const { state } = this.app;
    this.input.addEventListener('input', () => this.#onInput());
    this.input.addEventListener('keydown', (event) => this.#onKey(event));
    this.input.addEventListener('blur', (event) => this.box.left(event));
    this.input.addEventListener('paste', (event) => this.uploads.take(event.clipboardData?.files, event));
    state.on(['open'], () => this.#onOpen());
    state.on(['channels'], () => this.#placeholder());
    state.on(['reply'], () => this.#showReply());
    state.on(['commands'], () => {
      if (document.activeElement === this.input) this.#suggest();
    });
  }

  #onOpen() {
    if (this.#shownFor) this.#drafts.set(this.#shownFor, this.input.value);
    this.#shownFor = this.app.state.openId;
    this.#leaveCommand();
    this.input.value = this.#drafts.get(this.#shownFor ?? '') ?? '';
    this.uploads.set([]);
    this.#grow();
    this.#placeholder();
    this.app.loader.commands(this.#shownFor ?? '');
  }

  #placeholder() {
    const channel = this.app.state.open;
    if (!channel) return;
    const where = `${isDirect(channel) || isThread(channel) ? '' : '#'}${this.app.state.titleOf(channel)}`;
    const refines = isThread(channel) && channel?.owner_id === this.app.state.application?.bot.id;
    const narrow = matchMedia('(max-width: 760px)').matches;
    const plain = narrow ? `Write, or / for commands` : `Write to ${where}, or type / for commands`;
    const change = narrow ? 'Say what to change' : 'Say what to change, for example “make it night”';
    const words = refines ? change : plain;
    this.input.placeholder = isArchived(channel) ? `Archived: writing opens it again` : words;
  }

  /** Puts text in as if it had been typed. @param {string} text */
  suggest(text) {
    this.#leaveCommand();
    this.input.value = text;
    this.input.focus();
    this.#onInput();
  }

  /** @param {string} text */
  insert(text) {
    this.input.setRangeText(text, this.input.selectionStart, this.input.selectionEnd, 'end');
    this.input.focus();
    this.#onInput();
  }

  focus() {
    if (this.#form) this.#form.start();
    else this.input.focus();
  }

  #onInput() {
    const length = [...this.input.value].length;
    this.counter.hidden = length < MOST_CHARACTERS - 200;
    this.counter.textContent = String(MOST_CHARACTERS - length);
    this.counter.classList.toggle('over', length > MOST_CHARACTERS);
    this.#grow();
    this.#suggest();
    if (this.input.value === '/') this.app.loader.commands(this.app.state.openId ?? '', true); // they may have changed
    if (this.input.value.trim() && !this.input.value.startsWith('/')) this.#tellTyping();
  }

  #grow() {
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  #tellTyping() {
    if (Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    this.app.api.typing(this.app.state.openId ?? '').catch(() => {}); // a lost hint harms nobody
  }

  /** Offers commands after `/`, people after `@`. */
  #suggest() {
    const text = this.input.value;
    if (text.startsWith('/')) return this.#suggestCommands(text);
    const before = text.slice(0, this.input.selectionStart);
    const at = /(?:^|\s)@([^\s@]*)$/.exec(before);
    return at ? this.#suggestPeople(at[1]) : this.box.hide();
  }

  /** @param {string} text */
  #suggestCommands(text) {
    const entries = entriesOf(this.app.state.commands.get(this.app.state.openId ?? '') ?? []);
    const typed = fullyTyped(entries, text);
    if (typed) return this.#enterCommand(typed.entry, typed.rest);
    const items = matching(entries, text).map((entry) => ({
      label: entry.label,
      detail: entry.description,
      hint: optionsInShort(entry.options),
      value: entry,
    }));
    const empty = this.app.state.botOnline
      ? 'No command by that name.'
      : 'The bot is offline: its commands will come back with it.';
    return this.box.show(this.input, 'Commands', items, (item) => this.#enterCommand(item.value, ''), {
      empty,
    });
  }

  /** @param {string} typed */
  #suggestPeople(typed) {
    const { state } = this.app;
    const wanted = typed.toLowerCase();
    const people = [...state.users.values()]
      .filter((user) => `${state.nameOf(user)} ${user.username}`.toLowerCase().includes(wanted))
      .slice(0, 8);
    const items = people.map((user) => ({
      label: state.nameOf(user),
      detail: user.bot ? 'bot' : '',
      hint: `@${user.username}`,
      value: user,
    }));
    if (!items.length) return this.box.hide();
    return this.box.show(this.input, 'People', items, (item) => {
      const end = this.input.selectionStart;
      this.input.setRangeText(`@${item.value.username} `, end - typed.length - 1, end, 'end');
      this.box.hide();
    });
  }

  /** @param {import('./commands.js').Entry} entry @param {string} rest */
  #enterCommand(entry, rest) {
    this.box.hide();
    this.#form = new SlashForm(this.app, entry, this.box, {
      done: () => {
        this.#leaveCommand();
        this.input.focus();
      },
      cancel: (text) => {
        this.#leaveCommand();
        this.suggest(text);
      },
    });
    this.input.value = '';
    this.plain.replaceWith(this.#form.node);
    this.#form.start(rest);
  }

  #leaveCommand() {
    if (!this.#form) return;
    this.#form.node.replaceWith(this.plain);
    this.#form = null;
    this.box.hide();
    this.#grow();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (this.box.key(event)) return;
    const { state } = this.app;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === 'Escape' && state.replyTo) {
      event.preventDefault();
      this.app.replyTo(null);
    } else if (event.key === 'ArrowUp' && !this.input.value) {
      const own = state
        .history(state.openId ?? '')
        .messages.findLast((message) => message.author.id === state.me?.id);
      if (own) {
        event.preventDefault();
        this.app.edit(own);
      }
    }
  }

  async send() {
    const { app } = this;
    const channelId = app.state.openId ?? '';
    const text = this.input.value.trim();
    const files = this.uploads.files;
    if (!text && !files.length) return;
    if ([...text].length > MOST_CHARACTERS) {
      app.toasts.show(`A message holds ${MOST_CHARACTERS} characters at most.`);
      return;
    }
    const answered = app.state.replyTo;
    this.#clear();
    const body = { content: this.#withMentions(text), ...(answered ? { reply_to: answered.id } : {}) };
    const sent = await app.attempt(() => app.api.send(channelId, body, files));
    if (sent) return;
    this.input.value = text; // nothing a person wrote is lost
    this.uploads.set(files);
    app.replyTo(answered);
    this.#grow();
  }

  #clear() {
    this.input.value = '';
    this.uploads.set([]);
    this.#typedAt = 0;
    this.app.replyTo(null);
    this.counter.hidden = true;
    this.box.hide();
    this.#grow();
  }

  /** `@name` -> `<@id>`, longest names first. @param {string} text */
  #withMentions(text) {
    const people = [...this.app.state.users.values()].sort((a, b) => b.username.length - a.username.length);
    return people.reduce(
      (so, user) =>
        so.replaceAll(
          new RegExp(`(?<![\\w<])@${user.username.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`, 'g'),
          `<@${user.id}>`,
        ),
      text,
    );
  }

  #showReply() {
    const message = this.app.state.replyTo;
    this.reply.hidden = !message;
    if (!message) return;
    redraw(
      this.reply,
      icon('reply'),
      h('span', null, 'Replying to ', h('strong', null, this.app.state.nameOf(message.author))),
      iconButton('close', 'Do not reply', { onclick: () => this.app.replyTo(null) }),
    );
    this.focus();
  }
}
