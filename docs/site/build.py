"""Run Zensical on the staged sources."""

import os
import subprocess
import sys
from pathlib import Path

from docs.site.stage import ROOT, stage


def build(folder: Path, *, diagrams: bool = True) -> Path:
    """Build the whole site strictly into `folder`/html and return that path.

    Raises SystemExit with Zensical's status if anything is wrong, after it has said what.
    """
    stage(folder, diagrams=diagrams)
    # The reference is read from this checkout, also where another one is installed
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    status = subprocess.run(command, cwd=folder, env=environ, check=False).returncode  # noqa: S603
    if status:
        raise SystemExit(status)
    return folder / "html"
