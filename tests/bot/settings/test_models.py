"""[models.NAME]: whole pipelines by name."""

from pathlib import Path

import pytest

from bot.settings import load_settings
from model.errors import ConfigError
from tests.bot.settings.problems import PHOTO, problems_of

PHOTO_INLINE = '{ model = "c/d", steps = 4, guidance = 0.0, width = 512, height = 512 }'


def test_pipelines_by_name_have_their_own_numbers_and_run_as_the_usual_one(tmp_path: Path) -> None:
    path = tmp_path / "bot.toml"
    path.write_text(f'[image]\ntiling = true\nscheduler = "EulerDiscrete"\n{PHOTO}cost = 2\n')
    models = load_settings(path, {"DIFFCHAT__MODELS__SLOW": PHOTO_INLINE}).models()
    assert list(models.models) == ["photo", "slow"]
    photo = models.models["photo"]
    assert (photo.model, photo.steps, photo.height, photo.cost) == ("a/b", 30, 768, 2)
    assert (photo.tiling, photo.scheduler, photo.negative_prompt) == (True, "", "")
    assert models.painter("photo") == photo
    assert models.painter("gone") == models.painter(None) == models.image


PHOTO_INLINE = '{ model = "c/d", steps = 4, guidance = 0.0, width = 512, height = 512 }'


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[models.photo]\nmodel = "a/b"\nwidth = 512\nheight = 512\nsteps = 4\n', "guidance: is needed"),
        (PHOTO.replace("30", "0"), "[models.photo] steps = 0: allowed is"),
        (f"{PHOTO}memory = 4.0\n", "there is no such key"),
        (f"{PHOTO}stepps = 4\n", 'did you mean "steps"'),
        ("[models]\nphoto = 3\n", "[models.photo] = 3: allowed is a section"),
        ("models = 3\n", "[models] = 3: allowed is a section"),
    ],
)
def test_what_is_wrong_in_one_is_named_with_its_section(tmp_path: Path, toml: str, said: str) -> None:
    [problem] = problems_of(tmp_path, toml)
    assert said in problem


def test_a_pipeline_may_not_be_called_as_a_lora(tmp_path: Path) -> None:
    path = tmp_path / "bot.toml"
    path.write_text(f'[image]\nloras = {{ photo = "./photo" }}\n{PHOTO}')
    with pytest.raises(ConfigError, match="name of a LoRA"):
        load_settings(path, {}).models()
