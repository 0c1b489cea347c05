"""What is known of the models, as far as people are told of it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.pictures.actions import Able, able_to_all
from bot.chat.pictures.turn_message import WordsOf, nothing_known

Understood = Callable[[], tuple[str, ...]]


def reads_all() -> tuple[str, ...]:
    """Where nobody says what the language model reads."""
    return ()


@dataclass(frozen=True, slots=True)
class KnownModels:
    """`unshown` names the words of a prompt that the picture model cannot show; `able` says what the engine
    can do; `understood` gives the codes of the languages that the language model reads, none where it reads
    all or nobody says. Asked anew each time, as servers may be reached only later."""

    unshown: WordsOf = nothing_known
    able: Able = able_to_all
    understood: Understood = reads_all
