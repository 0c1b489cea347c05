"""Painting: every family of pipelines, seeds, batches, sizes, progress, memory, starting pictures."""

import dataclasses
import io
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from transformers import CLIPConfig, CLIPImageProcessor

from model.engine import PaintProgress, PaintRequest, Picture
from model.errors import BadImage, BadRequest, LoadError, OutOfMemory, PictureRefused
from model.pictures import arguments as painting
from model.pictures.arguments import schedule
from model.pictures.painter import Painter
from model.pictures.png_metadata import read_parameters
from model.serving import wire
from model.settings import ImageSettings

FAMILIES = ("sd", "sdxl", "sd3", "flux")


def load(folder: Path, **more: Any) -> Painter:
    settings = {"steps": 3, "guidance": 3.0, "width": 64, "height": 64, "device": "cpu", "threads": 1}
    return Painter.load(ImageSettings(model=str(folder), **{**settings, **more}))


@pytest.fixture(scope="module")
def painters(pipelines: dict[str, Path]) -> dict[str, Painter]:
    return {kind: load(folder) for kind, folder in pipelines.items()}


REQUEST = PaintRequest("a red house", (1, 2, 3), width=64, height=64, steps=3, guidance=3.0)


def pixels(picture: Picture) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture.png)), dtype=np.int16)


def difference(one: Picture, other: Picture) -> int:
    return int(np.abs(pixels(one) - pixels(other)).max())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_seed_gives_the_same_picture_whatever_the_batch(painters: dict[str, Painter], family: str) -> None:
    together = painters[family].paint(REQUEST)
    assert [p.seed for p in together.pictures] == [1, 2, 3]
    assert together.model == f"small-{family}"
    for picture in together.pictures:
        alone = painters[family].paint(dataclasses.replace(REQUEST, seeds=(picture.seed,))).pictures[0]
        assert difference(picture, alone) <= 1
    assert difference(together.pictures[0], together.pictures[1]) > 1


@pytest.mark.parametrize("family", FAMILIES)
def test_starting_from_a_picture_keeps_of_it_what_was_asked(
    painters: dict[str, Painter], family: str
) -> None:
    painter = painters[family]
    start = painter.paint(dataclasses.replace(REQUEST, seeds=(9,))).pictures[0]
    again = {}
    for keep in (0.3, 0.9):
        request = dataclasses.replace(REQUEST, way="keep", init_image=start.png, keep=keep)
        together = painter.paint(request)
        alone = painter.paint(dataclasses.replace(request, seeds=(2,)))
        assert difference(together.pictures[1], alone.pictures[0]) <= 1
        again[keep] = together.pictures[0]
    assert not np.array_equal(pixels(again[0.3]), pixels(again[0.9]))


@pytest.mark.parametrize("family", FAMILIES)
def test_long_prompts_are_read_to_the_end(painters: dict[str, Painter], family: str) -> None:
    shared = "a fox in the snow under a pale winter sun, " * 6
    red, green = (
        painters[family].paint(dataclasses.replace(REQUEST, prompt=shared + end, seeds=(1, 2), guidance=5.0))
        for end in ("red", "green and blue")
    )
    assert not np.array_equal(pixels(red.pictures[0]), pixels(green.pictures[0]))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_negative_prompt_matters_also_when_it_is_long(painters: dict[str, Painter], family: str) -> None:
    results = [
        painters[family].paint(dataclasses.replace(REQUEST, negative_prompt=text, seeds=(1,)))
        for text in ("", "blurry", "blurry, " * 30)
    ]
    first, short, long = (pixels(result.pictures[0]) for result in results)
    assert not np.array_equal(first, short)
    assert not np.array_equal(short, long)


@pytest.mark.parametrize(("family", "expected"), [("sd", (72, 88)), ("sd3", (64, 80)), ("flux", (64, 80))])
def test_sizes_are_kept_or_rounded_down_to_what_the_pipeline_can(
    painters: dict[str, Painter], family: str, expected: tuple[int, int]
) -> None:
    picture = (
        painters[family].paint(dataclasses.replace(REQUEST, seeds=(1,), width=72, height=88)).pictures[0]
    )
    assert (picture.width, picture.height) == expected
    assert Image.open(io.BytesIO(picture.png)).size == expected


