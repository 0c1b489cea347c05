"""What the bot and the trainers ask of the models: requests, results, and the `Engine` protocol.

Only plain frozen data crosses this border, so an engine may live in this process, in worker processes
(`model.serving.local_engine.LocalEngine`) or on other machines (`model.serving.remote.engine.RemoteEngine`).
Importing this module loads no model library.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

MessageKind = Literal[
    "edit", "undo", "redo", "back", "restart", "again", "choose", "question", "chat", "unclear"
]
"""What a message in a conversation asks for.

`edit`: another picture by another prompt. `undo`, `redo`: one step back, one forward again. `back`: to an
earlier picture. `restart`: to the first one. `again`: the same prompt painted anew. `choose`: one of several
pictures. `question`: about the picture. `chat`: praise, small talk, words for somebody else. `unclear`: no
sense could be made of it.
"""

Way = Literal["repaint", "keep", "edit", "region"]
"""How a picture comes to be.

`repaint`: from noise, by the prompt. `keep`: over a picture, of which a share is kept. `edit`: an editor
follows an instruction on a picture, and all else is to stay. `region`: inside a mask, by the prompt; outside
of it no pixel changes.
"""


ReferenceAs = Literal["style", "character"]
"""What is taken from a reference picture: how it looks, or who or what it shows."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a conversation: what was asked of the picture that `prompt` describes."""

    prompt: str
    instruction: str


@dataclass(frozen=True, slots=True)
class EditRequest:
    """Turn `source_prompt` + `instruction` into a target prompt.

    `history` are the steps that led to `source_prompt`, oldest first and without those that were undone; each
    step's result is the next one's prompt, the last one's the source prompt. Models that were trained on
    single edits do not see it.

    An empty `instruction` asks only for the beautified form of the source prompt. `seed` and `temperature`
    set the sampling; temperature 0 is greedy and ignores the seed. `variant` names one of the settings'
    variants; "" is the model as it is configured. A prompt of more than `max_tokens` tokens is an error; 0
    leaves its length to the settings, which bound it in any case.
    """

    source_prompt: str
    instruction: str = ""
    seed: int = 0
    temperature: float = 0.0
    variant: str = ""
    max_tokens: int = 0
    history: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class EditResult:
    """A target prompt, the name of the model (and adapter) that wrote it, and the seconds it took.

    `kind` is what the model took the message for. Only an edit changes the prompt: with `back` the target is
    the prompt of the picture to go back to, with all others the source prompt. `detail` is the number of the
    picture for `choose` (from 1) and the words that were not understood for `unclear`.
    `prompt_version` is the version of DiffChat's template that the model was asked by, None for an instruct
    model and where a server does not say. `confidence` in [0, 1] is the probability that the model itself
    gives its answer, in whatever words, None where it is not known. `doubtful` says that answers of this
    confidence are often not what was meant (`model.language.confidence`). `second` is the target prompt that
    an edit would most likely have come to otherwise, as far as the model was looked at for it, "" where none
    is known.
    """

    target_prompt: str
    model: str
    seconds: float
    kind: MessageKind = "edit"
    detail: str = ""
    prompt_version: int | None = None
    confidence: float | None = None
    doubtful: bool = False
    second: str = ""


