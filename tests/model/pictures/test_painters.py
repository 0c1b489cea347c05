"""Several pipelines in one process: loaded when asked for, within a budget, the one used longest ago goes."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import torch

from model.engine import PaintProgress, PaintRequest
from model.errors import BadRequest, ConfigError, LoadError
from model.pictures.families import family_of
from model.pictures.outlook import foreseen
from model.pictures.painter import Painter
from model.pictures.painters import Painters
from model.pictures.safety import PictureCheck
from model.pictures.schedulers import schedulers_of
from model.settings import ImageSettings, NamedImageSettings

REQUEST = PaintRequest("a red house", (1,), width=64, height=64, steps=2, guidance=3.0)
ROOMY = 2**30


def image(folder: Path | str, **more: Any) -> NamedImageSettings:
    values: dict[str, Any] = {"steps": 2, "guidance": 3.0, "width": 64, "height": 64, "device": "cpu"}
    return NamedImageSettings(model=str(folder), **values | more)


class Counted:
    """Loads painters and notes which; `full` loads fail for lack of memory first."""

    def __init__(self, full: int = 0) -> None:
        self.loads: list[str] = []
        self.full = full

    def __call__(self, settings: ImageSettings, safety: PictureCheck | None) -> Painter:
        self.loads.append(Path(settings.model).name)
        if self.full and len(self.loads) > 1:
            self.full -= 1
            raise torch.OutOfMemoryError("out of memory")
        return Painter.load(settings, safety)


@pytest.fixture
def three(pipelines: dict[str, Path]) -> dict[str, ImageSettings]:
    return {"": image(pipelines["sd"]), "xl": image(pipelines["sdxl"]), "again": image(pipelines["sd"])}


def test_a_named_pipeline_paints_as_it_does_alone(pipelines: dict[str, Path]) -> None:
    painters = Painters.load(image(pipelines["sd"]), {"xl": image(pipelines["sdxl"])})
    assert painters.loaded == ("",)
    seen: list[PaintProgress] = []
    asked = dataclasses.replace(REQUEST, model="xl")
    painted = painters.paint(asked, seen.append)
    assert painted.model == "small-sdxl"
    assert [(told.loading, told.step, told.of) for told in seen] == [("xl", 0, 0), ("", 1, 2), ("", 2, 2)]
    alone = Painter.load(image(pipelines["sdxl"])).paint(REQUEST)
    assert painted.pictures == alone.pictures
    assert painters.paint(REQUEST).pictures == Painter.load(image(pipelines["sd"])).paint(REQUEST).pictures


def test_what_fits_stays_and_is_loaded_once(three: dict[str, ImageSettings]) -> None:
    load = Counted()
    painters = Painters(three, None, ROOMY, load)
    for name in ("", "xl", "", "again", "xl"):
        painters.get(name)
    assert load.loads == ["small-sd", "small-sdxl", "small-sd"]
    assert painters.loaded == ("", "again", "xl")


def test_the_one_used_longest_ago_makes_room(three: dict[str, ImageSettings]) -> None:
    sizes = {name: Painter.load(one).size for name, one in three.items()}
    assert all(sizes.values())
    painters = Painters(three, None, sizes[""] + sizes["xl"])
    painters.get("")
    painters.get("xl")
    painters.get("")
    painters.get("again")
    assert painters.loaded == ("", "again")
    painters.get("xl")
    assert painters.loaded == ("again", "xl")


def test_one_pipeline_is_always_allowed(three: dict[str, ImageSettings]) -> None:
    painters = Painters(three, None, 1)
    painters.get("")
    told: list[PaintProgress] = []
    painters.get("xl", told.append)
    painters.get("", told.append)
    assert painters.loaded == ("",)
    assert [one.loading for one in told] == ["xl", "small-sd"]


def test_where_memory_lacks_all_others_go_and_it_is_tried_once_more(three: dict[str, ImageSettings]) -> None:
    load = Counted(full=1)
    painters = Painters(three, None, ROOMY, load)
    painters.get("")
    painters.get("xl")
    assert load.loads == ["small-sd", "small-sdxl", "small-sdxl"]
    assert painters.loaded == ("xl",)


def test_one_that_never_fits_says_so(three: dict[str, ImageSettings]) -> None:
    painters = Painters(three, None, ROOMY, Counted(full=2))
    painters.get("")
    with pytest.raises(torch.OutOfMemoryError):
        painters.get("xl")
    assert painters.get("").size


def test_an_unknown_name_is_refused(three: dict[str, ImageSettings]) -> None:
    with pytest.raises(BadRequest, match='no model "photo"'):
        Painters(three, None, ROOMY).paint(dataclasses.replace(REQUEST, model="photo"))


def test_wrong_settings_of_one_are_told_at_the_start(pipelines: dict[str, Path]) -> None:
    with pytest.raises(LoadError, match="no picture pipeline"):
        Painters.load(image(pipelines["sd"]), {"photo": image("./nowhere")})
    with pytest.raises(ConfigError, match=r"\[models.photo\]"):
        Painters.load(
            image(pipelines["sd"]), {"photo": image(pipelines["sdxl"], guidance=0.5, negative_prompt="text")}
        )


def test_abilities_are_known_before_and_after(pipelines: dict[str, Path]) -> None:
    """Told from the small files they are the same as from the loaded pipeline, for every family here."""
    for folder in pipelines.values():
        settings = image(folder, guidance=0.0)
        try:
            seen = foreseen(settings)
        except LoadError:
            continue
        pipe = Painter.load(settings)._pipe
        assert seen == (family_of(pipe), schedulers_of(pipe)), folder.name
