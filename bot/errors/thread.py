"""Errors of opening a thread, which a person can put right."""

from bot.errors.member import MemberError
from bot.texts import answers
from bot.texts import errors as words


class TagRequired(MemberError):
    """A forum wants a tag on every post, and none can be chosen for it."""

    sentence = words.TAG_REQUIRED


class NoThreadHere(MemberError):
    """A thread was asked for where none can be opened."""

    sentence = words.NO_THREAD_HERE


class StaysPrivate(NoThreadHere):
    """A thread was asked for that would show a private thread's picture to a whole channel."""

    sentence = answers.STAYS_PRIVATE
