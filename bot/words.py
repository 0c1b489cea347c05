"""Every sentence the bot says of its own accord, in one place (errors say theirs in `bot.errors`).

Sentences are short, say what to do next, and take their values already escaped for Discord's markdown.
"""

from collections.abc import Mapping

from bot.conversation import Turn
from bot.limits import GuildRules
from model.engine import WorkerState

# Slash commands and their options, as Discord shows them.
IMAGINE = "Paint a picture from your words"
IMAGINE_PROMPT = "What to paint, for example: a red house in a meadow"
IMAGINE_STYLE = "The look of the picture"
IMAGINE_SEED = "The same seed and words give the same picture again"
IMAGINE_COUNT = "How many pictures"
IMAGINE_SIZE = "The shape of the picture"
IMAGINE_IMAGE = "A picture to start from: I say what is in it and paint that"
FROM_PICTURE = "Imagine from this picture"
REFINE = "Change the latest picture here with an instruction"
REFINE_INSTRUCTION = "What to change, for example: make it night"
HELP = "How to paint by talking"

# The modal behind the Refine button.
MODAL_TITLE = "Change this picture"
MODAL_LABEL = "What should change?"
MODAL_PLACEHOLDER = "make it night and add a lantern"

HOW_TO_REFINE = "-# Reply to change it, for example “make it night”. React to say how you like it."
HOW_TO_REFINE_BY_MENTION = (
    "-# Press ✏️ Refine or mention me to change it, for example “make it night”. React to say how you like it."
)
ONLY_ATTACHMENT = "I read words, not attachments. Say what to change, for example “make it night”."
NOTHING_HERE = "There is no picture of mine here yet. Start one with `/imagine`."
WELCOME = "Hello! Type `/imagine` and say what to paint; then just reply to change the picture."

COMMAND_CHANGED = "That command has changed. Reload Discord (Ctrl+R) and try again."

# Under a picture.
MORE = "More…"
VARIED = "Variation"
ENLARGED = "Larger"
UNDO = "Go one picture back in this conversation"
REDO = "Take the last undo back"
HISTORY = "All pictures of this conversation on one sheet"
BRANCH = "Go on from an older picture"
BRANCH_PICTURE = "The picture's number, as on the sheet of /history"
REFINE_EXACT = "Your words are the whole new prompt, nothing is added or changed"
IMAGINE_EXACT = "Use your words exactly, nothing is added"
CONTINUED = "Continued"

# /privacy.
PRIVACY = "What I keep about you, and what you can do about it"
PRIVACY_BUTTONS = {
    "allow": "Let training use my data",
    "stop": "Keep my data out of training",
    "copy": "Send me a copy",
    "delete": "Delete my data…",
    "now": "Yes, delete everything",
    "all": "Delete, and the posted pictures too",
}
TRAINING_ALLOWED = (
    "Thank you. What you ask for and like may be used to teach the model. You can change that here."
)
TRAINING_STOPPED = "Nothing of yours is used for training, also nothing from before."
COPY_HERE = "Everything I keep about you. Pictures that did not fit are listed in `data.json`."
COPY_SENT = "📬 I sent you a private message with the copy."
DELETE_REALLY = (
    "This removes your prompts, pictures, votes and settings for good, and cancels what is being painted for "
    "you. What others made from your pictures stays theirs."
)

WRITING = "✍️ Writing the prompt…"
POSTING = "📤 Sending the picture…"
DELETED = "🗑️ The picture is deleted."
THREAD_TITLE_WITHOUT_WORDS = "A picture"
REROLLED = "Reroll"
REMOVED = "Removed"

_BAR = 10


def starter(author: str, prompt: str) -> str:
    """The message a new thread hangs on, or a reply chain starts from."""
    return f"🎨 {author} asked for **{prompt}**"


def queued(position: int, starts_at: int | None = None) -> str:
    """`position` counts from 1, the next to be taken; `starts_at` is in UNIX seconds, if it can be told."""
    place = "⏳ You are next." if position <= 1 else f"⏳ Waiting, number {position} in line."
    return place if starts_at is None else f"{place} I begin about <t:{starts_at}:R>."


def painting(step: int, of: int) -> str:
    """A bar that fills with the steps."""
    filled = _BAR * step // max(of, 1)
    return f"🎨 Painting {'▰' * filled}{'▱' * (_BAR - filled)} step {step} of {of}"


def picked(person: str, number: int) -> str:
    """After a pick, as a reply to the pictures; `number` counts from 1."""
    return f"👉 {person} picked number {number}: the next change starts from it."


