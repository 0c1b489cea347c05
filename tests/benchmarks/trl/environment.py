"""A throw-away environment with TRL 1.12 over the project's own libraries."""

import subprocess
import sys
import sysconfig
from pathlib import Path

TRL = "trl==1.12.0"
"""The last release with a PPOTrainer, in `trl.experimental.ppo`."""


class NotInstalled(Exception):
    """TRL could not be installed here; the text says why."""


def python_with_trl(folder: Path) -> str:
    """The Python of a new environment in `folder`: TRL alone is installed, all else is the project's.

    Raises NotInstalled when uv or a registry is missing.
    """
    python = folder / "bin" / "python"
    uv = [sys.executable, "-m", "uv"]
    for command in (
        [*uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
        [*uv, "pip", "install", "--quiet", "--no-deps", "--python", str(python), TRL],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotInstalled(done.stderr.strip()[-500:])
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    # The same torch and transformers on both sides, and nothing large to install
    (packages / "project.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return str(python)
