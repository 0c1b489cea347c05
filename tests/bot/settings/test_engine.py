"""Models elsewhere: servers and their addresses, and what goes with an engine of which kind."""

from pathlib import Path

import pytest

from bot.settings import Settings, load_settings, servers_from
from model.presets import PRESETS
from tests.bot.settings.problems import problems_of

BOT_TOML = Path(__file__).resolve().parents[3] / "bot.toml"

URL = "http://10.0.0.2:8000/v1"


def test_servers_elsewhere_take_their_keys_from_the_environment_alone() -> None:
    environ = {
        "DIFFCHAT__ENGINE__KIND": "remote",
        "DIFFCHAT__PICTURES_AT__URLS": f'["{URL}"]',
        "DIFFCHAT__PICTURES_AT__MODEL": "sd",
        "DIFFCHAT_PICTURES_KEY": " secret ",
    }
    settings = load_settings(BOT_TOML, environ)
    words, pictures, captions = servers_from(settings, environ)
    assert captions is None
    assert words is None, "what no servers are named for stays here"
    assert pictures is not None
    assert (pictures.urls, pictures.model, pictures.timeout_s) == ((URL,), "sd", 180.0)
    assert pictures.key is not None
    assert pictures.key.get_secret_value() == "secret"
    assert "secret" not in f"{settings!r} {pictures!r} {pictures.model_dump_json()}"
    assert not settings.paints_tinyworld
    assert servers_from(Settings(), environ) == (None, None, None)


def test_a_captioner_elsewhere_goes_with_pictures_elsewhere(tmp_path: Path) -> None:
    remote = f'[engine]\nkind = "remote"\n[captions_at]\nurls = ["{URL}"]\n'
    [problem] = problems_of(tmp_path, f'{remote}[words_at]\nurls = ["{URL}"]')
    assert problem.startswith("[captions_at] urls: needs urls in [pictures_at]")
    environ = {
        "DIFFCHAT__ENGINE__KIND": "remote",
        "DIFFCHAT__PICTURES_AT__URLS": f'["{URL}"]',
        "DIFFCHAT__CAPTIONS_AT__URLS": f'["{URL}"]',
        "DIFFCHAT__CAPTIONS_AT__MODEL": "vision",
        "DIFFCHAT_CAPTIONS_KEY": "secret",
    }
    captions = servers_from(load_settings(BOT_TOML, environ), environ).captions
    assert captions is not None
    assert (captions.model, captions.timeout_s) == ("vision", 60.0)
    assert captions.key is not None
    assert captions.key.get_secret_value() == "secret"


def test_a_preset_for_a_gpu_needs_none_here_where_its_models_are_elsewhere() -> None:
    given = {
        "preset": {"name": "sdxl"},
        "engine": {"kind": "remote"},
        "words_at": {"urls": (URL,)},
        "pictures_at": {"urls": (URL,)},
    }
    models = Settings.model_validate(given).models()
    assert models.image.width == PRESETS["sdxl"].image.width
    assert {models.llm.device, models.image.device} == {"cpu"}


@pytest.mark.parametrize(
    "url", ["gpu:8000", "http://me:secret@gpu/v1", "http://gpu/v1?key=secret", "ftp://x"]
)
def test_an_address_is_an_address_alone(tmp_path: Path, url: str) -> None:
    toml = f'[engine]\nkind = "remote"\n[words_at]\nurls = ["{url}"]'
    [problem] = problems_of(tmp_path, toml)
    assert problem.endswith("they end where /chat/completions or /images/generations begins")


def test_an_engine_elsewhere_needs_an_address(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, '[engine]\nkind = "remote"')
    assert problem == '[engine] kind = "remote": needs urls in [words_at], in [pictures_at], or in both'


@pytest.mark.parametrize("section", ["words_at", "pictures_at", "captions_at"])
def test_servers_beside_a_local_engine_are_not_ignored_in_silence(tmp_path: Path, section: str) -> None:
    [problem] = problems_of(tmp_path, f'[{section}]\nurls = ["http://localhost:8000/v1"]')
    assert problem.startswith(f'[{section}] has no effect with [engine] kind = "local"')
