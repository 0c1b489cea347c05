/**
 * What the parts of the interface may ask of the page. `../app.js` implements it and hands itself to each part, so
 * that no part imports what stands above it.
 *
 * @typedef {object} App
 * @property {import('../store/state.js').State} state
 * @property {import('../api.js').Api} api
 * @property {import('../interactions.js').Interactions} interactions
 * @property {import('../store/loader.js').Loader} loader
 * @property {Toasts} toasts
 * @property {Notices} notices
 * @property {() => void} focusComposer
 * @property {(text: string) => void} suggest puts a text into the composer as if it had been typed
 * @property {(channelId: string, options?: {messageId?: string}) => Promise<void>} open shows a channel
 * @property {() => Promise<void>} openDirect shows the direct messages with the bot
 * @property {import('../store/loader.js').Attempt} attempt runs a call; a failure is told, not thrown
 * @property {(message: Message|null) => void} replyTo
 * @property {(message: Message) => void} edit
 * @property {(message: Message) => void} dismiss forgets an ephemeral message
 * @property {(channelId: string) => void} markRead
 * @property {() => void} quickSwitch asks where to go
 * @property {() => Promise<void>} chooseName asks who this tab is
 * @property {(open?: boolean) => void} toggleDrawer shows or hides the list of places on a narrow screen
 *
 * @typedef {{show: (text: string, kind?: 'error'|'info') => void}} Toasts
 * @typedef {object} Notices
 * @property {(channelId: string, label: string) => Notice} add
 * @property {(channelId: string, notice: Notice, text: string) => void} fail
 * @property {(channelId: string, notice: Notice) => void} remove
 *
 * @typedef {import('../types.js').Message} Message
 * @typedef {import('../store/history.js').Notice} Notice
 */

export {};
