"""People's edits through the product's language model, with every answer kept as it comes.

The file of edits (`source`, `instruction`, `target` in JSON lines) is split in two by the hash of the source,
so that edits of one source stay together: versions of the prompt are tried on the "train" half, and the
"aside" half is for the one that is kept.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from model.engine import EditRequest
from model.errors import EditError
from model.language.conversation import Answer as Said
from model.language.llm import DiffChatLLM
from model.language.sampling import Sampling
from model.settings import LLMSettings
from tests.real.versions import Version
from training.tiny.lm_eval import HumanEdit, read_human_edits

HALVES = ("train", "aside")
MAX_NEW_TOKENS = 160
"""The longest of the people's targets has about 60 tokens."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one edit: the target ("" for none), and each attempt as "" or the reason it failed.

    `shown` is a digest of all that the model was asked with, `seconds` the batch's time by its size.
    """

    source: str
    instruction: str
    shown: str
    target: str
    attempts: list[str]
    seconds: float


def half_of(source: str) -> str:
    """Which half an edit belongs to, by its source alone: case and spaces make no difference."""
    digest = hashlib.sha256(" ".join(source.lower().split()).encode()).digest()
    return HALVES[digest[-1] % 2]


def read_half(path: Path, half: str) -> list[HumanEdit]:
    """The edits of one half, in the file's order."""
    return [edit for edit in read_human_edits(path) if half_of(edit.source) == half]


class WatchedLLM(DiffChatLLM):
    """The product's language model, which notes what came of each attempt."""

    def _attempt(
        self, requests: Sequence[EditRequest], samplings: Sequence[Sampling], stop: Callable[[], bool]
    ) -> list[Said | EditError | None]:
        outcomes = super()._attempt(requests, samplings, stop)
        for request, outcome in zip(requests, outcomes, strict=True):
            failed = "never ended" if outcome is None else str(outcome)
            self.attempts.setdefault(request, []).append("" if isinstance(outcome, Said) else failed)
        return outcomes

    @property
    def attempts(self) -> dict[EditRequest, list[str]]:
        """By request."""
        found: dict[EditRequest, list[str]] = self.__dict__.setdefault("noted", {})
        return found


def load(model: str) -> WatchedLLM:
    """The checkpoint on the CPU, as the product loads it; one thread wastes least on a shared machine."""
    llm = WatchedLLM.load(LLMSettings(model=model, device="cpu", max_new_tokens=MAX_NEW_TOKENS, threads=1))
    assert isinstance(llm, WatchedLLM)
    return llm


def digest(version: Version, edit: HumanEdit) -> str:
    """Names all that a model is asked with, so that an answer to an older wording is not taken for this."""
    text = json.dumps(version.messages(edit.source, edit.instruction))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def kept(path: Path) -> dict[tuple[str, str, str], Answer]:
    """The answers of a file, by source, instruction and what was shown."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    answers = [Answer(**json.loads(line)) for line in lines]
    return {(answer.source, answer.instruction, answer.shown): answer for answer in answers}


def answers(
    llm: WatchedLLM, version: Version, edits: Sequence[HumanEdit], path: Path, batch: int = 16
) -> list[Answer]:
    """An answer for each edit, greedy; those that `path` holds are taken from there, new ones added to it."""
    known = kept(path)
    open_edits = [e for e in edits if (e.source, e.instruction, digest(version, e)) not in known]
    open_edits.sort(key=lambda edit: len(edit.source))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for start in range(0, len(open_edits), batch):
            for answer in _answered(llm, version, open_edits[start : start + batch]):
                file.write(json.dumps(asdict(answer), ensure_ascii=False) + "\n")
            file.flush()
    known = kept(path)
    return [known[edit.source, edit.instruction, digest(version, edit)] for edit in edits]


def _answered(llm: WatchedLLM, version: Version, edits: Sequence[HumanEdit]) -> Iterator[Answer]:
    requests = [EditRequest(edit.source, edit.instruction) for edit in edits]
    llm.attempts.clear()
    started = time.perf_counter()
    with version.in_use():
        outcomes = llm.try_edit(requests)
    seconds = round((time.perf_counter() - started) / len(edits), 2)
    for edit, request, outcome in zip(edits, requests, outcomes, strict=True):
        target = "" if isinstance(outcome, EditError) else outcome.target_prompt
        yield Answer(
            edit.source, edit.instruction, digest(version, edit), target, llm.attempts[request], seconds
        )
