"""Every error the bot raises, and the one sentence its reader gets.

BotError
├── MemberError                  something a person can put right; shown to that person only
│   ├── TextRefused              the words cannot be used
│   │   ├── EmptyText            nothing left after cleaning
│   │   ├── EmojiOnly            no letter or digit, only emoji
│   │   └── TextTooLong          over the limit
│   ├── BadOption                a count, seed, size or style that is not offered
│   ├── MissingPermissions       the bot could not post the picture there
│   ├── QueueRefused             no more work is taken on now
│   │   ├── RoomRefused          too much waits
│   │   │   ├── TooManyWaiting   this person has enough pictures waiting
│   │   │   ├── ServerHasEnough  this server has
│   │   │   └── QueueFull        everybody together has
│   │   ├── QuotaUsedUp          this person has had all of the hour or day
│   │   ├── ServerQuotaUsedUp    this server has
│   │   └── Paused               a moderator or the operator takes nothing new on
│   ├── NotServed                nothing is made for this person in this place
│   │   ├── ElsewhereOnly        only in some channels
│   │   ├── RoleNeeded           only for some roles
│   │   └── AgeRestricted        only in age-restricted channels
│   ├── NotAModerator            /admin is for those who manage the server
│   ├── NotTheOwner              only the owner of the bot may do that
│   ├── NoPictureGiven           neither words nor a picture to start from
│   ├── PictureTooHeavy          a picture to start from has too many bytes
│   ├── NoPictureYet             a refinement or undo before the first picture
│   ├── FirstPicture             undo at the first picture
│   ├── NothingToRedo            redo at the last picture
│   ├── GoneConversation         no conversation of that id or place
│   ├── GoneTurn                 no turn of that id, or a deleted one
│   ├── NoThreadHere             a thread where none can be opened
│   ├── NotYours                 only the author or a moderator may do that
│   └── TooLateToCancel          the job is being posted, or over
├── JobError                     ends a job; told to the person who asked for it
│   ├── TookTooLong              a stage ran into its time limit
│   ├── JobCancelled             a person cancelled it
│   ├── PictureLost              a stored picture is not on the disk any more
│   ├── NotPostedYet             the pictures are kept; posting them is tried again
│   │   └── MayNotPost           a permission is missing there, or the thread is locked
│   └── PlaceGone                the thread or channel was deleted
└── OperatorError                something the operator puts right; members get a general sentence
    ├── SettingsError            wrong settings, all problems at once
    ├── StoreError               the database or picture folder cannot be used
    │   ├── NotADatabase         the file is something else, or damaged
    │   ├── DatabaseNewer        written by a newer version of this program
    │   ├── DatabaseBusy         another program has held the write lock for too long
    │   └── DiskFull             no room left; nothing was half-written
    ├── CannotConnect            Discord refuses the bot: token, intents
    └── WrongTransition          a job was moved to a state it cannot reach: a bug

`user_message` is the only translator from an exception to words for a member, also for the model's errors.
Texts of other exceptions are never shown.
"""

from typing import ClassVar, Self

from model import errors as model_errors

UNEXPECTED = "Something went wrong on my side. Please try again; the operator can find the cause in my log."


class BotError(Exception):
    """Base of the tree. `sentence` is what a member reads; `fields` fill its placeholders."""

    sentence: ClassVar[str] = UNEXPECTED

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.sentence.format(**fields))


class MemberError(BotError):
    """Something a person can put right."""


class TextRefused(MemberError):
    """The words cannot be used."""


class EmptyText(TextRefused):
    """Nothing is left after cleaning."""

    sentence = "There are no words in that. Describe the picture or the change in a few words."


class EmojiOnly(TextRefused):
    """Only emoji, no letter or digit."""

    sentence = "I cannot draw from emoji alone. Add a few words about the picture or the change."


class TextTooLong(TextRefused):
    """Over the limit. Fields: length, limit."""

    sentence = "That is {length} characters long; please stay within {limit}."


class BadOption(MemberError):
    """An option's value is not offered. Fields: option, value, allowed."""

    sentence = "{option} cannot be {value}; allowed is {allowed}."


