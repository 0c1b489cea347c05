"""Real edits by a real small model, through the product; `make test-real` fetches the weights.

What such a model writes is measured elsewhere (`python -m tests.real edits`). Here it must load, end by
itself, and say the same in every manner of asking.
"""

from pathlib import Path

import pytest

from bot.ops.trial import trial_findings
from bot.settings import Settings
from model.engine import EditRequest, EditResult
from model.errors import EditError
from model.language import lookup
from model.serving.choice import engine_for
from model.settings import LLMSettings
from tests.real.edits import WatchedLLM
from tests.real.weights import WeightsMissing, prepare

pytestmark = pytest.mark.real

EDITS = (
    ("a red house in a meadow", "make it night and add a lantern"),
    ("Harbor at Dawn, 1911", "as a comic book"),
    ("two dogs playing on a beach, digital painting, soft light", "turn the dogs into foxes"),
    ("a table with apples and a candle", "remove the candle"),
    ("a quiet village in the mountains", "thanks!"),
    ("ein Fuchs im Schnee", "mach es abends"),
    ("a lighthouse", ""),
    ("Portrait of a Sailor by Anna Berg", "give him a pipe"),
)
REQUESTS = [EditRequest(*edit) for edit in EDITS]


@pytest.fixture(scope="module")
def folder() -> Path:
    """The checkpoint; a clear sentence where it cannot be had."""
    try:
        return prepare()
    except WeightsMissing as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="module")
def llm(folder: Path) -> WatchedLLM:
    loaded = WatchedLLM.load(LLMSettings(model=str(folder), device="cpu", max_new_tokens=160))
    assert isinstance(loaded, WatchedLLM)
    return loaded


@pytest.fixture(scope="module")
def batch(llm: WatchedLLM) -> list[EditResult | EditError]:
    llm.attempts.clear()
    return llm.try_edit(REQUESTS)


def said(outcomes: list[EditResult | EditError]) -> list[str]:
    return [str(o) if isinstance(o, EditError) else o.target_prompt for o in outcomes]


def test_a_batch_ends_by_itself_and_most_of_it_is_prompts(
    llm: WatchedLLM, batch: list[EditResult | EditError]
) -> None:
    attempts = [attempt for request in REQUESTS for attempt in llm.attempts[request]]
    refused = sum(isinstance(outcome, EditError) for outcome in batch)
    unended = attempts.count("never ended")
    print(f"\n{len(REQUESTS)} edits, {len(attempts)} attempts: {refused} refused, {unended} never ended")
    for (source, wish), target in zip(EDITS, said(batch), strict=True):
        print(f"  {source} | {wish} -> {target}")
    assert refused <= len(REQUESTS) // 4
    assert unended <= 1


def test_one_by_one_with_lookup_and_without_it_says_what_it_says_in_a_batch(
    llm: WatchedLLM, batch: list[EditResult | EditError], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = [llm.try_edit([request])[0] for request in REQUESTS]
    monkeypatch.setattr(lookup, "LONGEST", 0)
    without = [llm.try_edit([request])[0] for request in REQUESTS]
    assert said(alone) == said(without)
    # padding moves float32 sums by their last bit, which can turn a choice between two equal words
    assert sum(a == b for a, b in zip(said(alone), said(batch), strict=True)) >= len(REQUESTS) - 1


def test_a_seed_repeats_a_sampled_edit_and_another_one_differs(llm: WatchedLLM) -> None:
    sampled = [EditRequest(*EDITS[0], seed=seed, temperature=1.0) for seed in (1, 1, 2, 3)]
    one, same, *others = said(llm.try_edit(sampled))
    assert one == same
    assert any(other != one for other in others)


async def test_check_makes_a_real_edit_with_it(folder: Path, tmp_path: Path) -> None:
    settings = Settings.model_validate({"llm": {"model": str(folder)}, "store": {"data_dir": tmp_path}})
    engine = engine_for(settings.models())
    found = {finding.subject: finding async for finding in trial_findings(settings, engine)}
    assert all(finding.good for finding in found.values()), list(map(str, found.values()))
    assert found["models"].text.startswith("smollm2 and ")