@dataclass(frozen=True, slots=True)
class PaintRequest:
    """Paint one picture for each seed, in the way that `way` says.

    `width` and `height` are pixels, multiples of 8; `steps` >= 1; `guidance` is the classifier-free scale.
    A seed gives the same picture whatever else is in the batch. `model` is a name of the settings' `models`;
    empty is the pipeline of [image]. `lora` names LoRAs of that pipeline, one or several with weights, as
    `model.pictures.lora_mix` reads them ("comic:0.6 + ink"); empty is the plain pipeline. `scheduler` is one
    of the capabilities' `schedulers`; empty is the model's own. Pictures that the check finds unsafe are kept
    back, or given out marked.

    `prompt` says what the finished picture shows, in every way. What else a way needs or takes
    (`model.pictures.ways.check` refuses the rest, so nothing that is given is without effect):

    - `repaint`: `negative_prompt`.
    - `keep`: `init_image` (PNG, JPEG or WebP bytes), `keep` in (0, 1], where 1 keeps all of it;
      `negative_prompt`.
    - `edit`: `init_image`, `instruction`; `source_prompt`, what that picture shows, where the engine edits by
      its prompts (`Capabilities.by_prompts`); `more_images` where the editor takes several pictures;
      `picture_guidance` where the family has one (how closely the result stays with the picture; None is the
      pipeline's own). Editors read no negative prompt here.
    - `region`: `init_image`, `mask` (a picture of the same size, white where it may change), `keep` in [0, 1)
      for the share of the region that stays; `negative_prompt`; `instruction`, which an editor's inpainting
      reads in place of the prompt.

    `reference` is a picture after which another one is painted, in the ways that the capabilities'
    `references` name: its style, or with `reference_as` its character. `reference_weight` in [0, 1] says how
    strongly, where 0 is as without it; None leaves that to the painter, and an editor takes no other.

    With `upscale`, in the way `keep` alone, the one picture is made larger by the upscaler ([image] upscaler)
    and not painted over: no word, step or seed matters then.

    A picture of another size than `width` x `height` is fitted to it first, and its mask with it.
    """

    prompt: str
    seeds: tuple[int, ...]
    width: int
    height: int
    steps: int
    guidance: float
    negative_prompt: str = ""
    init_image: bytes | None = None
    keep: float = 0.0
    lora: str = ""
    scheduler: str = ""
    unsafe: Literal["refuse", "mark"] = "refuse"
    way: Way = "repaint"
    instruction: str = ""
    mask: bytes | None = None
    more_images: tuple[bytes, ...] = ()
    picture_guidance: float | None = None
    source_prompt: str = ""
    model: str = ""
    upscale: bool = False
    reference: bytes | None = None
    reference_as: ReferenceAs = "style"
    reference_weight: float | None = None

    @property
    def words(self) -> str:
        """Every text of the request, for the checks of what must not be painted."""
        return f"{self.prompt}\n{self.instruction}" if self.instruction else self.prompt


@dataclass(frozen=True, slots=True)
class PaintProgress:
    """`step` of `of` denoising steps are done; `preview` is a small PNG of the first picture, if made.

    `loading` names the pipeline that is read into the memory before the first step; "" otherwise.
    """

    step: int
    of: int
    preview: bytes | None = None
    loading: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """One painted picture: PNG bytes, its seed and its size in pixels; `unsafe` says what the check found."""

    png: bytes
    seed: int
    width: int
    height: int
    unsafe: str = ""


