"""Reading the wishes and chats: JSON lines beside this file, scenes as TinyWorld's values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.tiny.world import Scene, Thing

HERE = Path(__file__).parent
MESSAGES = (
    "undo", "redo", "go_back", "start_over", "again", "choose", "question",
    "praise", "small_talk", "not_for_bot", "not_understood",
)  # fmt: skip
"""Kinds of messages that are no edit of the prompt; every other kind is one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One right result: the scene, and words that the world does not know.

    Of each entry of `words` one form must stand in the prompt, and no form of an entry of `gone` may. With
    `any_quality` the quality words are free.
    """

    scene: Scene
    words: tuple[tuple[str, ...], ...] = ()
    gone: tuple[tuple[str, ...], ...] = ()
    any_quality: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody types, of which kind it is, and the results that are right after it."""

    kind: str
    instruction: str
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """One message about the picture of `prompt`, which shows `scene`."""

    id: str
    language: str
    prompt: str
    scene: Scene
    message: Message


@dataclass(frozen=True, slots=True)
class Chat:
    """Messages one after the other, beginning with the picture of `prompt`, which shows `scene`."""

    id: str
    language: str
    prompt: str
    scene: Scene
    turns: tuple[Message, ...]


def wishes() -> list[Wish]:
    """The 300 wishes. Raises ValueError for a scene that TinyWorld does not have."""
    return [
        Wish(line["id"], line["language"], line["prompt"], _scene(line["scene"]), _message(line))
        for line in _lines("wishes.jsonl")
    ]


def chats() -> list[Chat]:
    """The 40 chats. Raises ValueError for a scene that TinyWorld does not have."""
    return [
        Chat(
            line["id"],
            line["language"],
            line["prompt"],
            _scene(line["scene"]),
            tuple(_message(turn) for turn in line["turns"]),
        )
        for line in _lines("chats.jsonl")
    ]


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def _message(values: Mapping[str, Any]) -> Message:
    return Message(
        values["kind"], values["instruction"], tuple(_expected(**one) for one in values["expected"])
    )


def _expected(
    *,
    scene: Mapping[str, Any],
    words: list[list[str]] | None = None,
    gone: list[list[str]] | None = None,
    any_quality: bool = False,
) -> Expected:
    return Expected(_scene(scene), _forms(words), _forms(gone), any_quality)


def _forms(entries: list[list[str]] | None) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(forms) for forms in entries or ())


def _scene(values: Mapping[str, Any]) -> Scene:
    parts = dict(values)
    things = tuple(Thing(**thing) for thing in parts.pop("things", ()))
    return Scene(things, quality=tuple(parts.pop("quality", ())), **parts)
