"""The further pictures that a turn is painted with. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class SourceRole(StrEnum):
    """What a further picture of a turn is for: where its parent's may change, or what to take things from."""

    MASK = "mask"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture that a turn is painted with beside its parent's: its file's content hash and its role."""

    role: SourceRole
    sha256: str
