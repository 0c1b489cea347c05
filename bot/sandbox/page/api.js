/** The sandbox's client API over HTTP: one function per call, errors as one sentence. */

/** @typedef {import('./types.js').Message} Message */

/** A refused or failed call; `message` is a sentence for the person. */
export class ApiError extends Error {
  /** @param {string} message @param {number} status @param {number} code */
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const UNREACHABLE = 'The sandbox does not answer. Is it still running?';

export class Api {
  /** The acting person's id, sent with every call. @type {string|null} */
  userId = null;

  /** @returns {Promise<import('./types.js').ServerState>} */
  state() {
    return this.#call('GET', '/client/state');
  }

  /** @param {string} name @returns {Promise<import('./types.js').User>} */
  createUser(name) {
    return this.#call('POST', '/client/users', { name, locale: navigator.language });
  }

  /** Newest first. @param {string} channelId @param {string|null} before @returns {Promise<Message[]>} */
  messages(channelId, before = null, limit = 50) {
    const query = new URLSearchParams({ limit: String(limit), ...(before ? { before } : {}) });
    return this.#call('GET', `/client/channels/${channelId}/messages?${query}`);
  }

  /**
   * @param {string} channelId @param {{content: string, reply_to?: string}} body @param {File[]} files
   * @returns {Promise<Message>}
   */
  send(channelId, body, files = []) {
    return this.#call('POST', `/client/channels/${channelId}/messages`, body, files);
  }

  /** @param {string} channelId @param {string} id @param {string} content @returns {Promise<Message>} */
  edit(channelId, id, content) {
    return this.#call('PATCH', `/client/channels/${channelId}/messages/${id}`, { content });
  }

  /** @param {string} channelId @param {string} id @returns {Promise<true>} */
  remove(channelId, id) {
    return this.#call('DELETE', `/client/channels/${channelId}/messages/${id}`);
  }

  /** @param {string} channelId @param {string} id @param {string} emoji @param {boolean} on @returns {Promise<true>} */
  react(channelId, id, emoji, on) {
    const path = `/client/channels/${channelId}/messages/${id}/reactions/${encodeURIComponent(emoji)}`;
    return this.#call(on ? 'PUT' : 'DELETE', path);
  }

  /** @param {string} channelId @returns {Promise<true>} */
  typing(channelId) {
    return this.#call('POST', `/client/channels/${channelId}/typing`);
  }

  /** @param {string} channelId @returns {Promise<import('./types.js').Command[]>} */
  commands(channelId) {
    return this.#call('GET', `/client/channels/${channelId}/commands`);
  }

  /** @param {object} body @param {File[]} files @returns {Promise<{id: string}>} */
  interact(body, files = []) {
    return this.#call('POST', '/client/interactions', body, files);
  }

  /** @param {string} userId @returns {Promise<import('./types.js').Channel>} */
  openDm(userId) {
    return this.#call('POST', '/client/dm', { user_id: userId });
  }

  /**
   * @param {string} channelId @param {string} name @param {string|undefined} messageId
   * @returns {Promise<import('./types.js').Channel>}
   */
  createThread(channelId, name, messageId) {
    return this.#call('POST', `/client/channels/${channelId}/threads`, { name, message_id: messageId });
  }

  /** The address of the event stream. */
  eventsUrl() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    return `${scheme}://${location.host}/client/events?user=${encodeURIComponent(this.userId ?? '')}`;
  }

  /**
   * @template Answer
   * @param {string} method @param {string} path @param {object} [body] @param {File[]} [files]
   * @returns {Promise<Answer>} an answer without a body is `true`
   */
  async #call(method, path, body, files = []) {
    const headers = /** @type {Record<string, string>} */ (
      this.userId ? { 'X-Sandbox-User': this.userId } : {}
    );
    const response = await fetch(path, { method, ...encode(headers, body, files) }).catch(() => {
      throw new ApiError(UNREACHABLE, 0, 0);
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text || 'true');
    const problem = parseProblem(text);
    throw new ApiError(
      problem.message ?? `The sandbox answered ${response.status}.`,
      response.status,
      problem.code ?? 0,
    );
  }
}

/** @param {Record<string, string>} headers @param {object|undefined} body @param {File[]} files */
function encode(headers, body, files) {
  if (!files.length) {
    if (body === undefined) return { headers };
    return { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  }
  const form = new FormData();
  form.append('payload_json', JSON.stringify(body ?? {}));
  for (const [index, file] of files.entries()) form.append(`files[${index}]`, file, file.name);
  return { headers, body: form };
}

/** @param {string} text @returns {{message?: string, code?: number}} */
function parseProblem(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // not JSON: the status alone is told
  }
}

/**
 * A picture's address on this page's own origin, or null when it lies elsewhere: the page loads nothing
 * from other hosts. 127.0.0.1 and localhost are the same sandbox.
 * @param {string|undefined} address @returns {string|null}
 */
export function localUrl(address) {
  if (!address || !URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'];
  const ours =
    url.origin === location.origin ||
    (loopback.includes(url.hostname) && loopback.includes(location.hostname) && url.port === location.port);
  return ours ? url.pathname + url.search : null;
}
