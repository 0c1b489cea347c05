/** Fetches what a channel holds, once: its messages page by page, and its commands. */

/** @typedef {import('../types.js').Command} Command */
/** Runs a call and tells a failure, for which the result is null. @typedef {<T>(call: () => Promise<T>) => Promise<T|null>} Attempt */
/** @typedef {{state: import('./state.js').State, api: import('../api.js').Api, attempt: Attempt}} Host */

const PAGE = 50;

export class Loader {
  /** @param {Host} app */
  constructor(app) {
    this.app = app;
  }

  /** The first page of a channel's messages. @param {string} channelId @returns {Promise<void>} may fail */
  messages(channelId) {
    const history = this.app.state.history(channelId);
    if (history.loaded) return Promise.resolve();
    history.loading ??= this.#firstPage(channelId).finally(() => {
      history.loading = null;
    });
    return history.loading;
  }

  /** One page further back. @param {string} channelId @returns {Promise<boolean>} whether anything came */
  async olderMessages(channelId) {
    const history = this.app.state.history(channelId);
    if (!history.loaded || history.complete || history.loading) return false;
    const before = history.messages[0]?.id ?? null;
    const work = this.app.attempt(() => this.app.api.messages(channelId, before, PAGE));
    history.loading = work.then(() => {});
    const messages = await work;
    history.loading = null;
    for (const message of messages ?? []) history.put(message);
    history.complete = messages !== null && messages.length < PAGE;
    return Boolean(messages?.length);
  }

  /**
   * The commands of a channel, kept until the bot comes or goes.
   * @param {string} channelId @param {boolean} [fresh] ask again
   * @returns {Promise<Command[]>}
   */
  async commands(channelId, fresh = false) {
    const { state } = this.app;
    const known = state.commands.get(channelId);
    if ((known && !fresh) || !channelId) return known ?? [];
    const commands = (await this.app.attempt(() => this.app.api.commands(channelId))) ?? [];
    state.commands.set(channelId, commands);
    state.change('commands', { channelId });
    return commands;
  }

  /** @param {string} channelId */
  async #firstPage(channelId) {
    const { state, api } = this.app;
    const messages = await api.messages(channelId, null, PAGE);
    const history = state.history(channelId);
    for (const message of messages) history.put(message);
    history.loaded = true;
    history.complete = messages.length < PAGE;
    state.change('history', { channelId });
  }
}
