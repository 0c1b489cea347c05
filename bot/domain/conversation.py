"""Conversations and turns: the pure domain, without Discord and without SQL.

A conversation is one place where people make pictures by talking. Each instruction is a *turn*; turns form
a tree (`bot.domain.edit_tree`) through `parent_turn_id`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Self

from bot.domain.brought_picture import BroughtPicture
from bot.domain.source_pictures import SourcePicture
from model.engine import ReferenceAs, Way


class Origin(StrEnum):
    """Where a turn's words came from; exports for training depend on it.

    Left out there are the content of messages, and what was read in a picture that somebody brought, with
    the words that came with it: it may be anybody's.
    """

    SLASH = "slash"
    MODAL = "modal"
    BUTTON = "button"
    MESSAGE = "message"
    PICTURE = "picture"


class TurnKind(StrEnum):
    """What a turn asks for.

    A new picture; an edit of its parent; its parent's words with a new seed; its parent's words painted over
    one of its pictures, with a new seed (vary) or larger (upscale); its parent's edit painted over the
    picture that this edit had changed (recompose), or done in the other way (other_way: an edit of the
    picture where it was painted anew, and the reverse); several edits in a row done at once (replay), whose
    parent is the picture before them.
    """

    IMAGINE = "imagine"
    REFINE = "refine"
    REROLL = "reroll"
    VARY = "vary"
    UPSCALE = "upscale"
    RECOMPOSE = "recompose"
    OTHER_WAY = "other_way"
    REPLAY = "replay"

    @property
    def goes_on(self) -> bool:
        """Whether it starts from its parent's picture, which counts as a small vote for that picture."""
        return self in (TurnKind.REFINE, TurnKind.VARY, TurnKind.UPSCALE)

    @property
    def repeats(self) -> bool:
        """Whether it follows the same instruction as its parent once more."""
        return self in (TurnKind.REROLL, TurnKind.RECOMPOSE, TurnKind.OTHER_WAY)


@dataclass(frozen=True, slots=True)
class Changes:
    """Settings that the words of a refinement ask for; None keeps those of the picture it changes.

    `only`: nothing else was asked for, so the prompt stays as it is and no model is asked. They are kept with
    the turn, since its parent and so the rest of its parameters are settled when its work begins.
    """

    seed: int | None = None
    steps: int | None = None
    guidance: float | None = None
    width: int | None = None
    height: int | None = None
    count: int | None = None
    negative_prompt: str | None = None
    scheduler: str | None = None
    reference_as: ReferenceAs | Literal[""] | None = None
    only: bool = False

    def on(self, parameters: "Parameters") -> "Parameters":
        """The parameters with these settings. Guidance too low for a negative prompt leaves none."""
        said = {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if one.name != "only" and getattr(self, one.name) is not None
        }
        changed = replace(parameters, **said)
        return changed if changed.guidance > 1 or not said else replace(changed, negative_prompt="")


