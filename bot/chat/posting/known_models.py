"""What is known of the models, as far as people are told of it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.pictures.actions import Able, able_to_all
from bot.chat.pictures.painter_limits import UNKNOWN, PainterLimits

Understood = Callable[[], tuple[str, ...]]


def reads_all() -> tuple[str, ...]:
    """Where nobody says what the language model reads."""
    return ()


@dataclass(frozen=True, slots=True)
class KnownModels:
    """`limits` says what is known of how the picture model reads prompts; `able` what the engine can do;
    `understood` gives the codes of the languages that the language model reads, none where it reads all or
    nobody says. Asked anew each time, as servers may be reached only later."""

    limits: PainterLimits = UNKNOWN
    able: Able = able_to_all
    understood: Understood = reads_all
