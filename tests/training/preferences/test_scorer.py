"""The preference scorer: the published criterion by hand, ties, and what is written is what was trained."""

import json
import math
import random
from pathlib import Path

import pytest
import torch
from PIL import Image

from model.clip.scorers import PickScore, load_clip, score_all
from model.settings import CHECKPOINTS, ScorerSettings
from training.config import toml
from training.config.preference_settings import ScorerTuning
from training.config.rl_settings import RlConfig
from training.data.examples import Edit
from training.data.integrity import requirements_of
from training.errors import ConfigError, NothingToLearn
from training.preferences import formats
from training.preferences.scorer import Head, accuracy, present, train
from training.preferences.scorer_loss import criterion
from training.rewards.cache import ScoreCache
from training.rewards.judge import load_judge
from training.rewards.types import Finished

QUICK = ScorerTuning(device="cpu", least_pairs=4, epochs=15, validation=0.0)


def test_the_criterion_is_weighted_cross_entropy_with_soft_labels() -> None:
    first, second = torch.tensor([2.0, 0.0]), torch.tensor([0.0, 0.0])
    labels, weights = torch.tensor([1.0, 0.5]), torch.tensor([1.0, 3.0])
    by_hand = (math.log(1 + math.exp(-2)) * 1 + math.log(2) * 3) / 4
    assert criterion(first, second, labels, weights).item() == pytest.approx(by_hand, abs=1e-6)


def test_a_tie_is_best_where_the_scores_are_equal() -> None:
    at = torch.zeros(1, requires_grad=True)
    criterion(at, torch.zeros(1), torch.tensor([0.5]), torch.ones(1)).backward()
    assert at.grad is not None
    assert at.grad.item() == pytest.approx(0.0, abs=1e-7)


def test_accuracy_leaves_ties_of_people_out_and_halves_ties_of_scores() -> None:
    first, second = torch.tensor([1.0, 0.0, 0.0, 1.0]), torch.tensor([0.0, 1.0, 0.0, 0.0])
    assert accuracy(first, second, torch.tensor([1.0, 1.0, 1.0, 0.5])) == pytest.approx(0.5)
    assert math.isnan(accuracy(first, second, torch.full((4,), 0.5)))


def test_a_fresh_head_scores_as_the_scorer_it_starts_from() -> None:
    torch.manual_seed(0)
    pictures, captions = (torch.nn.functional.normalize(torch.randn(5, 8), dim=-1) for _ in range(2))
    expected = 10.0 * (pictures * captions).sum(-1)
    torch.testing.assert_close(Head(8, 3, 10.0, seed=1)(pictures, captions), expected)


def colour_rows(folder: Path, count: int) -> list[dict[str, object]]:
    """Pairs of plain pictures, of which people like the redder one whatever the caption says."""
    rng, rows = random.Random(0), []
    for number in range(count):
        names = []
        for red in (200, 40):
            name = f"{number}-{red}.png"
            colour = (red + rng.randrange(40), rng.randrange(90), 240 - red)
            Image.new("RGB", (32, 32), colour).save(folder / name)
            names.append(name)
        turned = number % 2
        rows.append(
            {
                "caption": f"a fox {number}", "image_0": names[turned], "image_1": names[1 - turned],
                "label_0": float(1 - turned), "label_1": float(turned), "weight": 1.0,
            }
        )  # fmt: skip
    return rows


@pytest.mark.parametrize("lora_rank", [0, 2])
def test_the_folder_scores_as_the_trained_head_and_serves_as_preference(
    tmp_path: Path, lora_rank: int
) -> None:
    rows = colour_rows(tmp_path, 24)
    settings = QUICK.model_copy(update={"lora_rank": lora_rank})
    folder = train(rows, rows[:8], tmp_path, settings, tmp_path / "scorer")
    scorer = PickScore(load_clip(str(folder), "cpu"))
    right = 0
    for row in rows:
        images = []
        for name in ("image_0", "image_1"):
            with Image.open(tmp_path / str(row[name])) as image:
                images.append(image.convert("RGB"))
        first, second = score_all({"one": scorer}, images, [str(row["caption"])] * 2)["one"].tolist()
        right += (first > second) == (row["label_0"] == 1.0)
    assert right >= 22
    assert (folder / "README.md").read_text().startswith("# Preference scorer")


def test_ppo_takes_the_tuned_scorer_as_its_preference_reward(tmp_path: Path) -> None:
    rows = colour_rows(tmp_path, 24)
    folder = train(rows, [], tmp_path, QUICK, tmp_path / "scorer")
    given = [f"reward.scorers.preference={folder}", "reward.painter.model=render", "policy.method=lora"]
    reward = toml.load(RlConfig, Path("training/configs/tiny-ppo.toml"), given).reward
    wish = Edit("a house", "", "a house, masterpiece", "a house")
    finished = [
        Finished(prompt, wish, requirements_of(wish))
        for prompt in ("three large red houses in the desert at sunset", "a blue house in the sea at night")
    ]
    with ScoreCache("") as cache:
        judge = load_judge(reward, cache)
        red, blue = judge.raw(finished)["preference"]
        plain = load_judge(reward.model_copy(update={"scorers": ScorerSettings()}), cache).raw(finished)
    assert red - blue > plain["preference"][0] - plain["preference"][1]


def test_public_pairs_are_learnt_from_wherever_their_pictures_are(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    formats.write(tmp_path / "public" / "pairs.jsonl", colour_rows(tmp_path / "public", 8))
    own = colour_rows(tmp_path, 24)
    mix = formats.mixed(own, formats.read_public(tmp_path / "public" / "pairs.jsonl"), 0.25)
    assert len(mix) == len(present(mix, tmp_path)) == 32
    numbers = json.loads((train(mix, own, tmp_path, QUICK, tmp_path / "scorer") / "scorer.json").read_text())
    assert numbers["pairs"] == 32
    assert numbers["held_out_accuracy"] > 0.9


def test_too_few_pairs_and_a_base_that_cannot_be_written_again_are_named(tmp_path: Path) -> None:
    rows = colour_rows(tmp_path, 3)
    with pytest.raises(NothingToLearn, match="There are 3 pairs"):
        train(rows, [], tmp_path, QUICK, tmp_path / "scorer")
    named = QUICK.model_copy(update={"base": str(CHECKPOINTS / "clip"), "least_pairs": 1})
    from training.preferences.scorer import check

    with pytest.raises(ConfigError, match="download the model first"):
        check(load_clip(str(CHECKPOINTS / "clip"), "cpu"), named.model_copy(update={"base": str(tmp_path)}))  # type: ignore[arg-type]