def redone(person: str) -> str:
    """After a redo, as a reply to the picture that is the current one again."""
    return f"↪️ {person} went forward: this picture is the current one again."


def branched(person: str) -> str:
    """After a branch, as a reply to the picture that is the current one now."""
    return f"🌿 {person} goes on from here: this picture is the current one."


def history(shown: int, of: int) -> str:
    """Above the sheet; only the latest pictures are `shown` when there are too many."""
    count = "1 picture" if of == 1 else f"{of} pictures"
    latest = f", the latest {shown} shown" if shown < of else ""
    return f"🗺️ {count}{latest}. `/branch` goes on from any of them."


def privacy(turns: int, pictures: int, votes: int, *, consent: bool) -> str:
    """The answer to /privacy."""
    use = "**may** be used to teach the model" if consent else "are **not** used for training"
    return PRIVACY_TEXT.format(turns=turns, pictures=pictures, votes=votes, use=use)


def deleted_everything(messages_too: bool, left: int) -> str:
    """After a deletion; `left` messages could not be removed."""
    said = "🗑️ Everything I kept about you is deleted."
    if messages_too and left:
        return f"{said} {left} messages could not be removed; a moderator can."
    return said if messages_too else f"{said} Messages that were posted stay until someone deletes them."


def info(turn: Turn) -> str:
    """Everything that makes a picture again; the prompt stands in a block that Discord copies at a tap."""
    used = turn.parameters
    prompt = (turn.target_prompt or "").replace("`", "'")
    lines = [
        f"**Seed** {', '.join(str(image.seed) for image in turn.images) or used.seed}",
        f"**Steps** {used.steps} · **Guidance** {used.guidance:g}",
        f"**Size** {used.width * used.scale}×{used.height * used.scale}",
        f"**Models** {' · '.join(name for name in (turn.llm_model, turn.painter_model) if name)}",
    ]
    if used.keep:
        lines.append(f"**Painted over** the picture before, {used.keep:.0%} of it kept")
    if used.negative_prompt:
        lines.append(f"**Not wanted** {used.negative_prompt.replace('`', '')[:200]}")
    return f"```\n{prompt[:1500]}\n```" + "\n".join(lines)


def undone(person: str) -> str:
    """After an undo, as a reply to the picture that is the current one again."""
    return f"↩️ {person} went back: this picture is the current one again."


def bad_value(value: str) -> str:
    """An option's value that Discord let through and that is none."""
    return f"“{value}” is no value for that option. Pick one of those offered."


def failed(author_id: int, sentence: str) -> str:
    """In place of a picture."""
    return f"⚠️ <@{author_id}> {sentence}"


def failed_elsewhere(title: str, sentence: str) -> str:
    """The same, sent privately because the place of the conversation cannot be written to."""
    return f"⚠️ About “{title}”: {sentence}"


def refine_accepted(instruction: str) -> str:
    """The visible answer to /refine and the modal; the picture follows as a message of its own."""
    return f"✏️ {instruction}"


def help_text(reactions: list[str], readable: bool) -> str:
    """The answer to /help; `readable` says whether plain replies in servers can be read."""
    reply = HELP_REPLY if readable else HELP_MENTION
    return HELP_TEXT.format(reply=reply, reactions=" ".join(reactions))


HELP_TEXT = """\
**Paint by talking**
🎨 `/imagine a fox in the snow` opens a thread with a picture.
💬 {reply} Reply to an older picture to go on from that one.
✏️ Refine asks what to change · 🎲 Reroll paints it anew · ↩️ Undo, ↪️ Redo · 🗑️ Delete removes one
🗺️ `/history` shows all pictures here, `/branch` goes on from one · **More…** varies, enlarges, tells the seed
⭐ React with {reactions} to say how you like a picture; take the reaction away and the vote is gone."""
PRIVACY_TEXT = """\
**What I keep about you**
✏️ the words of your {turns} pictures and changes, with the prompts made from them
🖼️ {pictures} pictures · ⭐ {votes} votes and choices · 👀 who could see which picture
Messages that are not meant for me are never kept. Your words and votes {use}.
Everything stays on the computer that I run on."""
HELP_REPLY = "Reply in it to change the picture: “make it night and add a lantern”."
HELP_MENTION = (
    "I only read replies that mention me here: “@me make it night”. `/refine` and ✏️ Refine do the same."
)


