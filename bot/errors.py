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
│   ├── AdultsOnly               adult words or a picture outside age-restricted channels
│   ├── ReportRefused            a report is not taken
│   │   ├── NoReportsHere        nobody named a channel for them
│   │   ├── ReportedAlready      by this person, of this picture
│   │   ├── TooManyReports       of this person within an hour
│   │   └── ReportNotDelivered   the moderators' channel cannot be reached
│   ├── ReportSettled            a moderator's button of a report that is settled or gone
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
│   ├── NothingChanges           the instruction was talk, or is fulfilled already
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
    │   ├── DataFolderInUse      another process of this program works with the data folder
    │   ├── DatabaseBusy         another program has held the write lock for too long
    │   └── DiskFull             no room left; nothing was half-written
    ├── CannotConnect            Discord refuses the bot: token, intents
    └── WrongTransition          a job was moved to a state it cannot reach: a bug

`bot.chat.error_texts.user_message` alone makes words of an exception; other exceptions' texts stay unseen.
"""

from typing import ClassVar, Self

from bot.i18n import Language, Text
from bot.texts import errors as words


class BotError(Exception):
    """Base of the tree. `sentence` is what a member reads; `fields` fill its placeholders.

    A field may be a `Text` itself. `str(error)` is English, for the log.
    """

    sentence: ClassVar[Text] = words.UNEXPECTED

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.sentence(Language.ENGLISH, **fields))


class MemberError(BotError):
    """Something a person can put right."""


class TextRefused(MemberError):
    """The words cannot be used."""


class EmptyText(TextRefused):
    """Nothing is left after cleaning."""

    sentence = words.EMPTY_TEXT


class EmojiOnly(TextRefused):
    """Only emoji, no letter or digit."""

    sentence = words.EMOJI_ONLY


class TextTooLong(TextRefused):
    """Over the limit. Fields: length, limit."""

    sentence = words.TEXT_TOO_LONG


class BadOption(MemberError):
    """An option's value is not offered. Fields: option, value, allowed."""

    sentence = words.BAD_OPTION


class MissingPermissions(MemberError):
    """The bot could not post the picture there. Fields: names, as Discord's settings call them."""

    sentence = words.MISSING_PERMISSIONS


class QueueRefused(MemberError):
    """No more work is taken on now."""


class RoomRefused(QueueRefused):
    """Too much waits. Fields: limit, frees (when to ask again)."""

    def __init__(self, *, limit: int = 0, frees: str | Text = words.SOON) -> None:
        self.limit = limit
        super().__init__(limit=limit, frees=frees)

    def freeing(self, at: float) -> Self:
        """The same refusal with the time (UNIX seconds) at which the next place is expected to be free."""
        return type(self)(limit=self.limit, frees=f"<t:{at:.0f}:R>")


class TooManyWaiting(RoomRefused):
    """This person has enough pictures waiting. Fields: limit, frees."""

    sentence = words.TOO_MANY_WAITING


class ServerHasEnough(RoomRefused):
    """This server has enough pictures waiting. Fields: limit, frees."""

    sentence = words.SERVER_HAS_ENOUGH


class QueueFull(RoomRefused):
    """Everybody together has enough waiting. Fields: limit, frees."""

    sentence = words.QUEUE_FULL


class QuotaUsedUp(QueueRefused):
    """This person has had all pictures of the hour or day. Fields: limit, span, frees (a Discord time)."""

    sentence = words.QUOTA_USED_UP


class ServerQuotaUsedUp(QueueRefused):
    """This server has had all pictures of the hour or day. Fields: limit, span, frees (a Discord time)."""

    sentence = words.SERVER_QUOTA_USED_UP


class Paused(QueueRefused):
    """A moderator or the operator takes nothing new on."""

    sentence = words.PAUSED


class NotServed(MemberError):
    """Nothing is made for this person in this place."""


class ElsewhereOnly(NotServed):
    """Only some channels are served. Fields: channels, as mentions."""

    sentence = words.ELSEWHERE_ONLY


class RoleNeeded(NotServed):
    """Only people with some roles are served. Fields: roles, as mentions."""

    sentence = words.ROLE_NEEDED


class AgeRestricted(NotServed):
    """Only age-restricted channels are served."""

    sentence = words.AGE_RESTRICTED


