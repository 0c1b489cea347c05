/** Everything the page knows, and who is told when it changes. Nothing here touches the DOM. */

import { compareIds, History } from './history.js';

/** @typedef {import('../types.js').Channel} Channel */
/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('../types.js').User} User */

/** Channel types of Discord that are threads. */
const THREAD_TYPES = [10, 11, 12];

/**
 * What may change, and what listeners are told about it.
 * @typedef {object} Topics
 * @property {undefined} channels
 * @property {undefined} open another channel is shown
 * @property {{op: 'add'|'update'|'remove', channelId: string, message: Message}} message
 * @property {{channelId: string}} history a channel's first page came
 * @property {{channelId: string}} notices
 * @property {undefined} typing
 * @property {undefined} status the connection, or the bot's presence
 * @property {undefined} reply
 * @property {{channelId: string}} commands
 * @property {undefined} users
 * @property {{channel: Channel|undefined}} gone the channel that is shown was deleted
 */

export class State extends EventTarget {
  me = /** @type {User|null} */ (null);
  guild = /** @type {import('../types.js').Guild|null} */ (null);
  application = /** @type {import('../types.js').Application|null} */ (null);
  users = /** @type {Map<string, User>} */ (new Map());
  members = /** @type {Map<string, import('../types.js').Member>} */ (new Map());
  roles = /** @type {Map<string, import('../types.js').Role>} */ (new Map());
  channels = /** @type {Map<string, Channel>} */ (new Map());
  histories = /** @type {Map<string, History>} */ (new Map());
  commands = /** @type {Map<string, import('../types.js').Command[]>} */ (new Map());
  typing = /** @type {Map<string, Map<string, number>>} */ (new Map());
  reads = /** @type {Record<string, string>} */ ({});
  attachmentLimit = 10 * 1024 * 1024;
  botOnline = false;
  connected = true;
  openId = /** @type {string|null} */ (null);
  replyTo = /** @type {Message|null} */ (null);

  /**
   * @template {keyof Topics} Topic
   * @param {Topic} topic @param {Topics[Topic] extends undefined ? [] : [Topics[Topic]]} detail
   */
  change(topic, ...detail) {
    this.dispatchEvent(new CustomEvent(topic, { detail: detail[0] }));
  }

  /**
   * @template {keyof Topics} Topic
   * @param {Topic[]} topics @param {(detail: Topics[Topic]) => void} listener
   */
  on(topics, listener) {
    for (const topic of topics) {
      this.addEventListener(topic, (event) =>
        listener(/** @type {CustomEvent<Topics[Topic]>} */ (event).detail),
      );
    }
  }

  /** Takes a whole snapshot from GET /client/state. @param {import('../types.js').ServerState} snapshot */
  load(snapshot) {
    this.application = snapshot.application;
    this.attachmentLimit = snapshot.attachment_limit || this.attachmentLimit;
    this.botOnline = snapshot.bot_online;
    for (const user of snapshot.users) this.users.set(user.id, user);
    if (snapshot.application?.bot) this.users.set(snapshot.application.bot.id, snapshot.application.bot);
    this.channels = new Map((snapshot.dms ?? []).map((channel) => [channel.id, channel]));
    for (const guild of snapshot.guilds) this.#loadGuild(guild);
    this.change('channels');
    this.change('status');
  }

  /** @param {import('../types.js').Guild} guild */
  #loadGuild(guild) {
    this.guild ??= guild;
    for (const channel of [...guild.channels, ...guild.threads]) {
      this.channels.set(channel.id, { ...channel, guild_id: guild.id });
    }
    for (const member of guild.members) {
      this.members.set(member.user.id, member);
      this.users.set(member.user.id, member.user);
    }
    for (const role of guild.roles ?? []) this.roles.set(role.id, role);
  }

  /** @returns {Channel|null} */
  get open() {
    return this.openId ? (this.channels.get(this.openId) ?? null) : null;
  }

  /** The messages of a channel; made on first use. @param {string} channelId */
  history(channelId) {
    const history = this.histories.get(channelId) ?? new History();
    this.histories.set(channelId, history);
    return history;
  }

  /** What to call a person here. @param {User|string} userOrId */
  nameOf(userOrId) {
    const id = typeof userOrId === 'string' ? userOrId : userOrId.id;
    const user = typeof userOrId === 'string' ? this.users.get(id) : userOrId;
    return this.members.get(id)?.nick || user?.global_name || user?.username || 'someone';
  }

  /** What a channel is called here: a direct one after the other person. @param {Channel} channel */
  titleOf(channel) {
    if (!isDirect(channel)) return channel.name ?? '';
    const other = channel.recipients?.find((user) => user.id !== this.me?.id) ?? this.application?.bot;
    return other ? this.nameOf(other) : 'direct message';
  }

  /** Threads of a channel, newest activity first, archived last. @param {string} channelId */
  threadsOf(channelId) {
    const threads = [...this.channels.values()].filter((c) => isThread(c) && c.parent_id === channelId);
    return threads.sort(
      (a, b) => Number(isArchived(a)) - Number(isArchived(b)) || compareIds(activity(b), activity(a)),
    );
  }

  /** @param {Channel} channel */
  isUnread(channel) {
    const last = channel.last_message_id;
    return (
      Boolean(this.me && last) &&
      channel.id !== this.openId &&
      compareIds(last ?? '0', this.reads[channel.id] ?? '0') > 0
    );
  }

  /** May this person remove others' messages here? Administrator or Manage Messages. @param {string} channelId */
  mayModerate(channelId) {
    const moderates = BigInt(0x8 | 0x2000);
    return (BigInt(this.channels.get(channelId)?.permissions ?? '0') & moderates) !== 0n;
  }
}

/** Seen by one person only (Discord's message flag 1 << 6). @param {Message} message */
export const isEphemeral = (message) => Boolean((message.flags ?? 0) & (1 << 6));

/** @param {Channel} channel */
const activity = (channel) => channel.last_message_id ?? channel.id;

/** @param {Channel|null|undefined} channel */
export const isThread = (channel) => Boolean(channel) && THREAD_TYPES.includes(channel?.type ?? -1);

/** @param {Channel|null|undefined} channel */
export const isDirect = (channel) => channel?.type === 1 || channel?.type === 3;

/** @param {Channel|null|undefined} channel */
export const isArchived = (channel) => Boolean(channel?.thread_metadata?.archived);
