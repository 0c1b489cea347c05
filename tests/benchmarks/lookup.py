"""What looking up runs of tokens in the prompt brings, against transformers' plain `generate`."""

from collections.abc import Callable
from functools import partial

from model.language import lookup
from model.language.decoding import Decoder, Text
from model.language.generation import generate
from model.language.llm import DiffChatLLM
from model.language.sampling import Drawing, Sampling
from model.language.stopping import Watch
from tests.benchmarks import words
from tests.benchmarks.figures import median, row

EDITS, ROUNDS, BATCHES = 16, 3, (1, 4, 8, 16)
GREEDY = Sampling(0, 0)

Answers = list[list[int]]


class Ways:
    """The same prompts answered by plain `generate`, and by the decoder with and without lookup."""

    def __init__(self, llm: DiffChatLLM, prompts: list[list[int]]) -> None:
        self._llm, self._prompts = llm, prompts
        self._most = words.MOST_TOKENS

    def _watch(self) -> Watch:
        from model.language.reading import EditReader

        return Watch(lambda _: "", EditReader(""), self._most)

    def plain(self, batch: int, longest: int = 0) -> Answers:
        """transformers' `generate`; `longest` of a run, as it has it for one text alone."""
        answers: Answers = []
        with _longest(longest):
            for at in range(0, len(self._prompts), batch):
                rows = self._prompts[at : at + batch]
                watches = [self._watch() for _ in rows]
                samplings = [GREEDY] * len(rows)
                answers += [
                    self._until_end(tokens or [])
                    for tokens in generate(
                        self._llm._model,
                        self._llm._tokens,
                        rows,
                        samplings,
                        watches,
                        self._most,
                        lambda: False,
                    )
                ]
        return answers
