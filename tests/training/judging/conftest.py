"""Results of three methods on some edits, as `training evaluate` writes them."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from training.judging.answers import AnswerFile
from training.judging.comparisons import read
from training.judging.server import JudgingRoom

METHODS = ("sft", "ppo@0", "ppo@1", "diffchat")


@pytest.fixture
def make_results(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of results; a method's picture of an edit has a colour of its own.

    With `alike`, sft and diffchat made the same picture of that many first edits.
    """

    def make(name: str = "evaluation", edits: int = 6, alike: int = 0) -> Path:
        folder = tmp_path / name
        (folder / "pictures").mkdir(parents=True)
        words = [
            {"source_prompt": f"a boat {n}", "instruction": f"paint <b>it</b> {n}", "target_prompt": "",
             "intent": ""}
            for n in range(edits)
        ]  # fmt: skip
        pictures = {
            method: [_picture(folder, m, n, 0 if n < alike and m == 3 else m) for n in range(edits)]
            for m, method in enumerate(METHODS)
        }
        results = {"edits": words, "pictures": {"drawn": pictures}}
        (folder / "results.json").write_text(json.dumps(results))
        return folder

    return make


@pytest.fixture
def make_room(make_results: Callable[..., Path], tmp_path: Path) -> Iterator[Callable[..., JudgingRoom]]:
    """Makes the room of three edits' comparisons, with its answers in a file that is closed at the end."""
    with ExitStack() as stack:

        def make(**asked: float) -> JudgingRoom:
            answers = stack.enter_context(closing(AnswerFile(tmp_path / "answers.jsonl")))
            return JudgingRoom(read([make_results(edits=3)]), answers, seed=0, **asked)  # type: ignore[arg-type]

        yield make


def _picture(folder: Path, method: int, edit: int, colour: int) -> str:
    told = PngInfo()
    told.add_text("edit", f"{edit}")
    name = f"pictures/0-{method}-{edit}.png"
    Image.new("RGB", (64, 64), (60 * colour, 30 * edit % 256, 90)).save(folder / name, pnginfo=told)
    return name
