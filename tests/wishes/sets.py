"""Reading the wishes and chats: JSON lines beside this file, scenes as TinyWorld's values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.language.stems import stem, words
from model.tiny import words as vocabulary
from model.tiny.grammar import normalise, parse, plural
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


def others() -> tuple[list[Wish], list[Chat]]:
    """The wishes and chats of `others.jsonl`, by other authors; a wish's kind is who wrote it.

    Their right results are prompts. Words that TinyWorld does not know must stand in the answer as well.
    """
    lines = _lines("others.jsonl")
    return (
        [
            Wish(
                line["id"],
                line["language"],
                line["prompt"],
                parse(line["prompt"]),
                _said(line, line["author"]),
            )
            for line in lines
            if "turns" not in line
        ],
        [
            Chat(
                line["id"],
                line["language"],
                line["prompt"],
                parse(line["prompt"]),
                tuple(_said(turn, line["author"]) for turn in line["turns"]),
            )
            for line in lines
            if "turns" in line
        ],
    )


def _said(line: Mapping[str, Any], author: str) -> Message:
    expected = (
        Expected(parse(prompt), tuple((word,) for word in _strange(prompt))) for prompt in line["expected"]
    )
    return Message(author, line["instruction"], tuple(expected))


def _strange(prompt: str) -> list[str]:
    return [word for word in words(prompt.lower()) if word not in _KNOWN and stem(word) not in _KNOWN]


def _known() -> frozenset[str]:
    """All words of the world's vocabulary, in both numbers."""
    tables: tuple[Mapping[Any, tuple[str, ...]], ...] = (
        vocabulary.NOUN_WORDS, vocabulary.COLOUR_WORDS, vocabulary.SIZE_WORDS, vocabulary.COUNT_WORDS,
        vocabulary.PLACE_WORDS, vocabulary.BARE_PLACE_WORDS, vocabulary.TIME_WORDS, vocabulary.WEATHER_WORDS,
        vocabulary.STYLE_WORDS, vocabulary.QUALITY_WORDS,
    )  # fmt: skip
    said = [way for table in tables for ways in table.values() for way in ways]
    said += [plural(noun) for ways in vocabulary.NOUN_WORDS.values() for noun in ways]
    found = {word for way in said for word in words(normalise(way))}
    return frozenset(found | {stem(word) for word in found} | {"and", "with", "style"})


_KNOWN = _known()


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
