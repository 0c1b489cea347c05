"""What the model of a round answers to wishes: sampled, and where there is a scorer the best of several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from model.clip.open_clip import Clip
from model.clip.scorers import PickScore
from model.engine import EditRequest, EditResult
from model.language.llm import DiffChatLLM
from model.settings import CHECKPOINTS, LLMSettings
from model.tiny.grammar import parse
from model.tiny.render import render

LLM = str(CHECKPOINTS / "diffchat")
TEMPERATURE = 1.0
AT_ONCE = 64


class Writer:
    """The language model with an adapter, and perhaps a tuned scorer that chooses among `best_of` answers."""

    def __init__(self, adapter: Path | None, scorer: Path | None, best_of: int) -> None:
        settings = LLMSettings(model=LLM, adapter=str(adapter) if adapter else "", device="cpu")
        self._llm = DiffChatLLM.load(settings)
        self._clip = Clip.load(str(scorer), "cpu") if scorer else None
        self._best_of = best_of if scorer else 1

    @property
    def name(self) -> str:
        """As turns carry it."""
        return self._llm.name

    def write(self, wishes: Sequence[str], seed: int) -> list[str]:
        """One answer a wish; a refused one leaves the wish as it is."""
        if not wishes:
            return []
        rounds = [self._sampled(wishes, seed + 100_000 * n) for n in range(self._best_of)]
        if self._clip is None:
            return rounds[0]
        scores = [self._scores(self._clip, written, wishes) for written in rounds]
        best = [max(range(self._best_of), key=lambda n, i=i: scores[n][i]) for i in range(len(wishes))]  # type: ignore[misc]  # a default binds i
        return [rounds[n][i] for i, n in enumerate(best)]

    def _sampled(self, wishes: Sequence[str], seed: int) -> list[str]:
        written: list[str] = []
        for start in range(0, len(wishes), AT_ONCE):
            part = [
                EditRequest(text, seed=seed + start + i, temperature=TEMPERATURE)
                for i, text in enumerate(wishes[start : start + AT_ONCE])
            ]
            written += [
                one.target_prompt if isinstance(one, EditResult) else asked.source_prompt
                for asked, one in zip(part, self._llm.try_edit(part), strict=True)
            ]
        return written

    @staticmethod
    def _scores(clip: Clip, written: Sequence[str], wishes: Sequence[str]) -> list[float]:
        pictures = clip.pictures([render(parse(prompt), i) for i, prompt in enumerate(written)])
        scores: list[float] = PickScore(clip).score(pictures, clip.texts(list(wishes))).tolist()
        return scores
