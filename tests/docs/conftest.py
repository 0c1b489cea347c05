"""The site, built once for all its tests."""

from pathlib import Path

import pytest

from docs.site.build import build
from docs.site.stage import SCRIPTS


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site; flowcharts stay text where `node_modules` is not there."""
    scripts = all(script.exists() for script in SCRIPTS.values())
    return build(tmp_path_factory.mktemp("site"), scripts=scripts)
