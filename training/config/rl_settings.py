"""What a run of reinforcement learning can be told: PPO, RLOO or GRPO, with what they share.

One TOML file names an `algorithm`. A setting that the chosen algorithm (or another choice in its table) has
no use for is refused with the reason, and left out where the resolved settings are saved. Where ADM draws
nothing most of its keys are read and do nothing, so that one `--set` switches it off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from training.config.settings import (
    Count,
    DataSettings,
    Frozen,
    NewTokens,
    OptimizerSettings,
    PolicySettings,
    Positive,
    RewardSettings,
    Share,
    TrackingSettings,
    are_conversations,
    refuse_idle,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Choosing(Frozen):
    """Settings of which some apply only under a choice made beside them."""

    def needless(self) -> Mapping[str, str]:
        """The fields that do nothing under the choices made, each with the reason."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _refuse_needless(self) -> _Choosing:
        # Only what was said counts: defaults of fields that do not apply are no mistake of anybody's
        said = [f"{name}: {why}" for name, why in self.needless().items() if name in self.model_fields_set]
        if said:
            raise ValueError("; ".join(said))
        return self

    @model_serializer(mode="wrap")
    def _leave_needless_out(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        kept: dict[str, Any] = handler(self)
        return {name: value for name, value in kept.items() if name not in self.needless()}


class AdmSettings(_Choosing):
    """Action-space dynamic modification (`training.rl.adm`) and how PPO answers it.

    `positive` and `hard_negative` are shares of the rollouts. With `positives = "missed"` positives are drawn
    only where a plain sample of the same edit missed a requirement, so `positive` is the most there can be;
    "anywhere" draws them for any edit. `boost` is what is added to the logits of tokens that write a missing
    word, in nats.

    `correction` says how advantages and returns of modified rows are made (`training.rl.advantages`):
    "vtrace" corrects them for the tokens that were forced, and takes the moments of the whitening from plain
    rows; "weights" weighs each action alone; "none" takes modified rows for plain ones. `importance_cap` cuts
    the weight π/μ (V-trace's ρ̄), `trace_cap` how much of it is carried to the tokens before (V-trace's c̄).

    `positive_loss` adds a loss on the words that the missed sample lacked: their likelihood ("nll"), or a
    preference over the missed sample ("dpo", whose β is `positive_beta`), times `positive_coefficient`.
    "ppo" adds none.
    """

    positive: Share = 0.25
    hard_negative: Share = 0.25
    boost: float = Field(default=2.0, ge=0.0)
    positives: Literal["missed", "anywhere"] = "missed"
    correction: Literal["vtrace", "weights", "none"] = "vtrace"
    importance_cap: Positive = 1.0
    trace_cap: Positive = 1.0
    positive_loss: Literal["ppo", "nll", "dpo"] = "ppo"
    positive_coefficient: Positive = 0.1
    positive_beta: Positive = 0.5

    def needless(self) -> Mapping[str, str]:
        """Caps without what they cut, and the numbers of a loss that is not added."""
        unused = {}
        if self.correction == "none":
            unused["importance_cap"] = 'correction "none" has no weights'
        if self.correction != "vtrace":
            unused["trace_cap"] = f'correction "{self.correction}" has no traces'
        if self.positive_loss == "ppo":
            unused["positive_coefficient"] = 'positive_loss "ppo" adds no loss'
        if self.positive_loss != "dpo":
            unused["positive_beta"] = f'positive_loss "{self.positive_loss}" has no β'
        return unused

    @model_validator(mode="after")
    def _parts_fit(self) -> AdmSettings:
        if self.positive + self.hard_negative > 1:
            raise ValueError("positive and hard_negative are shares of the rollouts: together at most 1")
        if self.positive_loss != "ppo" and self.positives != "missed":
            raise ValueError(
                f'positive_loss "{self.positive_loss}" is about what a plain sample missed: it needs '
                'positives = "missed"'
            )
        if self.positive == 0:
            refuse_idle(self, {"positive_loss": "positive 0 draws no positives"})
        return self


class KlSettings(Frozen):
    """The price of leaving the reference: β per nat, and the KL per sequence it is steered to.

    `target` 0 keeps β as it is. PPO and RLOO take the price off the reward, GRPO adds it to the loss.
    """

    beta: float = Field(default=0.05, ge=0.0)
    target: float = Field(default=6.0, ge=0.0)
    horizon: Positive = 10_000


class CollapseSettings(Frozen):
    """When a run is stopped as broken: limits that must be passed `patience` steps running."""

    max_kl: Positive = 60.0
    min_entropy: float = Field(default=0.01, ge=0.0)
    max_unusable: Share = 0.8
    patience: Count = 3


class VllmSettings(Frozen):
    """Samples written by vLLM on the trainer's GPU: its share of that memory, and the most tokens of a prompt
    with its completion."""

    gpu_memory: Share = 0.3
    context: Count = 1024


class ConversationSettings(Frozen):
    """What a turn of a conversation earns beside its own reward (`training.rl.conversing`).

    With `discount` 1 every later turn counts as much as itself, with 0 none does. With `talk` what people say
    that asks for no picture is a turn, too; without it edits are all that is said.
    """

    discount: Share = 1.0
    talk: bool = False


_CRITIC = ("vci", "value_lr", "value_clip", "value_coefficient", "gamma", "lam")


class RlConfig(_Choosing):
    """PPO, RLOO or GRPO. One step collects `rollouts` samples, `chunk` at a time, and learns from them.

    An optimizer step sees `batch` samples (over all processes), `micro_batch` at a time on each; the
    rollouts are gone through `epochs` times. RLOO and GRPO write `group` samples for each edit and have no
    critic; GRPO divides by the group's standard deviation unless `group_std` is off (`training.rl.grpo`).

    PPO alone has a critic. `vci` says what it sees beside the language model's state: "features" of content
    integrity, "zeros" or "random" numbers in their place (controls of the very same size), or nothing
    (false).

    With a `vllm` section vLLM writes the samples (`training.rl.vllm_rollouts`), plain ones alone.

    Where `data.train` are conversations, `rollouts` are conversations and `batch` is turns of them.

    A checkpoint is written every `save_every` steps, and `save_minutes` minutes after the last one.
    """

    output: str
    algorithm: Literal["ppo", "rloo", "grpo"] = "ppo"
    seed: int = 0
    policy: PolicySettings
    data: DataSettings
    optimizer: OptimizerSettings = OptimizerSettings(lr=5e-6, schedule="constant", warmup=0.0)
    reward: RewardSettings
    adm: AdmSettings = AdmSettings()
    kl: KlSettings = KlSettings()
    conversation: ConversationSettings = ConversationSettings()
    collapse: CollapseSettings = CollapseSettings()
    vci: Literal["features", "zeros", "random", False] = "features"
    value_lr: Positive = 1e-3
    steps: Count = 1000
    rollouts: Count = 64
    group: int = Field(default=4, ge=2)
    group_std: bool = True
    chunk: Count = 16
    batch: Count = 16
    micro_batch: Count = 4
    epochs: Count = 4
    temperature: Positive = 1.0
    max_new_tokens: NewTokens = 128
    gamma: Share = 1.0
    lam: Share = 0.95
    clip: Share = 0.2
    value_clip: Positive = 0.2
    value_coefficient: float = Field(default=0.5, ge=0.0)
    mixed_precision: Literal["auto", "no", "bf16"] = "no"
    evaluate_every: Count = 50
    evaluate_examples: Count = 64
    save_every: Count = 50
    save_minutes: Positive = 10.0
    keep: Count = 2
    tracking: TrackingSettings = TrackingSettings()
    vllm: VllmSettings | None = None

    def needless(self) -> Mapping[str, str]:
        """The critic's settings and ADM without PPO, a group's with it, a conversation's without any."""
        if self.algorithm == "ppo":
            unused = dict.fromkeys(("group", "group_std"), 'algorithm "ppo" compares no groups')
        else:
            unused = dict.fromkeys(_CRITIC, f'algorithm "{self.algorithm}" has no critic')
            # A modified sample would shift the mean that its group is compared with, and V-trace needs values
            unused["adm"] = f'algorithm "{self.algorithm}" learns from plain samples'
        if not are_conversations(self.data.train):
            unused["conversation"] = f"data.train {self.data.train} are no conversations"
        if self.algorithm == "rloo":
            unused["group_std"] = 'algorithm "rloo" does not divide by it'
        return unused

    @model_validator(mode="after")
    def _parts_fit(self) -> RlConfig:
        if self.rollouts % self.batch:
            raise ValueError(f"rollouts ({self.rollouts}) must be a multiple of batch ({self.batch})")
        if self.algorithm != "ppo" and self.rollouts % self.group:
            raise ValueError(f"rollouts ({self.rollouts}) must be a multiple of group ({self.group})")
        modified = self.adm.positive + self.adm.hard_negative
        if self.vllm and self.algorithm == "ppo" and modified:
            raise ValueError(
                "vllm: it draws plain samples alone; set adm.positive = 0 and adm.hard_negative = 0, or "
                "leave the section out"
            )
        if self.vllm and self.policy.method == "qlora":
            raise ValueError('vllm: it cannot take weights in NF4; choose policy.method "lora" or "full"')
        return self