# /admin, for moderators and the owner of the bot.
ADMIN = "Look after me on this server"
ADMIN_STATUS = "How I am: the queue, the models, the disk, the last errors"
ADMIN_PAUSE = "Take nothing new on; what was asked for is still made"
ADMIN_RESUME = "Take new requests on again"
ADMIN_DRAIN = "Finish what is under way, begin nothing more, and say when it is done"
ADMIN_PURGE = "Cancel what waits"
ADMIN_RELOAD = "Load the language model and its adapter anew; nothing is lost"
ADMIN_LIMITS = "How much people may ask for here; without options: show it"
ADMIN_SERVE = "The only channels and roles I serve here; without options: show them"
ADMIN_EVERYWHERE = "All my servers; for the owner of the bot"
ADMIN_PERSON = "Only what this person has waiting"
ADMIN_WAITING = "Pictures one person may have waiting; 0 is no limit of this server's own"
ADMIN_HOURLY = "Pictures one person may have within an hour; 0 is no limit of this server's own"
ADMIN_DAILY = "Pictures one person may have within a day; 0 is no limit of this server's own"
ADMIN_ROLE = "Only for the members of this role"
ADMIN_CHANNEL = "A channel or category to serve"
ADMIN_SERVED_ROLE = "A role to serve"
ADMIN_REMOVE = "Take it off the list instead"

PAUSED = "⏸️ I take nothing new on {where}. What was asked for is still made. `/admin resume` opens me again."
RESUMED = "▶️ I take new requests on again {where}."
STILL_PAUSED = "▶️ This server is open, but I am paused everywhere: the owner of the bot must open me again."
DRAINING = "⏳ I begin nothing more; {running} under way."
DRAINED = "✅ Nothing is under way any more, and {waiting} wait for the next start. I can be stopped now."
STILL_DRAINING = "⏳ {running} are still under way. `/admin status` tells when they are done."
RELOADED = "✅ The language model is loaded anew: {model}."
NOT_RELOADABLE = "This engine cannot load its language model anew; restart me instead."
HERE, EVERYWHERE = "here", "anywhere"


def purged(count: int) -> str:
    """After a purge."""
    return "🧹 Nothing was waiting." if not count else f"🧹 Cancelled {count} waiting."


def amounts(settings: Mapping[str, int]) -> str:
    """Limits of one person, in words."""
    names = {"queued_per_user": "waiting", "hourly_per_user": "an hour", "daily_per_user": "a day"}
    found = [f"{settings[key] or 'any number'} {name}" for key, name in names.items() if key in settings]
    return ", ".join(found) or "as the operator set it"


def server_rules(rules: GuildRules) -> str:
    """What the moderators of a server set."""
    lines = [f"**For everybody**: {amounts(rules.limits)}"]
    lines += [f"<@&{role}>: {amounts(table)}" for role, table in sorted(rules.by_role.items())[:_SHOWN]]
    channels = " ".join(f"<#{channel}>" for channel in sorted(rules.channels)[:_SHOWN])
    roles = " ".join(f"<@&{role}>" for role in sorted(rules.roles)[:_SHOWN])
    lines += [f"**Channels**: {channels or 'all'}", f"**Roles**: {roles or 'everybody'}"]
    return "\n".join(lines)


_SHOWN = 20  # entries of a list


def status_head(version: str, preset: str) -> str:
    """The first line of /admin status."""
    return f"**DiffChat {version}**, preset {preset}"


def status_gate(*, draining: bool, everywhere: bool, here: bool) -> str:
    """Whether anything new is taken on."""
    if draining:
        return "⏳ I am draining: nothing new, and nothing more is begun."
    if everywhere:
        return "⏸️ I am paused everywhere."
    return "⏸️ I am paused here." if here else "🟢 I take new requests on."


def status_queue(waiting: int, running: int, seconds: float | None) -> str:
    """How busy the bot is; `seconds` is what a picture takes lately, if that can be told."""
    pace = "" if seconds is None else f"; lately a picture takes about {seconds:.0f} s"
    return f"🗂️ {waiting} waiting, {running} under way{pace}"


def status_worker(worker: WorkerState) -> str:
    """One worker of the engine."""
    restarts = f", restarted {worker.restarts} times" if worker.restarts else ""
    return f"⚙️ {worker.kind}: {worker.model if worker.alive else 'starting again'}{restarts}"


def status_disk(free: int, total: int) -> str:
    """Room on the disk of the pictures, in bytes."""
    return f"💾 {free / 2**30:.1f} GiB free of {total / 2**30:.1f}"


def status_failure(job_id: int, cause: str, at: int) -> str:
    """A job that failed; `at` is in UNIX seconds."""
    return f"⚠️ job {job_id}: {cause}, <t:{at}:R>"
