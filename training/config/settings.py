"""What a training run can be told: the settings of SFT and evaluation, their meaning, ranges, defaults.

Read from TOML by `training.config.toml`; those of reinforcement learning are in
`training.config.rl_settings`. Values of the real recipe, with their sources, are in `configs/*.toml`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from model.settings import CHECKPOINTS, Device, ScorerSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[float, Field(gt=0.0)]
Count = Annotated[int, Field(ge=1)]
NewTokens = Annotated[int, Field(ge=8, le=2048)]  # the range of model.settings.LLMSettings


EXAMPLE_FIELDS = (
    "source_prompt", "instruction", "beautified_source_prompt", "beautified_target_prompt", "target_prompt",
)  # fmt: skip
"""The fields of `training.data.examples.Example`, in order."""


Measure = Literal["stems", "asked", "meaning"]
"""How content integrity reads what an edit requires (`training.data.integrity.requirements_of`)."""


MEASURES: tuple[Measure, ...] = ("stems", "asked", "meaning")


class Frozen(BaseModel):
    """The base of all settings here: nothing can be changed, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def refuse_idle(settings: BaseModel, reasons: Mapping[str, str]) -> None:
    """Raises ValueError for fields of `reasons` that do nothing, with the reason, unless they have defaults.

    Saved settings hold every default, and must be read again.
    """
    fields = type(settings).model_fields
    idle = [name for name in reasons if getattr(settings, name) != fields[name].get_default()]
    if idle:
        raise ValueError("; ".join(f"{name}: {reasons[name]}" for name in idle))


CONVERSATIONS = "tinyworld-chats"
"""The source of conversations; by "CONVERSATIONS:COUNT" and as "CONVERSATIONS-test:COUNT"."""


def are_conversations(source: str) -> bool:
    """Whether a source of data gives conversations, from which `training rl` alone learns."""
    kind = source.partition(":")[0]
    return kind in (CONVERSATIONS, f"{CONVERSATIONS}-selection", f"{CONVERSATIONS}-test")


class DataSettings(Frozen):
    """Where examples come from (`training.data.sources.load`) and which tasks they give.

    Training learns from the train part, checkpoints are chosen on the selection part, results are of the test
    part (`training.data.splits`). `evaluation` names the test's own source; without one, a share of
    `held_out` of scenes and of instructions is split off for selection, and as much for test.

    `columns` has the column of each field where a data set calls it otherwise (source_prompt = "input"); a
    column may serve two fields. `rows` is how many records of each source are read at most.

    `measure` is how content integrity reads what an edit requires (`training.data.integrity`): "stems" for
    TinyWorld, whose every word is drawn, and "meaning" for people's words; "asked" is that without synonyms.
    """

    train: str
    evaluation: str = ""
    held_out: Annotated[float, Field(ge=0.0, le=0.5)] = 0.1
    tasks: tuple[Task, ...] = Field(default=("beautify", "edit"), min_length=1)
    limit: Count | None = None
    columns: dict[str, str] = {}
    rows: Count | None = None
    seed: int = 0
    measure: Measure = "meaning"

    @model_validator(mode="after")
    def _conversations_are_made_here(self) -> DataSettings:
        if are_conversations(self.train):
            why = f"train {self.train} are conversations, which have none"
            refuse_idle(self, dict.fromkeys(("evaluation", "tasks", "rows", "columns"), why))
        return self

    @model_validator(mode="after")
    def _columns_are_of_our_fields(self) -> DataSettings:
        if odd := [name for name in self.columns if name not in EXAMPLE_FIELDS]:
            raise ValueError(f"columns: {', '.join(odd)}: our fields are {', '.join(EXAMPLE_FIELDS)}")
        return self


class PolicySettings(Frozen):
    """The language model, and which of its weights learn.

    `model` is a folder or hub id, `adapter` a LoRA to start from. `method`: "full" trains all weights,
    "lora" an adapter, "qlora" an adapter on NF4 weights. `lora_targets` are module names or "all-linear".
    """

    model: str = Field(min_length=1)
    adapter: str = ""
    method: Literal["full", "lora", "qlora"] = "full"
    lora_rank: Count = 16
    lora_alpha: Positive = 32
    lora_dropout: Share = 0.0
    lora_targets: str | tuple[str, ...] = "all-linear"
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"

    @model_validator(mode="after")
    def _adapter_needs_a_method(self) -> PolicySettings:
        if self.adapter and self.method == "full":
            raise ValueError('adapter: method "full" trains no adapter; choose method "lora" or "qlora"')
        if self.method == "full":
            names = [name for name in type(self).model_fields if name.startswith("lora_")]
            refuse_idle(self, dict.fromkeys(names, 'method "full" trains no adapter'))
        return self