class AdultsOnly(MemberError):
    """Adult words, or a picture that the check found so, where the place is not age-restricted."""

    sentence = words.ADULTS_ONLY


class ReportRefused(MemberError):
    """A report is not taken."""


class NoReportsHere(ReportRefused):
    """Neither the server's moderators nor the operator named a channel for reports."""

    sentence = words.NO_REPORTS_HERE


class ReportedAlready(ReportRefused):
    """This person reported this picture before."""

    sentence = words.REPORTED_ALREADY


class TooManyReports(ReportRefused):
    """This person reported enough within an hour. Fields: limit, frees (a Discord time)."""

    sentence = words.TOO_MANY_REPORTS


class ReportNotDelivered(ReportRefused):
    """The moderators' channel cannot be reached."""

    sentence = words.REPORT_NOT_DELIVERED


class ReportSettled(MemberError):
    """Another moderator was quicker, or the report is gone."""

    sentence = words.REPORT_SETTLED


class NotAModerator(MemberError):
    """/admin is for those who manage the server."""

    sentence = words.NOT_A_MODERATOR


class NotTheOwner(MemberError):
    """Only the owner of the bot may do that."""

    sentence = words.NOT_THE_OWNER


class NoPictureGiven(MemberError):
    """Neither words nor a picture to start from, or a message without one."""

    sentence = words.NO_PICTURE_GIVEN


class PictureTooHeavy(MemberError):
    """A picture to start from has too many bytes. Fields: limit, in MiB."""

    sentence = words.PICTURE_TOO_HEAVY


class NoPictureYet(MemberError):
    """There is no finished picture to work on."""

    sentence = words.NO_PICTURE_YET


class FirstPicture(MemberError):
    """Undo at the first picture."""

    sentence = words.FIRST_PICTURE


class NothingToRedo(MemberError):
    """Redo at the last picture."""

    sentence = words.NOTHING_TO_REDO


class GoneConversation(MemberError):
    """No such conversation."""

    sentence = words.GONE_CONVERSATION


class GoneTurn(MemberError):
    """No such turn, or a deleted one."""

    sentence = words.GONE_TURN


class NoThreadHere(MemberError):
    """A thread was asked for where none can be opened."""

    sentence = words.NO_THREAD_HERE


class NotYours(MemberError):
    """Only the author or a moderator may do that."""

    sentence = words.NOT_YOURS


class TooLateToCancel(MemberError):
    """The job is being posted, or over."""

    sentence = words.TOO_LATE_TO_CANCEL


class JobError(BotError):
    """Ends a job."""


class NothingChanges(JobError):
    """The instruction was talk, or is fulfilled already: painting would give the same picture again."""

    sentence = words.NOTHING_CHANGES


class TookTooLong(JobError):
    """A stage ran into its time limit. Fields: stage, seconds."""

    sentence = words.TOOK_TOO_LONG


class JobCancelled(JobError):
    """A person cancelled the job."""

    sentence = words.JOB_CANCELLED


class PictureLost(JobError):
    """A stored picture is not on the disk any more. Fields: sha256."""

    sentence = words.PICTURE_LOST


class NotPostedYet(JobError):
    """The pictures are kept, but Discord does not take the message; it is tried again."""

    sentence = words.NOT_POSTED_YET


class MayNotPost(NotPostedYet):
    """Discord refuses the finished message: a permission was taken away, or the thread was locked."""

    sentence = words.MAY_NOT_POST


class PlaceGone(JobError):
    """The thread or channel was deleted while the job ran."""

    sentence = words.PLACE_GONE


class OperatorError(BotError):
    """Something the operator puts right; `str(error)` is for the operator, members get `sentence`."""

    sentence = words.OPERATORS_TURN

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


class DataFolderInUse(StoreError):
    """Another process of this program works with the data folder."""


class DatabaseBusy(StoreError):
    """Another program has held the database's write lock for longer than we wait."""

    sentence = words.DATABASE_BUSY


class DiskFull(StoreError):
    """No room is left on the disk."""

    sentence = words.DISK_FULL


class CannotConnect(OperatorError):
    """Discord refuses the bot for good: a wrong token, a privileged intent that is not switched on."""


class WrongTransition(OperatorError):
    """A job was moved to a state it cannot reach from its present one."""
