"""Settings of the models, and the presets that fill them.

A preset names a language model and a picture pipeline with numbers that suit them. Settings given by the
operator lie over the preset's; "auto" means the preset's own value. Importing this loads no model library.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

CHECKPOINTS = Path(__file__).parent / "tiny" / "checkpoints"


Name = Annotated[str, Field(min_length=1)]
Device = Literal["auto", "cpu", "gpu", "cuda", "mps", "xpu"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LLMSettings(_Frozen):
    """The DiffChat language model.

    `quantization` "nf4" loads the weights in 4 bits with double quantisation. `temperature` is used for
    requests that bring none and for the retry. `variants` are further adapters by name, for requests that ask
    for one; an empty one is the bare model.
    """

    model: Name = Field(description="hub name or folder of a causal language model")
    adapter: str = Field(default="", description='folder of a DiffChat adapter; "" for none')
    quantization: Literal["nf4", "none"] = Field(default="none", description="nf4 saves memory")
    device: Device = Field(default="auto", description="where it runs")
    max_new_tokens: int = Field(default=320, ge=8, le=2048, description="longest target prompt, in tokens")
    temperature: float = Field(
        default=0.0, ge=0.0, le=2.0, description="0 always writes the likeliest prompt"
    )
    batch: int = Field(default=8, ge=1, le=256, description="prompts written at once")
    threads: int = Field(default=0, ge=0, le=256, description="CPU threads; 0 leaves it to torch")
    variants: dict[str, str] = {}


class ImageSettings(_Frozen):
    """The picture pipeline and the defaults of a request to it.

    `editor` is a second pipeline, which edits pictures where `model` cannot; it is loaded by the first edit.
    `diffedit` has `model` edit by itself, by the prompts before and after (`model.pictures.diffedit`).
    `editor_rests` says where the one of the two is that is not at work: "device" keeps both there, "memory"
    moves it to the main memory, "disk" also frees the editor when the next picture is painted without it.
    `offload` "model" keeps on the GPU only the network at work, "layers" only the layer at work (slow, for
    little memory). `loras` are folders, files or hub ids of LoRA weights made for this pipeline.
    `ip_adapter` lets Stable Diffusion and SDXL paint after a reference picture.
    """

    model: Name = Field(description="hub name, folder or .safetensors file of a text-to-image pipeline")
    config: str = Field(
        default="", description='for such a file: folder or hub name of a pipeline like it; "" finds one'
    )
    steps: int = Field(ge=1, le=150, description="denoising steps")
    guidance: float = Field(ge=0.0, le=30.0, description="how strictly the picture follows the prompt")
    width: int = Field(ge=64, le=2048, multiple_of=8, description="pixels")
    height: int = Field(ge=64, le=2048, multiple_of=8, description="pixels")
    negative_prompt: str = Field(default="", description="what pictures should not show")
    scheduler: str = Field(
        default="", description='diffusers\' name of the sampler, as "EulerDiscrete"; "" for its own'
    )
    editor: str = Field(
        default="",
        description='hub name or folder of a pipeline that edits; "" leaves it to model',
    )
    editor_steps: int = Field(default=28, ge=1, le=150, description="denoising steps of the editor")
    editor_guidance: float = Field(
        default=4.0, ge=0.0, le=30.0, description="how strictly the editor follows the instruction"
    )
    editor_rests: Literal["device", "memory", "disk"] = Field(
        default="memory", description="where the editor is while it is not at work"
    )
    diffedit: bool = Field(
        default=False, description="edit with model itself, where the prompts before and after differ"
    )
    regions: str = Field(
        default="", description='hub name or folder of a CLIPSeg, which finds what words name; "" for none'
    )
    device: Device = Field(default="auto", description="where it runs")
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = Field(
        default="auto", description="number format of the weights"
    )
    variant: str = Field(default="", description='files of a hub model, as fp16; "" for the plain')
    offload: Literal["none", "model", "layers"] = Field(
        default="none", description="what waits outside the GPU to save its memory"
    )
    tiling: bool = Field(default=False, description="decode large pictures in tiles")
    previews: bool = Field(default=False, description="make small pictures while painting")
    batch: int = Field(default=4, ge=1, le=64, description="pictures painted at once")
    threads: int = Field(default=0, ge=0, le=256, description="CPU threads; 0 leaves it to torch")
    loras: dict[Name, Name] = Field(
        default={}, description='more models: name -> LoRA for the pipeline, { comic = "./loras/comic" }'
    )
    upscaler: str = Field(
        default="",
        description='file or hub id of an ESRGAN that makes pictures larger; "" paints them over',
    )
    ip_adapter: str = Field(
        default="",
        description='folder or hub name of an IP-Adapter, to paint after a reference; "" for none',
    )
    ip_adapter_file: str = Field(
        default="",
        description='its file there, as "models/ip-adapter_sd15.safetensors"; "" for the only one',
    )
    image_encoder: str = Field(
        default="",
        description='folder there of the CLIP it was made with; "" for image_encoder beside its file',
    )
    memory: float = Field(
        default=0.0,
        ge=0.0,
        le=10_000.0,
        description="GiB of weights kept loaded where there are [models.NAME]; 0: 60 % of the memory",
    )

    def numbers(self, way: str) -> tuple[int, float]:
        """Steps and guidance of the pipeline that serves a way of painting (`model.engine.Way`)."""
        if way == "edit" and self.editor:
            return self.editor_steps, self.editor_guidance
        return self.steps, self.guidance


class NamedImageSettings(ImageSettings):
    """A whole pipeline beside the one of [image], with defaults of its own: [models.NAME]."""

    cost: int = Field(default=1, ge=1, le=100, description="turns of [limits] that one turn counts for")
    daily: int = Field(
        default=0,
        ge=0,
        le=100_000,
        description="turns with it that one person may have within a day; 0 is no limit",
    )


SHARED_KEYS = ("device", "dtype", "offload", "tiling", "previews", "batch", "editor_rests")
"""Keys of [image] that hold for a pipeline of [models.NAME] too, where that section leaves them out."""
WHOLE_KEYS = ("memory", "regions", "threads", "upscaler")
"""Keys that stand in [image] alone, since there is one of each for all pipelines together."""


class CaptionerSettings(_Frozen):
    """Reads pictures: "world" TinyWorld's own, with a CLIP that `model.clip.open_clip` takes; "caption" any,
    with an image-to-text model of transformers."""

    kind: Literal["world", "caption"] = Field(
        default="world", description='"world" reads TinyWorld\'s pictures, "caption" any'
    )
    model: Name = Field(
        default=str(CHECKPOINTS / "clip"), description="hub name or folder of what describes pictures"
    )
    device: Device = Field(default="auto", description="where it runs")


class ScorerSettings(_Frozen):
    """The models that rate pictures, for training and evaluation; names as `model.clip.scorers.load_clip`
    takes.

    `clip` carries the aesthetic head and CLIPScore, `preference` PickScore; an empty `hps` leaves HPSv2 out.
    """

    clip: str = str(CHECKPOINTS / "clip")
    aesthetic_head: str = str(CHECKPOINTS / "clip" / "aesthetic.safetensors")
    preference: str = str(CHECKPOINTS / "clip")
    hps: str = ""
    device: Device = "auto"


class SafetyRule(_Frozen):
    """Refuses a prompt with one of `words`, if `together_with` is empty or one of its words is there too.

    A word may be a phrase; one that ends in * stands for all words that begin so.
    """

    reason: str
    words: tuple[str, ...] = Field(min_length=1)
    together_with: tuple[str, ...] = ()


ADULT_WORDS = (
    "nude*", "naked*", "nsfw", "porn*", "hentai", "erotic*", "topless", "lingerie", "genital*", "orgasm*",
    "fetish*", "bdsm", "lewd*",
)  # fmt: skip
"""What counts as adult in a prompt unless the operator names other words. It is for places, not for right and
wrong: what happens then is the asker's to decide."""
HARMLESS = ("a picture", "a landscape", "a meadow", "a beach", "a person", "an animal")


