"""Run Zensical on the staged sources."""

import os
import re
import subprocess
import sys
from pathlib import Path

from docs.site.stage import ROOT, stage

# The only address from which the theme's pages would fetch anything on their own (its offline plugin)
_SHIM = re.compile(r'<script src="https://unpkg\.com/iframe-worker/shim"[^>]*></script>')


def build(folder: Path, *, scripts: bool = True) -> Path:
    """Build the whole site strictly into `folder`/html and return that path; `scripts` as in `stage`.

    Raises SystemExit with Zensical's status if anything is wrong, after it has said what.
    """
    stage(folder, scripts=scripts)
    html = folder / "html"
    run(folder)
    for page in html.rglob("*.html"):
        up = "../" * len(page.relative_to(html).parent.parts)
        own = f'<script src="{up}assets/iframe-worker.js"></script>' if scripts else ""
        page.write_text(_SHIM.sub(own, page.read_text(encoding="utf-8")), encoding="utf-8")
    return html


def run(folder: Path) -> None:
    """Build the project in `folder`; any warning is an error. Raises SystemExit as `build` does."""
    # The reference is read from this checkout, also where another one is installed
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    status = subprocess.run(command, cwd=folder, env=environ, check=False).returncode  # noqa: S603
    if status:
        raise SystemExit(status)
