"""How long people wait before their words are taken, and how often one wish becomes two pictures.

Nobody's typing was recorded for this: the figures are of a model of it, and say no more than that. Of 300
people a third always send a wish as one message, a third split one in eight into two messages, a third two in
five; a wish is in two parts, three parts are not looked at.

- A key takes a person 0.12 to 0.40 s (log-normal, median 0.22; Dhakal et al., CHI 2018, report 52 words a
  minute on average of 136 million keystrokes, which is 0.23 s a key).
- The first key of the second part follows the first message after 0.5 s (log-normal, sigma 0.5; assumed).
- The second part has 3 to 30 characters, most have few (assumed).
- Its first key reaches the bot as "Typing Start" after 0.05 to 0.25 s, the message likewise.
- After one wish in eight somebody types at once though they have nothing to add (assumed).
- One first part in four breaks off ("make it night and", assumed).
"""

import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.patience import Patience
from tests.benchmarks.figures import Figure, at_most, ratio_at_most

LONGEST, PEOPLE, WISHES = 1.5, 300, 40
_START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Typed:
    """One wish. Seconds after the first message: the sign of typing and the second message, if there are."""

    breaks_off: bool
    sign: float | None
    second: float | None


def wishes(rng: random.Random, splits: float) -> Iterator[Typed]:
    """What one person types, who splits this share of the wishes."""
    key = min(0.40, max(0.12, rng.lognormvariate(-1.5, 0.25)))
    while True:
        delay = rng.lognormvariate(-0.7, 0.5)
        sign = delay + rng.uniform(0.05, 0.25)
        if rng.random() < splits:
            length = min(30, 3 + int(rng.expovariate(1 / 8)))
            yield Typed(rng.random() < 0.25, sign, delay + length * key + rng.uniform(0.05, 0.25))
        else:
            yield Typed(False, sign if rng.random() < 1 / 8 else None, None)


def outcome(patience: Patience, person: int, now: float, wish: Typed) -> tuple[float, bool]:
    """(seconds from the last message until the words are taken, whether they became two instructions)."""

    def after(seconds: float, text: str) -> float:
        return patience.after(person, 1, text, _START + timedelta(seconds=now + seconds))

    taken = after(0.0, "make it night and" if wish.breaks_off else "make it night")
    hears = patience.most > LONGEST
    if hears and wish.sign is not None and wish.sign < taken:
        taken = wish.sign + patience.while_typing
    if wish.second is None:
        return taken, False
    last = after(wish.second, "add a lantern")
    return last, wish.second > taken


def measured(name: str, seed: int) -> tuple[list[float], float]:
    """The waits of all wishes, and the share of the wishes in two messages that became two pictures."""
    rng, waits, split, together = random.Random(seed), [], 0, 0
    patience = Patience(LONGEST, hears_typing=name != "fixed")
    for person in range(PEOPLE):
        now, said = 0.0, wishes(rng, (0.0, 1 / 8, 2 / 5)[person % 3])
        for _ in range(WISHES):
            wish = next(said)
            if name == "deaf" and wish.sign is not None:
                wish = Typed(wish.breaks_off, None, wish.second)
            wait, apart = outcome(patience, person, now, wish)
            waits.append(wait)
            split += apart
            together += wish.second is not None
            now += 30.0 + 30.0 * rng.random()
    return waits, split / together


async def run() -> list[Figure]:
    """seconds from the last message to taking its words, median; on a model of typing"""
    waits, split = {}, {}
    for way in ("fixed", "deaf", "adaptive"):
        waits[way], split[way] = measured(way, 0)
    fixed, adaptive = (statistics.median(waits[way]) for way in ("fixed", "adaptive"))
    figures = [
        Figure("wait, adaptive, median", adaptive, "s", "fixed at 1.5 s", adaptive / fixed, at_most(0.5))
    ]
    for way, what in (("adaptive", "adaptive"), ("deaf", "adaptive, no client tells of typing")):
        mean = statistics.mean(waits[way])
        late = statistics.quantiles(waits[way], n=10)[-1]
        figures += [
            Figure(f"wait, {what}, mean", mean, "s", "fixed", mean / statistics.mean(waits["fixed"])),
            Figure(f"wait, {what}, 90 % wait at most", late, "s"),
        ]
    # taken apart no more often than before: the goal, where Discord tells of typing
    figures += [
        Figure(
            "wishes of two messages that became two pictures", 100 * split["adaptive"], "%",
            "fixed", split["adaptive"] / split["fixed"], ratio_at_most(1),
        ),
        Figure(
            "the same, no client tells of typing", 100 * split["deaf"], "%",
            "fixed", split["deaf"] / split["fixed"],
        ),
    ]  # fmt: skip
    return figures