@dataclass(frozen=True, slots=True)
class PaintResult:
    """The pictures in the order of the request's seeds, the pipeline's name, and the seconds it took.

    `refusals` says of each picture that the picture check kept back why; at least one picture is left.
    """

    pictures: tuple[Picture, ...]
    model: str
    seconds: float
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do beyond a prompt and a picture of it; what it cannot is not offered to people.

    `seeds`: a seed gives the same picture again. `strength`: it paints over a picture and keeps a share of
    it. `previews`: it shows pictures while it paints. `captions`: it describes pictures. `negative_prompt`:
    it looks at one. `guidance`: it takes one. `schedulers`: diffusers' names of those that a request may ask
    for, without "Scheduler" at their ends. `progress`, `cancel`: it tells of its steps, and can be ended
    between two of them.

    `edit`: it follows an instruction on a picture; `several_pictures`: on several at once; `by_prompts`: it
    needs the prompts before and after for it, and reads no instruction. `region`: it paints inside a mask.
    `finds_regions`: it makes a mask from words (`FindsRegions`). `upscale`: so many times as wide and high it
    makes pictures without painting over them; 0 if it cannot. An engine that says nothing of these six cannot
    do them.

    `references`: the ways in which it paints after a reference picture; none for an engine that says nothing.
    """

    seeds: bool = True
    strength: bool = True
    previews: bool = True
    captions: bool = True
    negative_prompt: bool = True
    progress: bool = True
    cancel: bool = True
    guidance: bool = True
    references: tuple[Way, ...] = ()
    schedulers: tuple[str, ...] = ()
    edit: bool = False
    region: bool = False
    several_pictures: bool = False
    by_prompts: bool = False
    finds_regions: bool = False
    upscale: int = 0


@dataclass(frozen=True, slots=True)
class PainterInfo:
    """The name that a pipeline's pictures carry, and what it can do."""

    name: str
    capabilities: Capabilities = Capabilities()


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Names of what is loaded and what it can do, for messages, metadata and `check`.

    `painter` and `capabilities` are of the pipeline of [image]; `models` are those beside it by name, loaded
    or not. `languages` are the codes of those that the language model reads ("en"); none where it reads all,
    or nobody says.
    """

    llm: str
    painter: str
    capabilities: Capabilities = Capabilities()
    models: Mapping[str, PainterInfo] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def paints(self, model: str | None) -> PainterInfo:
        """The pipeline of that name; for "", None and names that are no longer there the one of [image]."""
        return self.models.get(model or "") or PainterInfo(self.painter, self.capabilities)


@dataclass(frozen=True, slots=True)
class WorkerState:
    """One worker of an engine: what it does ("llm", "picture"), its model, and how often it was restarted."""

    kind: str
    model: str
    alive: bool
    restarts: int


@dataclass(frozen=True, slots=True)
class ServerState:
    """One server of an engine elsewhere: "llm", "picture" or "captioner", its address, how requests ended.

    `up` says whether requests go there now. `outcomes` counts "ok" and names of `model.errors`.
    """

    kind: str
    url: str
    up: bool
    outcomes: Mapping[str, int]


OnProgress = Callable[[PaintProgress], None]


class Engine(Protocol):
    """A running pair of models. Methods may be called concurrently; cancelling the await cancels the work.

    An engine checks every text once, as it comes in and before a model reads it, against the rules that are
    never relaxed (`model.settings.SafetySettings.rules`), whoever asks: `edit` the source and the instruction
    together and each step of the history, `paint` the prompt and the instruction together. What a place
    allows beyond that is its caller's to check.

    Raises `model.errors.ModelError` subclasses only: `BadRequest`, `Unsupported` for what its capabilities
    say it cannot do, `EditError`, `OutOfMemory`, `BadImage`, `BrokenPicture`, `PromptRefused`,
    `PictureRefused`, `WorkerDied` (try again), `EngineClosed`; one that is elsewhere also
    `EngineUnreachable` (try again later), `EngineRefused`, `BadAnswer`.
    """

    @property
    def info(self) -> EngineInfo:
        """The names and versions of the models."""

    async def edit(self, request: EditRequest) -> EditResult:
        """The target prompt of an instruction. Raises EditError when the model gives no usable one."""

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """One picture for each seed; `on_progress` hears of every step."""

    async def describe(self, image: bytes, reading: int = 0) -> str:
        """A caption of an encoded picture. Raises BadImage when it cannot be read.

        Reading 0 is the most likely caption; 1, 2, ... are others of the same picture, which may repeat it.
        """


@runtime_checkable
class FindsRegions(Protocol):
    """An engine that finds what words name in a picture; an `Engine` may be one."""

    async def find_region(self, image: bytes, words: str) -> bytes:
        """A PNG mask of the picture's size, white where it shows what `words` name.

        Raises BadImage, BadRequest where nothing is found, or Unsupported without a model for it.
        """


@runtime_checkable
class Supervised(Protocol):
    """An engine whose workers can be looked at; an `Engine` may be one."""

    def workers(self) -> tuple[WorkerState, ...]:
        """How each worker is."""


@runtime_checkable
class Reloadable(Supervised, Protocol):
    """One whose language model can be exchanged while it runs; an `Engine` may be one."""

    async def reload_llm(self) -> None:
        """Load the language model and its adapter anew, while requests go on; raises `model.errors`."""


@runtime_checkable
class Elsewhere(Protocol):
    """An engine whose models are on servers; an `Engine` may be one."""

    def servers(self) -> tuple[ServerState, ...]:
        """How each server is."""
