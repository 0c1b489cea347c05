"""What a round of the reaction loop can be told: one TOML file for all of its steps.

Read by `training.config.toml`; `configs/server-reactions.toml` is a round on a server,
`configs/tiny-reactions.toml` one on TinyWorld. Every step reads what the step before wrote into `output`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.settings import CHECKPOINTS, Device, ScorerSettings
from training.config.settings import (
    Count,
    DataSettings,
    Frozen,
    NewTokens,
    OptimizerSettings,
    PainterSettings,
    PolicySettings,
    Positive,
    Share,
    check_scorers,
)


class ExportSettings(Frozen):
    """Where the reactions are, and what of them may leave the database.

    `data` is the bot's data folder (also while the bot runs) or a file of `python -m bot backup`. `url` is
    [store] url of a bot on PostgreSQL, whose pictures are in `data`; a password may be left to PGPASSWORD.
    `key` is the file with the secret that makes people's ids unreadable; empty: `reactions.key` in the data
    folder, or beside a backup. `leave_out` are Discord ids whose votes never count, as of other bots.

    `message_text` takes in words that people wrote as ordinary messages. Discord's developer policy forbids
    training on message content without Discord's own permission: leave it off unless you have that.
    """

    data: str = "data"
    url: str = Field(default="", repr=False)
    key: str = ""
    message_text: bool = False
    leave_out: tuple[int, ...] = ()


class CleaningSettings(Frozen):
    """Which votes count, and how much (`training.preferences.votes`, `training.preferences.brigades`).

    `recent_days` None takes all. More than `burst_votes` acts of a person within `burst_seconds` are dropped.
    `cap` is the most turns of a person that count. Silence of people who saw a picture and vote at other
    times is `silence` of a dislike; `prior_votes` votes of the average are added to every picture's own.

    At least `brigade_size` people who, on `brigade_votes` pictures or more, stand `brigade_bias` (of at most
    2) on an author's side whatever the pictures are a brigade: what they say of those pictures is dropped,
    and otherwise they count as one person together.

    `held_people` and `held_prompts` are the shares of people and of first prompts kept back for measuring.
    """

    recent_days: Positive | None = None
    burst_votes: Count = 20
    burst_seconds: Positive = 60.0
    cap: Count = 200
    silence: Share = 0.2
    prior_votes: Positive = 2.0
    brigade_size: Count = 3
    brigade_bias: Positive = 0.8
    brigade_votes: Count = 4
    held_people: Share = 0.25
    held_prompts: Share = 0.25
    seed: int = 0


class PairSettings(Frozen):
    """When one candidate counts as better than another (`training.preferences.pairs`).

    Without anybody's own comparison, scores must differ by `margin` with at least `votes` votes on each;
    closer than `tie` is a tie. `label_margin` is how far above or below the average score a prompt must be
    to get an unpaired label. `per_context` is the most pairs of one context. `public` is a file of PickScore
    form that makes up `public_share` of the picture pairs.
    """

    margin: Share = 0.15
    tie: Share = 0.02
    votes: Positive = 2.0
    label_margin: Share = 0.05
    per_context: Count = 8
    public: str = ""
    public_share: Annotated[float, Field(ge=0.0, lt=1.0)] = 0.0
    seed: int = 0

    @model_validator(mode="after")
    def _a_share_needs_a_file(self) -> PairSettings:
        if self.public_share > 0 and not self.public:
            raise ValueError("public_share is set, and public names no file")
        return self


class ScorerTuning(Frozen):
    """The preference scorer (`training.preferences.scorer`): a CLIP by name, its scale and a head of rank
    `rank`.

    `lora_rank` above 0 also trains LoRA layers of that rank in the picture tower. `validation` is the share
    of contexts that decides when to stop, `patience` how many epochs without progress it may take.
    """

    base: str = str(CHECKPOINTS / "clip")
    rank: Annotated[int, Field(ge=0)] = 4
    lora_rank: Annotated[int, Field(ge=0)] = 0
    lr: Positive = 3e-3
    lora_lr: Positive = 1e-4
    weight_decay: float = Field(default=0.01, ge=0.0)
    epochs: Count = 60
    batch: Count = 64
    validation: Share = 0.15
    patience: Count = 10
    least_pairs: Count = 20
    seed: int = 0
    device: Device = "auto"


class LanguageTuning(Frozen):
    """DPO and KTO of the language model through TRL. `policy.adapter` is the adapter to start from.

    `loss` is TRL's name of a DPO loss ("sigmoid", "ipo", "robust", ...); `label_smoothing` is what "robust"
    takes for the share of wrong votes; "sigmoid_norm" divides by length. `nll` is the weight of the negative
    log-likelihood of liked answers per token, which is added to either loss (for DPO the term of RPO, Pang et
    al. 2024): without it liked answers themselves may become less likely.

    One optimizer step sees `batch` examples, `micro_batch` at a time (for KTO at least 2: its KL estimate
    compares the rows of a micro-batch).
    """

    policy: PolicySettings
    optimizer: OptimizerSettings = OptimizerSettings(lr=1e-6, warmup=0.1, schedule="linear")
    beta: Positive = 0.1
    loss: str = "sigmoid"
    label_smoothing: Annotated[float, Field(ge=0.0, lt=0.5)] = 0.0
    nll: Annotated[float, Field(ge=0.0)] = 0.0
    epochs: Count = 3
    batch: Count = 16
    micro_batch: Annotated[int, Field(ge=2)] = 4
    max_tokens: Count = 384
    least_examples: Count = 20
    seed: int = 0

    @model_validator(mode="after")
    def _an_adapter_is_what_is_promoted(self) -> LanguageTuning:
        if self.policy.method == "full":
            raise ValueError('policy.method: a round ends in an adapter; choose "lora" or "qlora"')
        if self.batch % self.micro_batch:
            raise ValueError(f"batch ({self.batch}) must be a multiple of micro_batch ({self.micro_batch})")
        return self


class EvidenceSettings(Frozen):
    """What held-out votes must prove (`training.preferences.evidence`).

    `evidence` is that the new adapter is "better", or "no-worse" than equal by `votes_margin`, or "none". An
    adapter that is not passes with a probability of at most `votes_error`. How many comparisons are missing
    is told for a true preference of `votes_preference`, to be found with probability `votes_power`.
    """

    evidence: Literal["better", "no-worse", "none"] = "better"
    votes_margin: Annotated[float, Field(gt=0.0, lt=0.5)] = 0.1
    votes_error: Annotated[float, Field(gt=0.0, lt=0.5)] = 0.05
    votes_preference: Annotated[float, Field(gt=0.5, lt=1.0)] = 0.7
    votes_power: Annotated[float, Field(gt=0.0, lt=1.0)] = 0.8


class GateSettings(EvidenceSettings):
    """The frozen evaluation that a new adapter must pass, and where promoted adapters live.

    `data` and `examples` name the edits; they are written to `frozen` once and read from there ever after.
    A number counts as worse when it is below the present one's by more than its tolerance, or reliably below
    it at all. That is a guard: it refuses what is seen to be worse and proves nothing. `repetition_limit` is
    the most that new answers may repeat themselves (`training.preferences.repetition`), whatever the present
    adapter does: a tolerance alone would let it grow a little every round.

    New wishes (the task "beautify") are answered `samples` times at `temperature`, which should be that of
    the bot (`[llm] temperature`): a taste shows in what a model tends to, long before it changes its
    likeliest answer. Edits are always answered with the likeliest. Ratings of what was drawn at random vary
    more, hence their own `wishes_tolerance`.
    """

    adapters: str = "data/adapters"
    frozen: str = "data/adapters/frozen.jsonl"
    data: DataSettings
    examples: Count = 100
    painter: PainterSettings = PainterSettings()
    scorers: ScorerSettings = ScorerSettings()
    cache: str = ""
    max_new_tokens: NewTokens = 128
    temperature: Annotated[float, Field(ge=0.0, le=2.0)] = 0.0
    samples: Count = 1
    integrity_tolerance: Share = 0.02
    aesthetic_tolerance: float = Field(default=0.1, ge=0.0)
    wishes_tolerance: float = Field(default=0.3, ge=0.0)
    repetition_tolerance: Share = 0.02
    repetition_limit: Share = 0.05

    @model_validator(mode="after")
    def _scorers_know_the_pictures(self) -> GateSettings:
        check_scorers([self.painter], self.scorers, ["aesthetic"])
        return self


class ReactionsConfig(Frozen):
    """A whole round: export, clean, pairs, scorer, dpo or kto, promote, report."""

    output: str
    export: ExportSettings = ExportSettings()
    cleaning: CleaningSettings = CleaningSettings()
    pairs: PairSettings = PairSettings()
    scorer: ScorerTuning = ScorerTuning()
    tuning: LanguageTuning
    gate: GateSettings
