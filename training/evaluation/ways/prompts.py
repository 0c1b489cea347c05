"""What a picture shows before and after a wish, where a set of edits does not say it: the preset's captioner
describes the picture, and the preset's language model changes the description, as the bot does.

Kept in a file beside the results, so that every arm and every later run is asked for the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from model.engine import EditRequest
from model.language.llm import DiffChatLLM
from model.pictures.captioner import load_captioner

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from model.pictures.captioner import Captioner
    from model.settings import ModelSettings


class Prompts:
    """Source and target prompts of cases by name; the models are loaded when the first is missing."""

    def __init__(self, models: ModelSettings, file: Path) -> None:
        self._models, self._file = models, file
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        self._known = {name: (source, target) for name, source, target in map(json.loads, lines)}
        self._loaded: tuple[Captioner, DiffChatLLM] | None = None

    def __call__(self, name: str, picture: Image.Image, source: str, instruction: str) -> tuple[str, str]:
        """(source, target) of a case; a `source` that is known is kept. Raises EditError where the model
        makes no prompt of the wish."""
        if name not in self._known:
            captioner, llm = self._models_loaded()
            source = source or captioner.describe(picture)
            [made] = llm.edit([EditRequest(source, instruction)])
            self._known[name] = source, made.target_prompt
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps([name, source, made.target_prompt], ensure_ascii=False) + "\n")
        return self._known[name]

    def _models_loaded(self) -> tuple[Captioner, DiffChatLLM]:
        if self._loaded is None:
            self._loaded = load_captioner(self._models.captioner), DiffChatLLM.load(self._models.llm)
        return self._loaded
