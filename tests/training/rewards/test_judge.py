"""Rewards: pictures judged once and cached, running statistics, baselines, own rewards, refused nonsense."""

import importlib.util
import math
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import torch
from transformers import PreTrainedTokenizerBase

from model.errors import LoadError
from model.language.stems import content_words
from training.config.settings import PainterSettings, RewardSettings
from training.data.examples import Edit
from training.data.integrity import requirements_of
from training.errors import ConfigError, RewardError
from training.recipes.train_text_reward import train_text_reward
from training.rewards.cache import ScoreCache, score_key, weights_stamp
from training.rewards.judge import IntegrityReward, Judge, PictureReward, PictureScores, load_judge
from training.rewards.pictures import PipelinePainter, Renderer, example_seeds, load_painter
from training.rewards.text_reward import TextReward
from training.rewards.types import Finished, Reward

_spec = importlib.util.spec_from_file_location("small", Path(__file__).parents[1] / "small.py")
assert _spec is not None
assert _spec.loader is not None
small = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(small)

RED = Edit("a red house at sea", "make it blue", "a blue house at sea", "blue")


def finished(prompt: str, edit: Edit = RED) -> Finished:
    return Finished(prompt, edit, requirements_of(edit))


class Brevity:
    """A person's own reward, as in the documentation."""

    name = "brevity"

    def __call__(self, items: Sequence[Finished]) -> list[float]:
        return [-len(item.prompt.split()) / 50 for item in items]


class Broken:
    name = "broken"

    def __call__(self, items: Sequence[Finished]) -> list[float]:
        return [math.nan if "bad" in item.prompt else 1.0 for item in items]


class Short:
    name = "short"

    def __call__(self, items: Sequence[Finished]) -> list[float]:
        return [1.0] * (len(items) - 1)


def test_pictures_are_painted_once_for_all_scorers_and_remembered_on_disk(tmp_path: Path) -> None:
    path, clip = str(tmp_path / "cache" / "scores.sqlite"), small.ColourClip()
    items = [finished("a blue house at sea"), finished("a red house"), finished("a blue house at sea")]
    with ScoreCache(path) as cache:
        scores = PictureScores(Renderer(), small.colour_scorers(clip), "stamp", cache, seeds=2)
        first = scores(items)
        assert clip.pictures_seen == 4, "two prompts, two seeds"
        assert scores(items) == first
        assert clip.pictures_seen == 4
    with ScoreCache(path) as cache:
        again = PictureScores(Renderer(), small.colour_scorers(clip), "stamp", cache, seeds=2)
        assert again(items) == first
        assert clip.pictures_seen == 4
        PictureScores(Renderer(), small.colour_scorers(clip), "other weights", cache, seeds=2)(items)
        assert clip.pictures_seen == 8
    assert first["aesthetic"][0] == first["aesthetic"][2]
    assert first["aesthetic"][0] > first["aesthetic"][1], "the sea under a blue house is bluer"


def test_scores_are_means_over_the_seeds_of_the_example() -> None:
    seeds = example_seeds(RED.key, 3)
    assert seeds == example_seeds(RED.key, 5)[:3]
    assert len(set(seeds)) == 3
    assert seeds != example_seeds("another", 3)
    clip = small.ColourClip()
    with ScoreCache() as cache:
        score = PictureScores(Renderer(), small.colour_scorers(clip), "s", cache, seeds=3)(
            [finished("a fox")]
        )
    pictures = Renderer().paint(["a fox"] * 3, seeds)
    by_hand = small.colour_scorers(clip)["preference"].score(
        clip.pictures(pictures), clip.texts(["blue"] * 3)
    )
    assert score["preference"][0] == pytest.approx(by_hand.mean().item(), rel=1e-5)


def test_preference_is_taken_against_the_intent_not_the_prompt() -> None:
    blue, red = RED, Edit("x", "y", "z", "red")
    with ScoreCache() as cache:
        scores = PictureScores(Renderer(), small.colour_scorers(small.ColourClip()), "s", cache, seeds=1)
        asked_blue, asked_red = scores([finished("the sea", blue), finished("the sea", red)])["preference"]
    assert asked_blue > asked_red


def judge(**settings: object) -> Judge:
    weights = settings.pop("weights", {"integrity": 1.0, "brevity": 0.5})
    return Judge(
        [IntegrityReward(), Brevity()], RewardSettings.model_validate({"weights": weights, **settings})
    )


