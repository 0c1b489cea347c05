"""Whether a result is right, silently wrong, or left as it was."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.sanitize import same_words
from model.language.stems import words
from model.tiny.grammar import parse
from model.tiny.world import Scene, Thing
from tests.wishes.sets import MESSAGES, Expected, Message

Outcome = Literal["right", "offered", "wrong", "doubted", "left"]
QUIET = frozenset({"praise", "small_talk", "not_for_bot"})
"""Kinds that need no picture and no answer; taking one for another does no harm."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The prompt after a message, the message's kind where the bot told it ("" where it did not), and whether
    the picture says that it may not be what was meant, and shows what else ("" where nothing) it may be."""

    prompt: str
    kind: str = ""
    doubtful: bool = False
    second: str = ""


def is_right(prompt: str, expected: tuple[Expected, ...]) -> bool:
    """Whether the prompt, read by the world's parser, is one of the expected results.

    The order of things makes no difference; quality words do unless they are free.
    """
    return any(_fits(prompt, one) for one in expected)


def outcome(source: str, message: Message, answer: Answer) -> Outcome:
    """What came of one message.

    An edit is "left" where the prompt has the same words as before, and else right or wrong by its scene;
    "doubted" is wrong with the doubt told, and "offered" where the right one is then one press away. A
    message that is no edit is right where its kind was told and nothing painted, "left" where the bot only
    found that nothing changes, and wrong where a prompt was written.
    """
    unchanged = same_words(source, answer.prompt)
    if message.kind in MESSAGES:
        if not unchanged:
            return "wrong"
        told = answer.kind == message.kind or {answer.kind, message.kind} <= QUIET
        return "right" if told else "left"
    if unchanged:
        return "left"
    if is_right(answer.prompt, message.expected):
        return "right"
    if not answer.doubtful:
        return "wrong"
    return "offered" if answer.second and is_right(answer.second, message.expected) else "doubted"


def _fits(prompt: str, expected: Expected) -> bool:
    scene, said = parse(prompt), set(words(prompt.lower()))
    wanted = expected.scene
    if expected.any_quality:
        scene, wanted = replace(scene, quality=()), replace(wanted, quality=())
    return (
        _sorted(scene) == _sorted(wanted)
        and all(said.intersection(forms) for forms in expected.words)
        and not any(said.intersection(forms) for forms in expected.gone)
    )


def _sorted(scene: Scene) -> Scene:
    def key(thing: Thing) -> tuple[str, str, str, int]:
        return thing.noun, thing.colour, thing.size, thing.count

    return replace(scene, things=tuple(sorted(scene.things, key=key)))