def test_progress_counts_every_step_of_every_batch(pipelines: dict[str, Path]) -> None:
    painter = load(pipelines["sd"], batch=2, previews=True)
    seen: list[PaintProgress] = []
    painter.paint(dataclasses.replace(REQUEST, steps=4), seen.append)
    assert [(p.step, p.of) for p in seen] == [(i, 8) for i in range(1, 9)]
    assert [p.preview is not None for p in seen] == [True] * 3 + [False] * 5
    assert Image.open(io.BytesIO(seen[0].preview or b"")).size == (64, 64)


def test_an_exception_in_the_callback_stops_between_steps(painters: dict[str, Painter]) -> None:
    class Stop(Exception):
        pass

    seen = []

    def stop_after_two(progress: PaintProgress) -> None:
        seen.append(progress.step)
        if progress.step == 2:
            raise Stop

    with pytest.raises(Stop):
        painters["sd"].paint(dataclasses.replace(REQUEST, steps=20), stop_after_two)
    assert seen == [1, 2]


@pytest.mark.parametrize(("most", "batches"), [(2, [4, 2, 2]), (1, [4, 2, 1, 1, 1, 1])])
def test_out_of_memory_halves_the_batch(
    pipelines: dict[str, Path], monkeypatch: pytest.MonkeyPatch, most: int, batches: list[int]
) -> None:
    painter = load(pipelines["sd"])
    sizes: list[int] = []
    _limit_memory(monkeypatch, painter, most, sizes)
    result = painter.paint(dataclasses.replace(REQUEST, seeds=(1, 2, 3, 4), steps=1))
    assert sizes == batches
    assert [p.seed for p in result.pictures] == [1, 2, 3, 4]


