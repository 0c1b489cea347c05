/** Links to messages and channels, in texts and on buttons: those that are here lead there within the page. */

/** @typedef {import('./context.js').App} App */

const MESSAGE_LINK = /^https:\/\/discord\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/(\d+))?$/;

/**
 * The place that an address leads to; null for an address that is not one of this server's.
 * @param {App} app @param {string} [url]
 */
export function linkedPlace(app, url) {
  const [, channelId, messageId] = MESSAGE_LINK.exec(url ?? '') ?? [];
  const channel = app.state.channels.get(channelId);
  return channel ? { channel, messageId, open: () => app.open(channel.id, { messageId }) } : null;
}