class MissingPermissions(MemberError):
    """The bot could not post the picture there. Fields: names, as Discord's settings call them."""

    sentence = (
        "I cannot post pictures here without **{names}**. "
        "Ask an admin to allow me that in this channel, then try again."
    )


class QueueRefused(MemberError):
    """No more work is taken on now."""


class RoomRefused(QueueRefused):
    """Too much waits. Fields: limit, frees (when to ask again)."""

    def __init__(self, *, limit: int = 0, frees: str = "in a few minutes") -> None:
        self.limit = limit
        super().__init__(limit=limit, frees=frees)

    def freeing(self, at: float) -> Self:
        """The same refusal with the time (UNIX seconds) at which the next place is expected to be free."""
        return type(self)(limit=self.limit, frees=f"<t:{at:.0f}:R>")


class TooManyWaiting(RoomRefused):
    """This person has enough pictures waiting. Fields: limit, frees."""

    sentence = "You already have {limit} waiting. Cancel one, or ask again {frees}."


class ServerHasEnough(RoomRefused):
    """This server has enough pictures waiting. Fields: limit, frees."""

    sentence = "This server already has {limit} waiting. Please ask again {frees}."


class QueueFull(RoomRefused):
    """Everybody together has enough waiting. Fields: limit, frees."""

    sentence = "My queue is full ({limit} waiting). Please try again {frees}."


class QuotaUsedUp(QueueRefused):
    """This person has had all pictures of the hour or day. Fields: limit, span, frees (a Discord time)."""

    sentence = "You have had {limit} pictures within {span}. The next one is free {frees}."


class ServerQuotaUsedUp(QueueRefused):
    """This server has had all pictures of the hour or day. Fields: limit, span, frees (a Discord time)."""

    sentence = "This server has had {limit} pictures within {span}. The next one is free {frees}."


class Paused(QueueRefused):
    """A moderator or the operator takes nothing new on."""

    sentence = "I take nothing new on right now; what was asked for before is still made. Please try later."


class NotServed(MemberError):
    """Nothing is made for this person in this place."""


class ElsewhereOnly(NotServed):
    """Only some channels are served. Fields: channels, as mentions."""

    sentence = "I make pictures only in {channels} here. Please ask there."


class RoleNeeded(NotServed):
    """Only people with some roles are served. Fields: roles, as mentions."""

    sentence = (
        "Here I make pictures only for people with one of these roles: {roles}. A moderator can give it."
    )


class AgeRestricted(NotServed):
    """Only age-restricted channels are served."""

    sentence = "I make pictures only in age-restricted channels. Please ask in one."


class NotAModerator(MemberError):
    """/admin is for those who manage the server."""

    sentence = "Only people who may manage this server can do that."


class NotTheOwner(MemberError):
    """Only the owner of the bot may do that."""

    sentence = "That concerns all my servers: only the owner of the bot can do it."


class NoPictureGiven(MemberError):
    """Neither words nor a picture to start from, or a message without one."""

    sentence = "There is no picture in that, and no words. Say what to paint, or give me a PNG, JPEG or WebP."


class PictureTooHeavy(MemberError):
    """A picture to start from has too many bytes. Fields: limit, in MiB."""

    sentence = "That picture is too large for me; please stay within {limit} MiB."


class NoPictureYet(MemberError):
    """There is no finished picture to work on."""

    sentence = "There is no picture here yet to change. Start one with /imagine."


class FirstPicture(MemberError):
    """Undo at the first picture."""

    sentence = "This is the first picture; there is nothing before it to go back to."


class NothingToRedo(MemberError):
    """Redo at the last picture."""

    sentence = "This is the latest picture of its line; there is nothing to redo."


class GoneConversation(MemberError):
    """No such conversation."""

    sentence = "I do not know this conversation any more. Start a new one with /imagine."


class GoneTurn(MemberError):
    """No such turn, or a deleted one."""

    sentence = "That picture was deleted. Reply to another one, or start anew with /imagine."


class NoThreadHere(MemberError):
    """A thread was asked for where none can be opened."""

    sentence = (
        "I cannot open a thread here. In a server's text channel I can, if I may create public threads."
    )


