/**
 * The shapes this page reads, as far as it reads them. They are Discord's own JSON objects
 * (https://discord.com/developers/docs), ids as strings.
 *
 * @typedef {{id: string, username: string, global_name?: string|null, bot?: boolean}} User
 * @typedef {{user: User, nick?: string|null, roles: string[]}} Member
 * @typedef {{id: string, name: string, color?: number, permissions?: string}} Role
 * @typedef {{archived?: boolean, locked?: boolean}} ThreadMetadata
 * @typedef {{id: string, type: number, name?: string|null, topic?: string|null, guild_id?: string,
 *   parent_id?: string|null, position?: number, last_message_id?: string|null, owner_id?: string,
 *   message_count?: number, permissions?: string, nsfw?: boolean, thread_metadata?: ThreadMetadata, recipients?: User[]}} Channel
 * @typedef {{id: string, name: string, owner_id?: string, channels: Channel[], threads: Channel[],
 *   members: Member[], roles?: Role[]}} Guild
 * @typedef {{id: string, name: string, bot: User}} Application
 * @typedef {{me?: User, guilds: Guild[], users: User[], application: Application|null,
 *   attachment_limit: number, bot_online: boolean, dms?: Channel[]}} ServerState
 *
 * @typedef {{id: string, filename: string, size: number, url: string, proxy_url?: string,
 *   content_type?: string, width?: number|null, height?: number|null, description?: string}} Attachment
 * @typedef {{url: string, proxy_url?: string, width?: number, height?: number}} EmbedMedia
 * @typedef {{type?: string, title?: string, description?: string, url?: string, color?: number,
 *   timestamp?: string, image?: EmbedMedia, thumbnail?: EmbedMedia,
 *   author?: {name: string, url?: string, icon_url?: string},
 *   footer?: {text: string, icon_url?: string},
 *   fields?: {name: string, value: string, inline?: boolean}[]}} Embed
 * @typedef {{id?: string|null, name: string|null}} Emoji
 * @typedef {{emoji: Emoji, count: number, me: boolean}} Reaction
 * @typedef {{label: string, value: string, description?: string, emoji?: Emoji, default?: boolean}} SelectOption
 * @typedef {{type: number, id?: number, custom_id?: string, label?: string, style?: number, url?: string,
 *   emoji?: Emoji, disabled?: boolean, placeholder?: string, min_values?: number, max_values?: number,
 *   options?: SelectOption[], components?: Component[], component?: Component, accessory?: Component,
 *   content?: string, description?: string, value?: string, required?: boolean, min_length?: number,
 *   max_length?: number, items?: {media: EmbedMedia, description?: string, spoiler?: boolean}[],
 *   media?: EmbedMedia, file?: EmbedMedia, accent_color?: number|null, divider?: boolean,
 *   spoiler?: boolean}} Component
 * @typedef {{message_id?: string, channel_id?: string, guild_id?: string}} MessageReference
 * @typedef {{id: string, channel_id: string, type: number, content: string, timestamp: string, author: User,
 *   edited_timestamp?: string|null, flags?: number, attachments: Attachment[], embeds: Embed[],
 *   components?: Component[], reactions?: Reaction[], mentions?: User[], mention_everyone?: boolean,
 *   message_reference?: MessageReference, referenced_message?: Message|null, thread?: Channel,
 *   interaction_metadata?: {id: string, type: number, user: User, name?: string, target_message_id?: string,
 *     target_user?: User, original_response_message_id?: string},
 *   interaction?: {id: string, type: number, name: string, user: User},
 *   webhook_id?: string}} Message
 *
 * @typedef {{name: string, value: string|number, name_localized?: string}} Choice
 * @typedef {{type: number, name: string, description: string, required?: boolean, choices?: Choice[],
 *   autocomplete?: boolean, options?: CommandOption[], min_value?: number, max_value?: number,
 *   min_length?: number, max_length?: number, name_localized?: string,
 *   description_localized?: string}} CommandOption
 * @typedef {{id: string, type?: number, name: string, description: string,
 *   default_member_permissions?: string|null, options?: CommandOption[], name_localized?: string, description_localized?: string}} Command
 * @typedef {{title: string, custom_id: string, components: Component[]}} Modal
 *
 * @typedef {{channel_id: string, message_id: string}} MessagePlace
 * @typedef {MessagePlace & {user_id: string, emoji: Emoji}} ReactionChange
 */

/**
 * What the event stream brings: Discord's gateway events, and four of the sandbox's own (BOT_STATUS, INTERACTION_*).
 *
 * @typedef {object} EventData
 * @property {Message & {guild_id?: string}} MESSAGE_CREATE
 * @property {Partial<Message> & {id: string, channel_id: string}} MESSAGE_UPDATE
 * @property {{id: string, channel_id: string}} MESSAGE_DELETE
 * @property {{ids: string[], channel_id: string}} MESSAGE_DELETE_BULK
 * @property {ReactionChange} MESSAGE_REACTION_ADD
 * @property {ReactionChange} MESSAGE_REACTION_REMOVE
 * @property {MessagePlace} MESSAGE_REACTION_REMOVE_ALL
 * @property {MessagePlace & {emoji: Emoji}} MESSAGE_REACTION_REMOVE_EMOJI
 * @property {Channel} CHANNEL_CREATE
 * @property {Channel} CHANNEL_UPDATE
 * @property {{id: string}} CHANNEL_DELETE
 * @property {Channel} THREAD_CREATE
 * @property {Channel} THREAD_UPDATE
 * @property {{id: string}} THREAD_DELETE
 * @property {{channel_id: string, user_id: string}} TYPING_START
 * @property {Member} GUILD_MEMBER_ADD
 * @property {Member} GUILD_MEMBER_UPDATE
 * @property {User} USER_UPDATE
 * @property {{online: boolean}} BOT_STATUS
 * @property {{id: string}} INTERACTION_SUCCESS
 * @property {{id: string, message?: string}} INTERACTION_FAILURE
 * @property {{id: string, choices?: Choice[]}} INTERACTION_AUTOCOMPLETE
 * @property {{id: string, modal: Modal}} INTERACTION_MODAL
 */

/**
 * One event of the stream: its name and what it carries.
 * @template {keyof EventData} [Name=keyof EventData]
 * @typedef {{[N in Name]: {t: N, d: EventData[N]}}[Name]} ServerEvent
 */

export {};
