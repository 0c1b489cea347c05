"""A reference picture by an IP-Adapter: its effect, what stays as without one, and what is refused."""

import dataclasses
import io
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from model.engine import PaintProgress, PaintRequest, PaintResult
from model.errors import BadRequest, ConfigError, LoadError, ModelError, Unsupported
from model.pictures import denoising
from model.pictures import painter as module
from model.pictures.painter import Painter
from model.pictures.painters import Painters
from model.pictures.png_metadata import read_parameters
from model.presets import resolve
from model.serving.local_engine import _in_one_batch
from model.settings import ImageSettings
from tests.model.matrix.pictures.builders.unets import lcm
from tests.model.matrix.pictures.editing import mask, source
from tests.model.matrix.pictures.looking import png
from tests.model.pictures.test_painter import difference
from tests.model.small_ip_adapter import save_image_encoder, save_ip_adapter, save_plus_adapter

FAMILIES = ("sd", "sdxl")


def picture(seed: int) -> bytes:
    """Noise, which no two seeds share."""
    pixels = np.random.default_rng(seed).integers(0, 255, (80, 60, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


PLAIN = PaintRequest("a red house", (1, 2), width=64, height=64, steps=3, guidance=3.0)
STYLE = dataclasses.replace(PLAIN, reference=picture(1))
CHARACTER = dataclasses.replace(STYLE, reference_as="character")


def settings(model: Path, **more: Any) -> ImageSettings:
    given = {"steps": 3, "guidance": 3.0, "width": 64, "height": 64, "device": "cpu", "threads": 1}
    return ImageSettings(model=str(model), **{**given, **more})


@pytest.fixture(scope="module")
def adapters(pipelines: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    from diffusers import DiffusionPipeline

    root = tmp_path_factory.mktemp("adapters")
    made = {}
    for family in FAMILIES:
        pipe = DiffusionPipeline.from_pretrained(pipelines[family])
        made[family] = save_ip_adapter(pipe, root / family)
        save_image_encoder(root / family / "image_encoder")
    return made


@pytest.fixture(scope="module")
def painters(pipelines: dict[str, Path], adapters: dict[str, Path]) -> dict[str, Painter]:
    return {
        family: Painter.load(settings(pipelines[family], ip_adapter=str(adapters[family])))
        for family in FAMILIES
    }


def one(result: PaintResult | Exception) -> PaintResult:
    assert isinstance(result, PaintResult), result
    return result


def same(one: PaintResult, other: PaintResult) -> bool:
    return all(difference(a, b) <= 1 for a, b in zip(one.pictures, other.pictures, strict=True))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_reference_changes_the_picture_and_leaves_no_trace(
    pipelines: dict[str, Path], painters: dict[str, Painter], family: str
) -> None:
    painter = painters[family]
    without = Painter.load(settings(pipelines[family])).paint(PLAIN)
    assert painter.capabilities.references == ("repaint", "keep", "region")
    assert painter.paint(PLAIN).pictures == without.pictures, "to the bit: nothing lies over the U-Net"
    style, character = painter.paint(STYLE), painter.paint(CHARACTER)
    other = painter.paint(dataclasses.replace(CHARACTER, reference=picture(2)))
    for first, second in ((style, without), (character, without), (style, character), (character, other)):
        assert not same(first, second)
    assert painter.paint(PLAIN).pictures == without.pictures
    written = read_parameters(style.pictures[0].png)
    assert written is not None
    assert written.reference == "style"


@pytest.mark.parametrize("family", FAMILIES)
def test_no_weight_is_as_without_a_reference(painters: dict[str, Painter], family: str) -> None:
    painter = painters[family]
    plain = painter.paint(PLAIN)
    for request in (STYLE, CHARACTER):
        assert same(painter.paint(dataclasses.replace(request, reference_weight=0.0)), plain)
        little, much = (
            painter.paint(dataclasses.replace(request, reference_weight=weight)) for weight in (0.2, 1.0)
        )
        assert not same(little, much)


def test_a_style_of_sdxl_is_one_layer(painters: dict[str, Painter]) -> None:
    adapter = painters["sdxl"]._brushes.pick(STYLE).adapter
    assert adapter is not None
    scales = []
    for request in (STYLE, CHARACTER):
        with adapter.laid_over(request):
            processors = adapter._unet.attn_processors.items()
            scales.append({name: list(p.scale) for name, p in processors if hasattr(p, "scale")})
    style = [name for name, scale in scales[0].items() if scale != [0.0]]
    assert [name.split(".transformer")[0] for name in style] == ["up_blocks.0.attentions.1"]
    assert set(map(tuple, scales[1].values())) == {(0.7,)}
    plain = adapter._unet.attn_processors.values()
    assert not any(hasattr(processor, "scale") for processor in plain)


@pytest.mark.parametrize("family", FAMILIES)
def test_seeds_are_equal_in_any_batch_and_people_are_kept_apart(
    painters: dict[str, Painter], family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[list[int]] = []
    paint_batch = denoising.paint_batch

    def noting(pipe: Any, call: Any, arguments: Any, seeds: Any, *more: Any) -> Any:
        batches.append(list(seeds))
        return paint_batch(pipe, call, arguments, seeds, *more)

    monkeypatch.setattr(module, "paint_batch", noting)
    painter = painters[family]
    requests = [PLAIN, STYLE, dataclasses.replace(PLAIN, seeds=(5,)), dataclasses.replace(STYLE, seeds=(2,))]
    together = [one(result) for result in painter.paint_together(requests, [None] * 4)]
    assert batches == [[1, 2], [1, 2], [5], [2]]
    assert together[0].pictures == painter.paint(PLAIN).pictures
    assert difference(together[1].pictures[1], together[3].pictures[0]) <= 1
    assert _in_one_batch(STYLE) is None


def test_one_that_reads_more_of_the_picture(
    pipelines: dict[str, Path], adapters: dict[str, Path], tmp_path: Path
) -> None:
    from diffusers import DiffusionPipeline

    folder = save_plus_adapter(DiffusionPipeline.from_pretrained(pipelines["sd"]), tmp_path / "plus")
    shutil.copytree(adapters["sd"] / "image_encoder", folder / "image_encoder")
    painter = Painter.load(settings(pipelines["sd"], ip_adapter=str(folder)))
    assert not same(painter.paint(STYLE), painter.paint(PLAIN))
    narrow = save_plus_adapter(DiffusionPipeline.from_pretrained(pipelines["sd"]), tmp_path / "plus", sees=20)
    with pytest.raises(LoadError, match="reads 20 numbers of a picture, and its image encoder gives 16"):
        Painter.load(settings(pipelines["sd"], ip_adapter=str(narrow)))


def test_lcm_takes_one_too(adapters: dict[str, Path], tmp_path: Path) -> None:
    torch.manual_seed(0)
    pipe = lcm()
    pipe.save_pretrained(tmp_path / "lcm", safe_serialization=True)
    folder = save_ip_adapter(pipe, tmp_path / "adapter")
    shutil.copytree(adapters["sd"] / "image_encoder", folder / "image_encoder")
    painter = Painter.load(settings(tmp_path / "lcm", ip_adapter=str(folder)))
    plain = painter.paint(PLAIN)
    assert not same(painter.paint(CHARACTER), plain)
    assert painter.paint(PLAIN).pictures == plain.pictures


def test_a_lora_and_an_adapter_lie_over_the_pipeline_together(
    pipelines: dict[str, Path], adapters: dict[str, Path], tmp_path: Path
) -> None:
    lora = str(save_lora(pipelines["sd"], tmp_path / "lora"))
    alone = Painter.load(settings(pipelines["sd"], loras={"comic": lora}))
    both = Painter.load(settings(pipelines["sd"], loras={"comic": lora}, ip_adapter=str(adapters["sd"])))
    comic = dataclasses.replace(PLAIN, lora="comic")
    after = dataclasses.replace(comic, reference=picture(1))
    assert both.paint(comic).pictures == alone.paint(comic).pictures
    assert not same(both.paint(after), both.paint(comic))
    assert not same(both.paint(after), both.paint(STYLE))
    assert both.paint(PLAIN).pictures == alone.paint(PLAIN).pictures
    assert both.size > alone.size


def save_lora(model: Path, folder: Path) -> Path:
    """Random LoRA weights of the whole attention, strong enough to be seen."""
    from diffusers import StableDiffusionPipeline
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    pipe = StableDiffusionPipeline.from_pretrained(model)
    torch.manual_seed(1)
    targets = ["to_q", "to_k", "to_v"]
    pipe.unet.add_adapter(LoraConfig(r=2, init_lora_weights=False, target_modules=targets), adapter_name="x")
    layers = {
        key: 20 * value for key, value in get_peft_model_state_dict(pipe.unet, adapter_name="x").items()
    }
    StableDiffusionPipeline.save_lora_weights(folder, unet_lora_layers=layers)
    return folder


def test_it_works_over_a_picture_and_inside_a_mask(painters: dict[str, Painter]) -> None:
    over = dataclasses.replace(PLAIN, init_image=png(source()), seeds=(1,))
    keep = dataclasses.replace(over, way="keep", keep=0.3)
    region = dataclasses.replace(over, way="region", mask=mask())
    for family in FAMILIES:
        for request in (keep, region):
            plain = painters[family].paint(request)
            after = painters[family].paint(dataclasses.replace(request, reference=picture(1)))
            assert not same(plain, after)
            assert painters[family].paint(request).pictures == plain.pictures


def test_progress_is_told_and_a_cancelled_one_leaves_no_trace(painters: dict[str, Painter]) -> None:
    painter, plain = painters["sd"], painters["sd"].paint(PLAIN)
    steps: list[int] = []
    painter.paint(STYLE, lambda progress: steps.append(progress.step))
    assert steps == [1, 2, 3]

    def cancel(progress: PaintProgress) -> None:
        if progress.step == 2:
            raise KeyError("nobody waits")

    with pytest.raises(KeyError):
        painter.paint(STYLE, cancel)
    assert painter.paint(PLAIN).pictures == plain.pictures


def test_without_an_adapter_or_in_a_wrong_way_it_is_refused(
    pipelines: dict[str, Path], painters: dict[str, Painter]
) -> None:
    bare = Painter.load(settings(pipelines["sd"]))
    assert bare.capabilities.references == ()
    with pytest.raises(Unsupported, match="paints after no reference picture here"):
        bare.paint(STYLE)
    with pytest.raises(BadRequest, match="reference_weight is 0 to 1"):
        painters["sd"].paint(dataclasses.replace(STYLE, reference_weight=1.5))
    with pytest.raises(BadRequest, match="need a reference"):
        painters["sd"].paint(dataclasses.replace(PLAIN, reference_as="character"))
    with pytest.raises(ConfigError, match="takes no IP-Adapter"):
        Painter.load(settings(pipelines["flux"], ip_adapter="some/where", ip_adapter_file="x.safetensors"))


def test_an_edit_by_the_painter_itself_takes_no_reference(
    pipelines: dict[str, Path], adapters: dict[str, Path]
) -> None:
    painter = Painter.load(settings(pipelines["sd"], ip_adapter=str(adapters["sd"]), diffedit=True))
    assert painter.capabilities.edit
    assert painter.capabilities.references == ("repaint", "keep", "region")
    edit = dataclasses.replace(STYLE, way="edit", init_image=png(source()), instruction="make it blue")
    with pytest.raises(Unsupported, match="takes no reference picture"):
        painter.paint(edit)


def test_what_a_named_model_can_do_is_known_before_it_is_loaded(
    pipelines: dict[str, Path], adapters: dict[str, Path]
) -> None:
    own = settings(pipelines["sd"])
    painters = Painters({"": own}, None, 1)
    painters.foresee("xl", settings(pipelines["sdxl"], ip_adapter=str(adapters["sdxl"])))
    assert painters._able["xl"].references == ("repaint", "keep", "region")


def spoiled(adapters: dict[str, Path], folder: Path, change: str) -> tuple[Path, dict[str, str]]:
    """A copy of the adapter with something wrong, and the settings beside its folder."""
    from safetensors.torch import load_file, save_file

    copy = shutil.copytree(adapters["sd"], folder / "copy")
    file = copy / "ip-adapter.safetensors"
    match change:
        case "no file":
            file.unlink()
        case "several files":
            shutil.copy(file, copy / "other.safetensors")
        case "pickle":
            return copy, {"ip_adapter_file": "ip-adapter.bin"}
        case "no encoder":
            shutil.rmtree(copy / "image_encoder")
        case "pickled encoder":
            (copy / "image_encoder" / "model.safetensors").rename(copy / "image_encoder" / "model.bin")
        case "other encoder":
            weights = load_file(file)
            weights["image_proj.proj.weight"] = weights["image_proj.proj.weight"][:, :-2].clone()
            save_file(weights, file)
        case "no adapter":
            save_file({"lora.weight": load_file(file)["image_proj.norm.weight"]}, file)
        case "faces":
            weights = load_file(file)
            weights["image_proj.proj.0.weight"] = weights.pop("image_proj.proj.weight")
            save_file(weights, file)
    return copy, {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("no file", "There is no IP-Adapter at"),
        ("several files", r"several IP-Adapters at .* name one in ip_adapter_file"),
        ("pickle", "take the .safetensors file"),
        ("no encoder", "no image encoder in safetensors at"),
        ("pickled encoder", "no image encoder in safetensors at"),
        ("other encoder", "reads 22 numbers of a picture, and its image encoder gives 24"),
        ("no adapter", "is no IP-Adapter"),
        ("faces", "take a plain IP-Adapter"),
    ],
)
def test_an_adapter_that_cannot_be_used_is_refused_at_the_start(
    pipelines: dict[str, Path], adapters: dict[str, Path], tmp_path: Path, change: str, said: str
) -> None:
    folder, more = spoiled(adapters, tmp_path, change)
    with pytest.raises(LoadError, match=said):
        Painter.load(settings(pipelines["sd"], ip_adapter=str(folder), **more))


def test_one_of_another_pipeline_is_refused(pipelines: dict[str, Path], adapters: dict[str, Path]) -> None:
    with pytest.raises(LoadError, match="check that it was made for this pipeline"):
        Painter.load(settings(pipelines["sd"], ip_adapter=str(adapters["sdxl"])))


def test_files_elsewhere_in_its_folder_are_named(
    pipelines: dict[str, Path], adapters: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "sdxl_models").mkdir()
    shutil.copy(adapters["sd"] / "ip-adapter.safetensors", tmp_path / "sdxl_models" / "plus.safetensors")
    shutil.copytree(adapters["sd"] / "image_encoder", tmp_path / "models" / "image_encoder")
    found = {"ip_adapter_file": "sdxl_models/plus.safetensors", "image_encoder": "models/image_encoder"}
    painter = Painter.load(settings(pipelines["sd"], ip_adapter=str(tmp_path), **found))
    assert painter.capabilities.references


def test_settings_without_effect_are_refused() -> None:
    with pytest.raises(ConfigError, match="image_encoder has no effect without ip_adapter"):
        resolve("tiny", image={"image_encoder": "x"})
    with pytest.raises(ModelError, match="name its file in ip_adapter_file"):
        Painter.load(resolve("tiny").image.model_copy(update={"ip_adapter": "h94/IP-Adapter"}))