def test_totals_by_hand_without_and_with_a_baseline() -> None:
    items = [finished("a blue house at sea"), finished("a red house")]
    plain = judge(baseline=False)
    raw = plain.raw(items)
    assert raw == {"integrity": [1.0, 0.0], "brevity": [-0.1, -0.06]}
    assert plain.reference(items) == {}
    plain.observe(raw)
    assert plain.combine(raw, {}) == pytest.approx([1.0 - 0.5, -1.0 + 0.5])  # each is one deviation away
    against = judge(baseline=True)
    reference = against.reference(items)
    assert reference == {"integrity": [1.0, 1.0], "brevity": [-0.1, -0.1]}
    against.observe(raw)
    # deviations: 0.5 and 0.02; the second prompt is shorter by 0.04 and lacks everything
    assert against.combine(raw, reference) == pytest.approx([0.0, -2.0 + 0.5 * 0.04 / 0.02])


def test_totals_are_cut_and_unnormalised_on_request() -> None:
    items = [finished("a blue house at sea")]
    loud = judge(weights={"integrity": 100.0, "brevity": 0.0}, normalise=False, baseline=False, clip=7)
    assert loud.combine(loud.raw(items), {}) == [7.0]


def test_statistics_travel_in_checkpoints() -> None:
    one, other = judge(), judge()
    one.observe(one.raw([finished("a blue house at sea"), finished("the sea")]))
    other.load_state(one.state())
    raw = one.raw([finished("house")])
    assert other.combine(raw, {}) == one.combine(raw, {})


def test_nothing_to_judge_is_no_error() -> None:
    assert judge().raw([]) == {}
    assert judge().combine({}, {}) == []


@pytest.mark.parametrize(
    ("reward", "said"), [(Broken(), "gave nan for the prompt 'bad fox'"), (Short(), "1 scores for 2")]
)
def test_what_is_no_score_is_refused_by_name(reward: Reward, said: str) -> None:
    broken = Judge([reward], RewardSettings(weights={"x": 1.0}))
    with pytest.raises(RewardError, match=said):
        broken.raw([finished("a fox"), finished("bad fox")])


def test_own_rewards_are_loaded_by_name_and_wrong_names_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "my_rewards", sys.modules[__name__])
    with ScoreCache() as cache:
        loaded = load_judge(RewardSettings(weights={"integrity": 1, "my_rewards:Brevity": 0.5}), cache)
        assert [reward.name for reward in loaded.rewards] == ["integrity", "brevity"]
        assert loaded.settings.weights == {"integrity": 1, "brevity": 0.5}
        for name in ("integrty", "my_rewards:Nothing", "no_such_module:X"):
            with pytest.raises(ConfigError, match=re.escape(f"reward.weights.{name}")):
                load_judge(RewardSettings(weights={name: 1}), cache)
        with pytest.raises(ConfigError, match=r"reward\.text_model"):
            load_judge(RewardSettings(weights={"text": 1}), cache)


def test_picture_rewards_are_named_after_their_score() -> None:
    with ScoreCache() as cache:
        scores = PictureScores(Renderer(), small.colour_scorers(small.ColourClip()), "s", cache, seeds=1)
        items = [finished("the sea")]
        assert PictureReward("aesthetic", scores)(items) == scores(items)["aesthetic"]