class SafetySettings(_Frozen):
    """What is not painted, or only marked as unsafe where a request says so.

    The rule about minors (`model.moderation.minors`) holds whatever stands here; `rules` are further ones
    that are never relaxed. `text_classifier` names a text classifier whose `text_unwanted` labels count above
    `text_threshold`. `classifier` names an image classifier whose `unwanted` labels count above
    `threshold`. `clip`, a name as `model.clip.scorers.load_clip` takes, compares pictures with the texts of
    `depicted` and of `harmless`: one that is nearer to `depicted`, above `threshold`, counts too. Both empty:
    pictures are not looked at beyond what the pipeline itself does.
    """

    rules: tuple[SafetyRule, ...] = ()
    text_classifier: str = Field(
        default="", description='hub name or folder of a text classifier for prompts; "" for none'
    )
    text_unwanted: tuple[Name, ...] = Field(
        default=("nsfw",), min_length=1, description="labels of the text classifier that are refused"
    )
    text_threshold: float = Field(
        default=0.8, gt=0.0, lt=1.0, description="how sure the text classifier must be"
    )
    classifier: str = ""
    unwanted: tuple[str, ...] = ("nsfw",)
    clip: str = ""
    depicted: tuple[Name, ...] = Field(
        default=(), description='what open_clip is to find, as ["a dead animal"]; empty looks for nothing'
    )
    harmless: tuple[Name, ...] = Field(
        default=HARMLESS, min_length=1, description="what else a picture may show, for it to choose from"
    )
    threshold: float = Field(
        default=0.8, gt=0.0, lt=1.0, description="share from which on a picture counts as found"
    )


