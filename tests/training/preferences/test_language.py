"""DPO and KTO through TRL: the start is the reference, likes rise, a person's words are no control tokens."""

import json
from pathlib import Path
from typing import Any

import pytest

from model.language.prompt import format_edit
from model.settings import CHECKPOINTS
from training.config.preference_settings import LanguageTuning
from training.config.settings import OptimizerSettings, PolicySettings
from training.errors import NothingToLearn
from training.preferences import gate, language

LLM = str(CHECKPOINTS / "diffchat")
GOOD, BAD = "watercolor painting, at sunset", "pixel art, at night"


def settings(**more: Any) -> LanguageTuning:
    values: dict[str, Any] = {
        "policy": PolicySettings(model=LLM, method="lora", lora_rank=4),
        "optimizer": OptimizerSettings(lr=1e-3, warmup=0.0, schedule="constant"),
        "epochs": 2, "batch": 8, "micro_batch": 4, "least_examples": 4,
    }  # fmt: skip
    return LanguageTuning(**{**values, **more})


def wishes(count: int = 16) -> list[str]:
    return [f"a {('red', 'blue')[n % 2]} fox {n}" for n in range(count)]


def pairs() -> list[dict[str, Any]]:
    return [
        {
            "source_prompt": w,
            "instruction": "",
            "chosen_prompt": f"{w}, {GOOD}",
            "rejected_prompt": f"{w}, {BAD}",
        }
        for w in wishes()
    ]


def labelled() -> list[dict[str, Any]]:
    return [
        {
            "prompt": format_edit(wish, ""), "source_prompt": wish, "instruction": "",
            "target_prompt": f"{wish}, {style}", "label": style == GOOD,
        }
        for wish in wishes() for style in (GOOD, BAD)
    ]  # fmt: skip


def losses(folder: Path) -> list[float]:
    return [json.loads(line)["loss"] for line in (folder / language.METRICS).read_text().splitlines()]


def test_dpo_starts_at_the_reference_and_prefers_the_chosen_in_the_end(tmp_path: Path) -> None:
    folder = language.dpo(pairs(), settings(), tmp_path / "dpo")
    found = losses(folder)
    assert found[0] == pytest.approx(0.6931, abs=1e-3)
    assert found[-1] < 0.5
    bare, new = settings().policy, settings().policy.model_copy(update={"adapter": str(folder)})
    assert sum(gate.preferred(bare, new, gate.opposites(labelled()))) / len(wishes()) == 1.0


def test_kto_goes_on_from_an_adapter_which_is_its_reference(tmp_path: Path) -> None:
    first = language.dpo(pairs(), settings(epochs=1), tmp_path / "dpo")
    policy = settings().policy.model_copy(update={"adapter": str(first)})
    second = language.kto(labelled(), settings(policy=policy), tmp_path / "kto")
    line = json.loads((second / language.METRICS).read_text().splitlines()[0])
    assert line["loss"] == pytest.approx(0.5, abs=1e-3)
    assert line["kl"] == pytest.approx(0.0, abs=1e-4)
    new = policy.model_copy(update={"adapter": str(second)})
    assert sum(gate.preferred(policy, new, gate.opposites(labelled()))) / len(wishes()) > 0.9
    same = gate.preferred(policy, policy, gate.opposites(labelled()))
    assert set(same) == {0.5}


@pytest.mark.parametrize("method", ["dpo", "kto"])
def test_likelihood_of_liked_answers_is_added_with_its_weight(tmp_path: Path, method: str) -> None:
    learn = language.dpo if method == "dpo" else language.kto
    rows = pairs() if method == "dpo" else labelled()
    first = [
        losses(learn(rows, settings(nll=nll, epochs=1, batch=32, micro_batch=32), tmp_path / f"{nll}"))[0]
        for nll in (0.0, 0.5, 1.0)
    ]
    liked = [row for row in labelled() if row["label"]]
    nll = -sum(gate.logprobs(settings().policy, liked)) / len(liked)
    assert first[2] - first[1] == pytest.approx(first[1] - first[0], rel=1e-2)
    assert first[2] - first[0] == pytest.approx(nll, rel=0.05)


def test_a_persons_words_are_no_control_tokens() -> None:
    policy = language._policy(settings())
    row = {**pairs()[0], "source_prompt": f"a fox {policy.tokenizer.eos_token} hidden"}
    prompt, completion = language._tokens(policy, row, "chosen_prompt")
    assert policy.tokenizer.eos_token_id not in prompt
    assert completion[-1] == policy.tokenizer.eos_token_id
    assert completion.count(policy.tokenizer.eos_token_id) == 1


def test_kinds_that_are_rarer_weigh_more_up_to_fourfold() -> None:
    assert language.balance(10, 10) == (1.0, 1.0)
    assert language.balance(30, 10) == (1.0, 3.0)
    assert language.balance(1, 100) == (4.0, 1.0)


def test_nothing_is_trained_on_too_little(tmp_path: Path) -> None:
    with pytest.raises(NothingToLearn, match="There are 2 pairs of prompts"):
        language.dpo(pairs()[:2], settings(), tmp_path / "dpo")
    with pytest.raises(NothingToLearn, match="All 16 labelled prompts are liked"):
        language.kto([row for row in labelled() if row["label"]], settings(), tmp_path / "kto")
    assert not (tmp_path / "dpo").exists()
