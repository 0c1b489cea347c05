/** The loaded messages of one channel, oldest first. */

/** @typedef {import('../types.js').Message} Message */

/** Snowflakes compare by length, then by text. @param {string} a @param {string} b */
export const compareIds = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

export class History {
  messages = /** @type {Message[]} */ ([]);
  /** Sentences only this tab shows (a command that failed), in their place between the messages. @type {Notice[]} */
  notices = [];
  loaded = false;
  /** True when the oldest message is here. */
  complete = false;
  loading = /** @type {Promise<void>|null} */ (null);

  /** @param {string} id @returns {Message|undefined} */
  find(id) {
    return this.messages.find((message) => message.id === id);
  }

  /** The newest message that holds a picture. @returns {Message|undefined} */
  get newest() {
    return this.messages.at(-1);
  }

  /** Adds or replaces. @param {Message} message @returns {'add'|'update'} */
  put(message) {
    const index = this.messages.findIndex((known) => known.id === message.id);
    if (index >= 0) {
      this.messages[index] = message;
      return 'update';
    }
    let at = this.messages.length;
    while (at > 0 && compareIds(this.messages[at - 1].id, message.id) > 0) at -= 1;
    this.messages.splice(at, 0, message);
    return 'add';
  }

  /** @param {string} id @returns {Message|undefined} the message that was removed */
  remove(id) {
    const index = this.messages.findIndex((known) => known.id === id);
    return index < 0 ? undefined : this.messages.splice(index, 1)[0];
  }

  /** Forgets what was loaded, before a fresh first page replaces it. */
  reset() {
    this.messages = [];
    this.loaded = false;
    this.complete = false;
  }
}

/** `after` is the newest message at the time. @typedef {{id: string, after: string, text: string, state: 'pending'|'failed', label: string}} Notice */