class Preset(_Frozen):
    """A pair of models that go together; `needs` says in words what hardware and download they take."""

    needs: str
    llm: LLMSettings
    image: ImageSettings
    captioner: CaptionerSettings = CaptionerSettings()
    scorers: ScorerSettings = ScorerSettings()
    safety: SafetySettings = SafetySettings()
    styles: Mapping[str, str]

    @field_validator("styles")
    @classmethod
    def _freeze(cls, styles: Mapping[str, str]) -> Mapping[str, str]:
        return MappingProxyType(dict(styles))


class ModelSettings(_Frozen):
    """Everything an engine needs. `styles` maps a style's name to the words appended to a prompt.

    `models` are whole pipelines by name beside `image`.
    """

    preset: str
    llm: LLMSettings
    image: ImageSettings
    models: dict[Name, NamedImageSettings] = {}
    captioner: CaptionerSettings = CaptionerSettings()
    scorers: ScorerSettings = ScorerSettings()
    safety: SafetySettings = SafetySettings()
    styles: dict[str, str]

    def painter(self, model: str | None) -> ImageSettings:
        """The settings of the pipeline of that name; for "", None and unknown names those of [image]."""
        return self.models.get(model or "") or self.image


class RemoteServers(_Frozen):
    """Servers of one kind of model elsewhere that speak OpenAI's protocol; any of them will do.

    `urls` end where `/chat/completions` or `/images/generations` begin, as in `http://10.0.0.2:8000/v1`.
    `model` is the name there; "" takes the one that a server offers. `key` goes into the Authorization
    header and is shown nowhere. After `timeout_s` seconds without a sign of a server's life its requests are
    given up; `retries` is how often one that met a server that is away or talks nonsense is made again, there
    or elsewhere.
    """

    urls: tuple[str, ...] = Field(min_length=1)
    model: str = ""
    key: SecretStr | None = None
    timeout_s: float = 60.0
    retries: int = 2