@dataclass(frozen=True, slots=True)
class Parameters:
    """How a turn's pictures are painted; stored with it, inherited by its refinements.

    Picture `n` of `count` uses `seed + n`. Sizes are pixels, multiples of 8; the picture is `scale` times as
    wide and high. With `keep` above 0 painting starts from picture `base` of the parent (to recompose: of
    the one before the parent) and keeps that share of it. `picked` is the position of the picture somebody
    chose among several. `exact` leaves the words as they were said. `model` is a name of [models]; None is
    that of [image]; `loras` are its LoRAs (`model.pictures.lora_mix`), `scheduler` is one of its own or None.
    `reference_as`: it is painted after a picture, that of this turn or the nearest above that brought one.
    `style_words` are those of a person's or server's own style; `changes` what a refinement's words changed.
    `arm` is "NAME:a" or "NAME:b" where an experiment of that name chose the model (`bot.domain.ab_test`).
    """

    seed: int
    steps: int
    guidance: float
    width: int
    height: int
    count: int = 1
    style: str | None = None
    negative_prompt: str = ""
    keep: float = 0.0
    base: int = 0
    scale: int = 1
    picked: int | None = None
    exact: bool = False
    model: str | None = None
    loras: str = ""
    scheduler: str | None = None
    reference_as: ReferenceAs | Literal[""] = ""
    style_words: str = ""
    changes: Changes | None = None
    arm: str = ""

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The parameters as they are stored, of any age."""
        changes = stored.get("changes")
        return cls(**{**stored, "changes": Changes(**changes) if changes else None})

    @property
    def seeds(self) -> tuple[int, ...]:
        """One seed for each picture, all in 0..2^32-1."""
        return tuple((self.seed + n) % 2**32 for n in range(self.count))


KEEP_WHEN_REFINED = 0.4
"""How much of a picture stays when an edit is painted over it; from 0.5 on TinyWorld paints ghosts of what
is added."""


def inherited(parameters: Parameters, *, exact: bool = False, changes: Changes | None = None) -> Parameters:
    """What a refinement takes over from its parent with these parameters, and what its words change of them.

    The picture that was picked among several becomes the only one, with its own seed.
    """
    picked = parameters.picked
    taken = replace(
        parameters,
        seed=(parameters.seed + (picked or 0)) % 2**32,
        count=parameters.count if picked is None else 1,
        keep=KEEP_WHEN_REFINED if parameters.keep else 0.0,
        base=picked or 0,
        scale=1,
        picked=None,
        exact=exact,
        changes=changes,
    )
    return taken if changes is None else changes.on(taken)


@dataclass(frozen=True, slots=True)
class Image:
    """One stored picture of a turn: its content hash, its place in the grid and the message that shows it.

    `spoiler` says that it is shown covered.
    """

    id: int
    turn_id: int
    position: int
    sha256: str
    seed: int
    width: int
    height: int
    channel_id: int | None = None
    message_id: int | None = None
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One instruction and its pictures.

    `source_prompt` is what the instruction changes, `target_prompt` what is painted (None until it is
    written). `follows_head` says that the turn was asked for without naming a picture: its parent is then
    settled when its work starts. `request_id` is the Discord message or interaction that asked for it.
    `way` is how its pictures come to be; None until that is chosen, and of turns from before it was recorded.
    `edits` are the edits in a row that its pictures went through since they were last painted. `sources` are
    the further pictures that it is painted with. `doubtful`: what wrote the target prompt was itself not sure
    what was meant. `second_prompt` is the target prompt that its words may mean instead, kept where the edit
    is in doubt (`bot.domain.unasked`).
    """

    id: int
    conversation_id: int
    parent_turn_id: int | None
    kind: TurnKind
    origin: Origin
    author_id: int
    instruction: str
    source_prompt: str
    target_prompt: str | None
    parameters: Parameters
    follows_head: bool
    created_at: datetime
    request_id: int | None = None
    llm_model: str | None = None
    painter_model: str | None = None
    prompt_version: int | None = None
    doubtful: bool = False
    second_prompt: str | None = None
    seconds: float | None = None
    finished_at: datetime | None = None
    deleted_at: datetime | None = None
    images: tuple[Image, ...] = ()
    way: Way | None = None
    edits: int = 0
    sources: tuple[SourcePicture, ...] = ()

    @property
    def live(self) -> bool:
        """Whether its pictures were posted and are still there, so that it can be head or parent."""
        return self.finished_at is not None and self.deleted_at is None

    @property
    def files(self) -> frozenset[str]:
        """The content hashes of all its picture files."""
        return frozenset({one.sha256 for one in self.images} | {one.sha256 for one in self.sources})

    @property
    def message_id(self) -> int | None:
        """The message that shows this turn's pictures, once posted."""
        return self.images[0].message_id if self.images else None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a line of pictures is made, and which turn is its head.

    `channel_id` is where it began; `thread_id` is its own thread, or None where it is a chain of replies.
    """

    id: int
    guild_id: int | None
    channel_id: int
    thread_id: int | None
    creator_id: int
    title: str
    head_turn_id: int | None
    tip_turn_id: int | None
    created_at: datetime

    @property
    def place_id(self) -> int:
        """The channel or thread in which its pictures are posted."""
        return self.thread_id or self.channel_id


@dataclass(frozen=True, slots=True)
class NewConversation:
    """What is known of a conversation before it is stored."""

    guild_id: int | None
    channel_id: int
    thread_id: int | None
    creator_id: int
    title: str


@dataclass(frozen=True, slots=True)
class NewTurn:
    """What is known of a turn before it is stored.

    Without `parameters` it inherits its parent's, and `exact` says that its words are the prompt; `changes`
    are the settings that its words ask for. A turn after the first names its parent or follows the head.
    `pictures` of another turn, with their painter's name, are shown again: nothing is left to do but to post
    them. `brought` is the picture that a first turn starts from; with a file it is read before anything else
    is done, and until then there is no source prompt.
    `way` is how it must come to be; None leaves that to `bot.domain.ways`. `sources` are the further pictures
    that it is painted with. A refinement with a `target_prompt` is painted from that: nothing else is to be
    written. `llm_model` and `prompt_version` say what wrote it.
    """

    kind: TurnKind
    origin: Origin
    author_id: int
    instruction: str
    source_prompt: str = ""
    target_prompt: str | None = None
    parameters: Parameters | None = None
    parent_turn_id: int | None = None
    follows_head: bool = False
    request_id: int | None = None
    exact: bool = False
    changes: Changes | None = None
    pictures: tuple[Image, ...] = ()
    llm_model: str | None = None
    prompt_version: int | None = None
    painter_model: str | None = None
    brought: BroughtPicture | None = None
    way: Way | None = None
    sources: tuple[SourcePicture, ...] = ()