class OptimizerSettings(Frozen):
    """AdamW and its learning rate: linear warm-up over a share of the steps, then `schedule`."""

    lr: Positive = 2e-5
    betas: tuple[Share, Share] = (0.9, 0.95)
    eps: Positive = 1e-5
    weight_decay: float = Field(default=0.0, ge=0.0)
    warmup: Share = 0.03
    schedule: Literal["constant", "cosine", "linear"] = "cosine"
    max_grad_norm: Positive = 1.0


class TrackingSettings(Frozen):
    """Where a run's numbers are shown beside `metrics.jsonl`: trackers `with` these names, in a `project`."""

    model_config = ConfigDict(serialize_by_alias=True)

    with_: tuple[Literal["tensorboard", "wandb", "mlflow", "trackio"], ...] = Field(
        default=("tensorboard",), alias="with"
    )
    project: str = Field(default="diffchat", min_length=1)


class SftConfig(Frozen):
    """Supervised fine-tuning. One optimizer step sees `batch` examples, `micro_batch` at a time.

    The best checkpoint is the one whose greedy targets of `generate_examples` selection edits have the
    highest `select`: content integrity, F1 of the content words, the share of exact answers, the mean of
    these three, or the lowest loss ("loss") on `evaluate_examples`. A lower loss is not yet a better edit: on
    people's edits it chose an early checkpoint that keeps less of what was asked.

    `mixed_precision` "auto" is bf16 where the hardware computes in it, else float32.

    A checkpoint is written every `save_every` steps, and `save_minutes` minutes after the last one.
    """

    output: str
    seed: int = 0
    policy: PolicySettings
    data: DataSettings
    optimizer: OptimizerSettings = OptimizerSettings()
    epochs: Count = 4
    max_steps: Count | None = None
    batch: Count = 64
    micro_batch: Count = 16
    max_tokens: Count = 384
    mixed_precision: Literal["auto", "no", "bf16"] = "auto"
    evaluate_every: Count = 200
    evaluate_examples: Count = 500
    generate_examples: Count = 200
    select: Literal["mean", "integrity", "f1", "exact", "loss"] = "mean"
    max_new_tokens: NewTokens = 128
    save_every: Count = 200
    save_minutes: Positive = 10.0
    keep: Count = 2
    tracking: TrackingSettings = TrackingSettings()


class PainterSettings(Frozen):
    """What paints the pictures that rewards look at.

    `model` is a diffusers folder or hub id, or "render": TinyWorld's own renderer, which draws what a prompt
    says. `seeds` pictures are painted for each prompt, with seeds that depend on the example alone.
    `scheduler` is a diffusers scheduler class to paint with instead of the pipeline's own.
    """

    model: str = "render"
    seeds: Count = 1
    steps: Count = 20
    guidance: float = Field(default=7.0, ge=0.0)
    width: int = Field(default=512, ge=64, multiple_of=8)
    height: int = Field(default=512, ge=64, multiple_of=8)
    negative_prompt: str = ""
    device: Device = "auto"
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = "auto"
    scheduler: str = ""


_SCORED_BY = {
    "aesthetic": ("clip", "aesthetic_head"),
    "preference": ("preference",),
    "fit": ("clip",),
}
"""The scorers that each reward of pictures needs (`training.rewards.judge.PICTURE_REWARDS`)."""


def check_scorers(
    painters: Iterable[PainterSettings], scorers: ScorerSettings, rewards: Iterable[str] = tuple(_SCORED_BY)
) -> None:
    """Raises ValueError where TinyWorld's scorers would rate pictures of a painter that is not its own.

    They know its drawings alone: what they say of other pictures is noise, and looks like a number.
    """
    foreign = [one.model for one in painters if one.model != "render" and not _of_tinyworld(one.model)]
    needed = dict.fromkeys(name for reward in rewards for name in _SCORED_BY.get(reward, ()))
    small = [name for name in needed if _of_tinyworld(getattr(scorers, name))]
    if foreign and small:
        raise ValueError(
            f"scorers ({', '.join(small)}): TinyWorld's own know its drawings alone and cannot rate what "
            f"{foreign[0]} paints; name others, as training/configs/instructpe-ppo.toml does"
        )


def _of_tinyworld(model: str) -> bool:
    return Path(model).resolve().is_relative_to(CHECKPOINTS.resolve())


class RewardSettings(Frozen):
    """What a finished prompt is worth: weights by reward name, and where the rewards come from.

    Names are those of `training.rewards.judge.BUILT_IN`, or "package.module:Class" for one of your own.
    `text_model` is the folder of a text-only reward model; `unusable` what a prompt earns that serving would
    refuse, or whose pictures a safety checker blacked out (rewards are in standard deviations).
    """

    weights: dict[str, float] = Field(min_length=1)
    normalise: bool = True
    baseline: bool = True
    clip: Positive = 10.0
    unusable: float = -3.0
    cache: str = ""
    painter: PainterSettings = PainterSettings()
    scorers: ScorerSettings = ScorerSettings()
    text_model: str = ""

    @model_validator(mode="after")
    def _scorers_know_the_pictures(self) -> RewardSettings:
        check_scorers([self.painter], self.scorers, self.weights)
        return self

    @model_validator(mode="after")
    def _a_text_model_is_asked(self) -> RewardSettings:
        if "text" not in self.weights:
            refuse_idle(self, {"text_model": 'weights has no "text", which it would give'})
        return self