class NotYours(MemberError):
    """Only the author or a moderator may do that."""

    sentence = "Only the person who asked for this picture, or a moderator, can do that."


class TooLateToCancel(MemberError):
    """The job is being posted, or over."""

    sentence = "It is too late to cancel that: the picture is ready or the work has ended."


class JobError(BotError):
    """Ends a job."""


class TookTooLong(JobError):
    """A stage ran into its time limit. Fields: stage, seconds."""

    sentence = "I stopped because {stage} took longer than {seconds:.0f} seconds. Please try again."


class JobCancelled(JobError):
    """A person cancelled the job."""

    sentence = "This picture was cancelled."


class PictureLost(JobError):
    """A stored picture is not on the disk any more. Fields: sha256."""

    sentence = "The finished picture was lost on my side. Please ask for it again."


class NotPostedYet(JobError):
    """The pictures are kept, but Discord does not take the message; it is tried again."""

    sentence = (
        "Your picture is ready and kept, but Discord does not take it right now. I will try again later."
    )


class MayNotPost(NotPostedYet):
    """Discord refuses the finished message: a permission was taken away, or the thread was locked."""

    sentence = (
        "Your picture is ready and kept, but I may not post it there any more. "
        "Ask an admin to let me write, attach files and embed links there."
    )


class PlaceGone(JobError):
    """The thread or channel was deleted while the job ran."""

    sentence = "The thread was deleted before the picture was ready. Start a new one with /imagine."


class OperatorError(BotError):
    """Something the operator puts right; `str(error)` is for the operator, members get `sentence`."""

    sentence = "I cannot work properly right now. The operator can find the cause in my log."

    def __init__(self, message: str) -> None:
        super().__init__()
        self.args = (message,)


class SettingsError(OperatorError):
    """Wrong settings. `problems` has one line for each, naming key, value and what is allowed."""

    def __init__(self, source: str, problems: list[str]) -> None:
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n".join([f"{count} in the settings ({source}):", *(f"  {p}" for p in problems)]))


class StoreError(OperatorError):
    """The database or the picture folder cannot be used."""


class NotADatabase(StoreError):
    """The file is something else, or damaged."""


class DatabaseNewer(StoreError):
    """The database was written by a newer version of this program."""


class DatabaseBusy(StoreError):
    """Another program has held the database's write lock for longer than we wait."""

    sentence = "My memory is busy right now. Please try again in a minute."


class DiskFull(StoreError):
    """No room is left on the disk."""

    sentence = "My disk is full, so I could not keep that. The operator has been told in the log."


class CannotConnect(OperatorError):
    """Discord refuses the bot for good: a wrong token, a privileged intent that is not switched on."""


class WrongTransition(OperatorError):
    """A job was moved to a state it cannot reach from its present one."""


MODEL_SENTENCES: dict[type[BaseException], str] = {
    model_errors.EditError: "I could not turn that into a prompt. Please say it in other words.",
    model_errors.PromptRefused: "I do not draw that. Please ask for something else.",
    model_errors.PictureRefused: "The picture came out as something I do not show. Please change the words.",
    model_errors.BadImage: "I cannot read that picture. Please send a PNG, JPEG or WebP.",
    model_errors.OutOfMemory: "That is too large for me. Please ask for a smaller size or fewer pictures.",
    model_errors.BadRequest: "I cannot paint it like that. Please use fewer words, or other options.",
    model_errors.LoadError: "A model of mine is missing or damaged. The operator can find which in my log.",
    model_errors.ConfigError: "My settings do not fit this machine. The operator can find why in my log.",
    model_errors.WorkerDied: "My painter stopped several times while at this. Please try again later.",
    model_errors.EngineClosed: "I am shutting down or starting. Please try again in a minute.",
    model_errors.ModelError: "My models cannot work right now. The operator can find the cause in my log.",
}


def user_message(error: BaseException) -> str:
    """The one sentence a member reads for `error`; never the text of a foreign exception."""
    if isinstance(error, BotError):
        return error.sentence.format(**error.fields)
    for kind in type(error).__mro__:
        if kind in MODEL_SENTENCES:
            return MODEL_SENTENCES[kind]
    return UNEXPECTED
