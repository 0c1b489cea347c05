"""What is wrong with a settings file, for tests of any section."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings

PHOTO = '[models.photo]\nmodel = "a/b"\nsteps = 30\nguidance = 6.0\nwidth = 512\nheight = 768\n'
"""A section of [models] with all that it needs."""


def problems_of(tmp_path: Path, toml: str, environ: dict[str, str] | None = None) -> list[str]:
    path = tmp_path / "bot.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError) as refusal:
        load_settings(path, environ or {})
    return refusal.value.problems