class TextRewardConfig(Frozen):
    """A text-only reward model: what to paint and score, and the language model `base` that learns it."""

    output: str
    base: str = Field(min_length=1)
    data: DataSettings
    reward: RewardSettings
    epochs: Count = 3
    lr: Positive = 1e-5
    seed: int = 0


class BeautifyConfig(Frozen):
    """The InstructPE recipe: caption-edit `triples` (JSON lines: source, instruction, target) made examples.

    `policy` writes the long prompts. Kept are prompts of `min_words` to `max_words` whose pictures, if
    `reward` is given, score at least `min_score` (the weighed raw scores, against the caption).
    """

    output: str
    triples: str
    policy: PolicySettings
    temperature: float = Field(default=0.7, ge=0.0)
    max_new_tokens: NewTokens = 128
    batch: Count = 32
    min_words: Count = 8
    max_words: Count = 80
    reward: RewardSettings | None = None
    min_score: float = 0.0
    limit: Count | None = None


class MethodSettings(Frozen):
    """One line of the comparison: a `kind` and, for models, which one.

    "source" keeps the source prompt, "joined" writes source + instruction, "chat" asks an instruct model
    without training, "model" a trained checkpoint or adapter.
    """

    kind: Literal["source", "joined", "chat", "model"]
    model: str = ""
    adapter: str = ""

    @model_validator(mode="after")
    def _models_are_named(self) -> MethodSettings:
        if self.kind in ("chat", "model") and not self.model:
            raise ValueError(f'kind "{self.kind}" needs a model')
        return self


class JudgingPainter(PainterSettings):
    """A picture model of the evaluation. With `examples` it paints the first so many edits only: painting is
    slow, drawing is not."""

    examples: Count | None = None


class BenchmarkSettings(Frozen):
    """A benchmark of prompts (`training.evaluation.benchmarks.loaders`): its `kind`, and where its files are.

    `examples` prompts are drawn at random, all without it. `detector` finds the objects for GenEval's rules
    (`training.evaluation.benchmarks.geneval`); the other kinds are judged by the evaluation's own judge.
    """

    kind: Literal["parti", "geneval", "t2i-compbench", "genai-bench"]
    path: str = Field(min_length=1)
    examples: Count | None = None
    detector: str = ""

    @model_validator(mode="after")
    def _only_geneval_detects(self) -> BenchmarkSettings:
        if (self.kind == "geneval") != bool(self.detector):
            raise ValueError('detector: kind "geneval" needs one, and no other kind has use for it')
        return self


class EvaluateConfig(Frozen):
    """Methods side by side on held-out edits, under several picture models, against one `baseline` method.

    Methods named "ppo@1", "ppo@2", ... are runs of one method with different seeds and share a line. `runs`
    names folders of training runs whose curves the page shows.

    `split` is the part of the data: "selection" while settings are chosen, "test" for what is reported.
    `judge` names an independent judge of the pictures (`training.rewards.independent`), which no weight may
    reward. `benchmarks` are sets of prompts that all methods beautify, judged by category.
    """

    output: str
    seed: int = 0
    data: DataSettings
    split: Literal["selection", "test"] = "test"
    examples: Count = 200
    judge: str = "tinyworld"
    methods: dict[str, MethodSettings] = Field(min_length=1)
    baseline: str
    painters: dict[str, JudgingPainter] = Field(min_length=1)
    scorers: ScorerSettings = ScorerSettings()
    weights: dict[str, float] = {"aesthetic": 0.3, "preference": 0.7, "integrity": 0.5}
    cache: str = ""
    max_new_tokens: NewTokens = 128
    pictures_shown: int = Field(default=8, ge=0)
    benchmarks: dict[str, BenchmarkSettings] = {}
    runs: dict[str, str] = {}

    @model_validator(mode="after")
    def _the_total_is_of_rewards(self) -> EvaluateConfig:
        known = ("aesthetic", "preference", "fit", "integrity")
        if odd := [name for name in self.weights if name not in known]:
            raise ValueError(f"weights: {', '.join(odd)}: a total can hold {', '.join(known)}")
        return self

    @model_validator(mode="after")
    def _scorers_know_the_pictures(self) -> EvaluateConfig:
        check_scorers(self.painters.values(), self.scorers)
        return self

    @model_validator(mode="after")
    def _baseline_is_a_method(self) -> EvaluateConfig:
        if self.baseline not in {name.partition("@")[0] for name in self.methods}:
            raise ValueError(f'baseline "{self.baseline}" is none of the methods: {", ".join(self.methods)}')
        return self


Task = Literal["beautify", "edit", "direct"]


TASKS: tuple[Task, ...] = ("beautify", "edit", "direct")
