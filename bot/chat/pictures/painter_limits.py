"""What is known of how the picture model reads prompts, as far as people are told of it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.sanitize import same_words

WordsOf = Callable[[str], tuple[str, ...]]


def nothing_known(_prompt: str) -> tuple[str, ...]:
    """No word: what most picture models cannot show is not known."""
    return ()


@dataclass(frozen=True, slots=True)
class PainterLimits:
    """`unshown` names the words of a prompt that the model cannot show, `crowded` the things of one that has
    more of them than it can; `alike` says whether two prompts ask for the same picture."""

    unshown: WordsOf = nothing_known
    crowded: WordsOf = nothing_known
    alike: Callable[[str, str], bool] = same_words


UNKNOWN = PainterLimits()
"""Those of most models: nothing is known of them."""
