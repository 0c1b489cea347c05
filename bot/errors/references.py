"""What can be wrong with a reference picture, after which another one is to be painted."""

from bot.errors.member import MemberError
from bot.texts import references as words


class NoReference(MemberError):
    """A reference picture, where the engine paints after none in this way."""

    sentence = words.NO_REFERENCE


class ReferenceInReplies(MemberError):
    """A reference for a first picture, where only an editor takes one."""

    sentence = words.REFERENCE_IN_REPLIES


class ReferenceGone(MemberError):
    """The picture that a turn is to be painted after was deleted with its own turn."""

    sentence = words.REFERENCE_GONE


class ImageOrReference(MemberError):
    """A picture to start from and one to paint after at once."""

    sentence = words.IMAGE_OR_REFERENCE


class ReferenceMissing(MemberError):
    """What is to be taken from a reference, without one."""

    sentence = words.REFERENCE_MISSING