def test_the_cache_tells_everything_apart_and_refuses_a_foreign_file(tmp_path: Path) -> None:
    key = ("p", 1, "pipe", "scorer", "text")
    changed = [
        ("q", *key[1:]),
        ("p", 2, *key[2:]),
        (*key[:2], "x", *key[3:]),
        (*key[:3], "x", "text"),
        (*key[:4], "x"),
    ]
    assert len({score_key(*one) for one in [key, *changed]}) == 6
    with ScoreCache() as cache:
        cache.put({"a": 1.0})
        cache.put([("a", 2.0), ("b", 3.0)])
        assert cache.get(["a", "b", "c"]) == {"a": 1.0, "b": 3.0}
        assert (cache.hits, cache.misses) == (2, 1)
    (tmp_path / "not.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(RewardError, match="remove it"):
        ScoreCache(str(tmp_path / "not.sqlite"))


def test_a_cache_on_a_full_disk_says_so_and_keeps_what_it_had(tmp_path: Path) -> None:
    path = str(tmp_path / "scores.sqlite")
    with ScoreCache(path) as cache:
        cache.put({"a": 1.0})
        pages = cache._database.execute("PRAGMA page_count").fetchone()[0]
        cache._database.execute(f"PRAGMA max_page_count = {pages}")  # as if the disk were full
        with pytest.raises(RewardError, match=r"scores\.sqlite cannot be used .*make room on the disk"):
            cache.put((f"key {i}", 0.5) for i in range(5000))
        assert cache.get(["a", "key 0"]) == {"a": 1.0}
        cache._database.execute("PRAGMA max_page_count = 100000")
        cache.put({"b": 2.0})
    with ScoreCache(path) as cache:
        assert cache.get(["a", "b"]) == {"a": 1.0, "b": 2.0}


def test_stamps_change_with_the_weights(tmp_path: Path) -> None:
    (tmp_path / "w.safetensors").write_bytes(b"1")
    before = weights_stamp(str(tmp_path))
    assert before == weights_stamp(str(tmp_path))
    (tmp_path / "w.safetensors").write_bytes(b"22")
    assert weights_stamp(str(tmp_path)) != before
    assert weights_stamp("owner/name") == "owner/name"


@pytest.fixture(scope="module")
def sd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from training.tiny.tokenizer import train_tokenizer

    folder = tmp_path_factory.mktemp("sd")
    small.save_small_sd(folder, train_tokenizer(vocabulary=600, scenes=200))
    return folder


def test_a_pipeline_paints_the_same_picture_in_any_batch(sd: Path) -> None:
    settings = PainterSettings(model=str(sd), steps=2, guidance=3, width=64, height=64, device="cpu")
    painter = load_painter(settings, batch=2)
    assert isinstance(painter, PipelinePainter)
    long = ", ".join(["a large purple house in the mountains at sunset"] * 20)
    prompts, seeds = ["a fox", long, "a red boat", "a fox"], [1, 2, 3, 4]
    together = [image for image in painter.paint(prompts, seeds) if image is not None]
    assert len(together) == len(prompts), "nothing is blacked out"
    for image, prompt, seed in zip(together, prompts, seeds, strict=True):
        alone = painter.paint([prompt], [seed])[0]
        assert alone is not None
        difference = torch.tensor(list(image.tobytes())).sub(torch.tensor(list(alone.tobytes()))).abs().max()
        assert difference <= 2
    assert together[0].tobytes() != together[3].tobytes(), "another seed, another picture"


def test_the_key_of_a_painter_names_all_that_decides_a_picture(sd: Path) -> None:
    settings = PainterSettings(model=str(sd), steps=2, width=64, height=64, device="cpu")
    keys = {
        PipelinePainter(changed, 1).key
        for changed in (
            settings,
            settings.model_copy(update={"steps": 3}),
            settings.model_copy(update={"guidance": 1.0}),
            settings.model_copy(update={"scheduler": "EulerAncestralDiscreteScheduler"}),
            settings.model_copy(update={"seeds": 4}),
        )
    }
    assert len(keys) == 4
    with pytest.raises(ConfigError, match="no such class"):
        PipelinePainter(settings.model_copy(update={"scheduler": "NoScheduler"}), 1)


def test_a_text_only_reward_model_learns_scores_from_texts(
    tmp_path: Path, make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    make_qwen(size=64).save_pretrained(tmp_path / "base")
    tokenizer.save_pretrained(tmp_path / "base")
    colours, nouns = (
        ("red", "blue", "large", "soft"),
        ("fox", "house", "lantern", "robot", "rocket", "snowman"),
    )
    prompts = [f"a {c} {n} at {t}" for c in colours for n in nouns for t in ("night", "sunset")]
    judged = [("a picture", prompt, 20.0 + 3 * ("night" in content_words(prompt))) for prompt in prompts]
    reward = train_text_reward(str(tmp_path / "base"), judged[4:], epochs=25, lr=3e-3)
    reward.save(tmp_path / "reward")
    loaded = TextReward.load(str(tmp_path / "reward"))
    items = [finished(prompt, Edit("", "", "", "a picture")) for _, prompt, _ in judged[:4]]
    predicted = loaded(items)
    assert predicted == pytest.approx(reward(items), abs=1e-4)
    assert predicted == pytest.approx([score for *_, score in judged[:4]], abs=0.8)
    with pytest.raises(LoadError, match="text-only reward model"):
        TextReward.load(str(tmp_path / "nothing"))
