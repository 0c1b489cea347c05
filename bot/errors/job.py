"""Errors that end or put off a job; told to the person who asked for it."""

from bot.errors.base import BotError
from bot.texts import errors as words


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
    """The pictures are kept, but Discord does not take the message; it is tried again.

    Fields: after, the seconds for which Discord asks to be left alone.
    """

    sentence = words.NOT_POSTED_YET

    def __init__(self, *, after: float = 0.0) -> None:
        self.after = after
        super().__init__(after=after)


class MayNotPost(NotPostedYet):
    """Discord refuses the finished message: a permission was taken away, or the thread was locked."""

    sentence = words.MAY_NOT_POST


class PlaceGone(JobError):
    """The thread or channel was deleted while the job ran."""

    sentence = words.PLACE_GONE
