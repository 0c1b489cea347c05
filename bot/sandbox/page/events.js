/** The live event stream: a WebSocket that comes back by itself. */

const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 8000;

/** @typedef {import('./types.js').ServerEvent} ServerEvent */

export class EventStream {
  #socket = /** @type {WebSocket|null} */ (null);
  #delay = FIRST_DELAY_MS;
  #timer = 0;
  #closed = false;

  /**
   * @param {() => string} address read anew at every attempt
   * @param {{onEvent: (event: ServerEvent) => void, onStatus: (online: boolean, again: boolean) => void}} hooks
   *   `again` is true when the stream was open before: what happened meanwhile must be fetched
   */
  constructor(address, hooks) {
    this.address = address;
    this.hooks = hooks;
    this.wasOpen = false;
    this.wake = () => {
      if (this.#timer) this.open();
    };
    window.addEventListener('online', this.wake);
  }

  /** Connects now. */
  open() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const socket = new WebSocket(this.address());
    this.#socket = socket;
    socket.addEventListener('open', () => this.#onOpen());
    socket.addEventListener('message', (message) => this.hooks.onEvent(JSON.parse(message.data)));
    socket.addEventListener('close', () => {
      if (socket === this.#socket) this.#retry();
    });
  }

  /** Ends the stream for good. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.wake);
    this.#socket?.close();
  }

  #onOpen() {
    this.#delay = FIRST_DELAY_MS;
    this.hooks.onStatus(true, this.wasOpen);
    this.wasOpen = true;
  }

  #retry() {
    if (this.#closed) return;
    this.hooks.onStatus(false, this.wasOpen);
    this.#timer = window.setTimeout(() => this.open(), this.#delay);
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY_MS);
  }
}