def test_one_picture_too_large_is_an_error_that_says_what_to_do(
    pipelines: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    painter = load(pipelines["sd"])
    _limit_memory(monkeypatch, painter, 0, [])
    with pytest.raises(OutOfMemory, match="64x64 pixels does not fit"):
        painter.paint(REQUEST)


def _limit_memory(monkeypatch: pytest.MonkeyPatch, painter: Painter, most: int, sizes: list[int]) -> None:
    """Let the U-Net of this painter fail like a small GPU for more than `most` pictures at once."""
    unet = painter._pipe.unet
    forward = unet.forward

    def limited(sample: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        pictures = sample.shape[0] // 2  # guidance doubles the batch
        sizes.append(pictures)
        if pictures > most:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return forward(sample, *args, **kwargs)

    monkeypatch.setattr(unet, "forward", limited)


@pytest.mark.parametrize(
    "change",
    [
        {"seeds": ()}, {"seeds": (-1,)}, {"width": 65}, {"height": 0}, {"steps": 0}, {"guidance": -1.0},
        {"way": "keep", "init_image": b"x", "keep": 0.0}, {"width": 100_000},
    ],
)  # fmt: skip
def test_numbers_out_of_range_are_refused(painters: dict[str, Painter], change: dict[str, Any]) -> None:
    with pytest.raises(BadRequest, match="cannot be painted like this"):
        painters["sd"].paint(dataclasses.replace(REQUEST, **change))


def test_a_start_that_is_no_picture_is_refused(painters: dict[str, Painter]) -> None:
    with pytest.raises(BadImage):
        painters["sd"].paint(dataclasses.replace(REQUEST, way="keep", init_image=b"no picture", keep=0.5))


def test_pictures_say_how_they_were_painted(painters: dict[str, Painter]) -> None:
    picture = painters["sd"].paint(dataclasses.replace(REQUEST, negative_prompt="fog")).pictures[1]
    parameters = read_parameters(picture.png)
    assert parameters is not None
    assert (parameters.prompt, parameters.negative_prompt, parameters.seed) == ("a red house", "fog", 2)
    assert (parameters.sampler, parameters.size, parameters.model) == ("DDIM", (64, 64), "small-sd")


class DarkCheck:
    """Refuses pictures darker than the middle of those it was told of."""

    def __init__(self, limit: float) -> None:
        self.limit = limit

    def check(self, image: Image.Image) -> None:
        if np.asarray(image).mean() < self.limit:
            raise PictureRefused("The picture is too dark.")


def test_a_refused_picture_does_not_take_the_others_with_it(
    painters: dict[str, Painter], pipelines: dict[str, Path]
) -> None:
    light = sorted(pixels(picture).mean() for picture in painters["sd"].paint(REQUEST).pictures)
    painter = load(pipelines["sd"])
    painter._safety = DarkCheck((light[0] + light[1]) / 2)
    result = painter.paint(REQUEST)
    assert len(result.pictures) == 2
    assert result.refusals == ("The picture is too dark.",)
    assert wire.paint_result(*wire.result_fields(result)) == result
    marked = painter.paint(dataclasses.replace(REQUEST, unsafe="mark"))
    assert sorted(picture.unsafe for picture in marked.pictures) == ["", "", "The picture is too dark."]
    assert marked.refusals == ()
    assert wire.paint_result(*wire.result_fields(marked)) == marked
    painter._safety = DarkCheck(256)
    with pytest.raises(PictureRefused, match="too dark"):
        painter.paint(REQUEST)


def test_a_pipelines_own_checker_takes_only_what_it_refuses(pipelines: dict[str, Path]) -> None:
    painter = load(pipelines["sd"])
    painter._pipe.feature_extractor = CLIPImageProcessor(size={"shortest_edge": 30}, crop_size=30)
    painter._pipe.safety_checker = checker = own_checker()
    assert len(painter.paint(REQUEST).pictures) == 3
    painted = painter.paint(REQUEST).pictures
    images = [Image.open(io.BytesIO(picture.png)) for picture in painted]
    inputs = painter._pipe.feature_extractor(images, return_tensors="pt")
    with torch.inference_mode():
        seen = checker.visual_projection(checker.vision_model(inputs.pixel_values)[1])
    checker.concept_embeds.data[0] = seen[0].clone()
    likest = float(torch.cosine_similarity(seen[:1], seen[1:]).max())
    checker.concept_embeds_weights.data[0] = (1 + likest) / 2
    result = painter.paint(dataclasses.replace(REQUEST, unsafe="mark"))
    assert [picture.seed for picture in result.pictures] == [2, 3]
    assert result.refusals == ("The pipeline's own safety checker refused the picture: change the prompt.",)
    checker.concept_embeds_weights.data[:] = -2
    with pytest.raises(PictureRefused, match="own safety checker"):
        painter.paint(REQUEST)


def own_checker() -> Any:
    """The class that Stable Diffusion ships, small, with thresholds that nothing reaches."""
    from diffusers.pipelines.stable_diffusion import StableDiffusionSafetyChecker

    torch.manual_seed(0)
    vision = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = CLIPConfig(vision_config={**vision, "image_size": 30, "patch_size": 15}, projection_dim=8)
    checker = StableDiffusionSafetyChecker(config).eval()
    for thresholds in (checker.concept_embeds_weights, checker.special_care_embeds_weights):
        thresholds.data[:] = 2.0
    return checker


def test_what_clip_does_not_read_of_a_prompt_is_not_repeated_in_the_log(
    painters: dict[str, Painter], capfd: pytest.CaptureFixture[str]
) -> None:
    painters["sd3"].paint(dataclasses.replace(REQUEST, prompt="a fox in the snow, " * 20))
    assert "truncated" not in capfd.readouterr().err


@pytest.mark.parametrize("family", ["sd3", "flux"])
def test_a_prompt_beyond_what_t5_reads_is_refused_not_cut(painters: dict[str, Painter], family: str) -> None:
    with pytest.raises(BadRequest, match=r"the picture model reads 512: use fewer words"):
        painters[family].paint(dataclasses.replace(REQUEST, prompt="a fox in the snow, " * 60))


def test_what_is_no_pipeline_is_refused_in_words(pipelines: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="does not exist"):
        load(tmp_path / "nowhere")
    with pytest.raises(LoadError, match=r"no model_index\.json"):
        load(tmp_path)
    pickled = shutil.copytree(pipelines["sd"], tmp_path / "pickled")
    weights = pickled / "unet" / "diffusion_pytorch_model.safetensors"
    torch.save({}, weights.with_suffix(".bin"))
    weights.unlink()
    with pytest.raises(LoadError, match="could not be loaded"):
        load(pickled)


@given(st.integers(1, 60), st.floats(0.001, 1.0))
def test_starting_from_a_picture_always_leaves_a_step_to_do(steps: int, keep: float) -> None:
    length, strength = schedule(steps, keep)
    assert length >= steps
    assert 0 < strength <= 1
    assert int(length * strength) >= 1
    assert strength >= painting._LEAST_STRENGTH
