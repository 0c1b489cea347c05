"""The further pictures that a turn is painted with. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class SourceRole(StrEnum):
    """What a further picture of a turn is for.

    Where its parent's may change, what to take things from, or what to paint after: its style or character,
    as the turn's parameters say.
    """

    MASK = "mask"
    MORE = "more"
    REFERENCE = "refer"


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture that a turn is painted with beside its parent's: its file's content hash and its role."""

    role: SourceRole
    sha256: str
