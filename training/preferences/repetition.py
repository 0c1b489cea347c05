"""How much a prompt repeats itself ("masterpiece light, masterpiece"), which preference learning drifts into.

Likes raise the probability of liked words wherever they may stand, so after some rounds they are written
twice. Content integrity does not see that: nothing that was asked for is lost.
"""

from __future__ import annotations

from collections import Counter

from model.language.stems import content_words


def repeated(prompt: str, source: str = "") -> float:
    """The share of a prompt's content words that stand in it once more, in [0, 1); lower is better.

    What the source prompt repeats may be repeated as often ("a red house and a red car"). Words are compared
    as they are written, not by their stems: "soft light, volumetric lighting" repeats nothing.

    >>> repeated("a fox, masterpiece light, masterpiece")
    0.25
    >>> repeated("a red house, a red car, sharp", "a red house, a red car")
    0.0
    """
    written, allowed = Counter(content_words(prompt)), Counter(content_words(source))
    again = sum(max(0, count - max(1, allowed[word])) for word, count in written.items())
    return again / written.total() if written else 0.0
