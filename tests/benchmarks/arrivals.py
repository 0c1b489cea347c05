"""Edits that come one after another: waiting for the batch before them, or joining it between two tokens.

Arrivals are drawn (Poisson, seed 20) in units of the busiest rate that batches can serve. The clock is the
time that this process computes, and jumps over the time in which nothing is to be done: so both ways see the
same arrivals, and programs beside it do little harm.
"""

import random
import time
from collections.abc import Callable

from model.language.decoding import Decoder, Text
from model.language.sampling import Drawing, Sampling
from tests.benchmarks import words
from tests.benchmarks.figures import Figure, Ratio, median, percentile

EDITS, ROUNDS, LOADS, BATCH = 32, 3, (0.5, 0.8), 8
WAITING, JOINING = "waiting for the batch", "joining it"


class Clock:
    """Seconds of this process's work, and of the gaps in which there was none."""

    def __init__(self) -> None:
        self._began, self._skipped = time.process_time(), 0.0

    def now(self) -> float:
        return time.process_time() - self._began + self._skipped

    def until(self, moment: float) -> None:
        """Skip to a moment, unless it is past."""
        self._skipped += max(0.0, moment - self.now())


class Day:
    """The same edits at the same times; `waits` gets each one's seconds from arrival to answer."""

    def __init__(self, prompts: list[list[int]], times: list[float]) -> None:
        self._clock, self.waits = Clock(), list[float]()
        self._coming = [
            (moment, Text(prompt, words.MOST_TOKENS, Drawing(Sampling(0, 0))))
            for moment, prompt in zip(times, prompts, strict=True)
        ]
        self._arrived: dict[int, float] = {}
        llm = words.language_model()
        self._decoder = Decoder(llm._model, llm._tokens.ends, llm._tokens.pad)

    def _take(self, room: int) -> list[Text]:
        """Those that have come, as many as there is room for."""
        taken: list[Text] = []
        while self._coming and len(taken) < room and self._coming[0][0] <= self._clock.now():
            moment, text = self._coming.pop(0)
            self._arrived[id(text)] = moment
            taken.append(text)
        return taken

    def _answered(self, text: Text) -> None:
        self.waits.append(self._clock.now() - self._arrived[id(text)])

    def pass_by(self, *, joining: bool) -> float:
        """Serve them all; the seconds it took."""
        while self._coming:
            self._clock.until(self._coming[0][0])
            batch = self._take(BATCH)
            if joining:
                self._decoder.write(
                    batch, joining=lambda at_work: self._take(BATCH - at_work), ended=self._answered
                )
            else:
                self._decoder.write(batch)
                for text in batch:  # a batch's answers come together, as from the worker process
                    self._answered(text)
        return self._clock.now()


def _times(count: int, rate: float, seed: int) -> list[float]:
    """Moments of a Poisson process of so many arrivals a second."""
    rng, now, moments = random.Random(seed), 0.0, []
    for _ in range(count):
        now += rng.expovariate(rate)
        moments.append(now)
    return moments


async def run() -> list[Figure]:
    """edits that arrive by chance: seconds to the answer, joining a batch at work, against waiting for it"""
    llm = words.language_model()
    prompts = [llm._encode(request) for request in words.edits(EDITS)]
    busiest = EDITS / Day(prompts, [0.0] * EDITS).pass_by(joining=False)
    figures = [Figure("most edits that batches of 8 serve", busiest, "edits/s")]
    shares: dict[str, Callable[[list[float]], float]] = {
        "median": median,
        "95 %": lambda waits: percentile(waits, 0.95),
    }
    for load in LOADS:
        waits: dict[str, list[list[float]]] = {WAITING: [], JOINING: []}
        whole: dict[str, list[float]] = {WAITING: [], JOINING: []}
        for seed in range(ROUNDS):
            times = _times(EDITS, load * busiest, 20 + seed)
            for name, own in waits.items():
                day = Day(prompts, times)
                whole[name].append(day.pass_by(joining=name == JOINING))
                own.append(day.waits)
        for share, of in shares.items():
            ratio = Ratio.of([of(b) / of(a) for a, b in zip(waits[JOINING], waits[WAITING], strict=True)])
            value = median([of(day) for day in waits[JOINING]]) * 1e3
            figures.append(Figure(f"load {load:g}, {JOINING}, {share}", value, "ms", WAITING, ratio))
        served = Ratio.of([b / a for a, b in zip(whole[JOINING], whole[WAITING], strict=True)])
        rate = EDITS / median(whole[JOINING])
        figures.append(Figure(f"load {load:g}, {JOINING}", rate, "edits/s", WAITING, served))
    return figures
