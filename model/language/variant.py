"""A way to use a loaded language model: by itself or with one of its adapters, asked as that was trained."""

from dataclasses import dataclass
from typing import Any

from model.errors import LoadError
from model.language import adapter
from model.language.confidence import NONE, Thresholds
from model.language.conversation import VERSIONS
from model.loading import display_name
from model.settings import LLMSettings


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to use the model: its settings, what peft calls its adapter ("" for none), the version of the
    template that it was trained on, None for an instruct model, and when its answers are doubtful."""

    settings: LLMSettings
    called: str
    version: int | None
    thresholds: Thresholds = NONE

    @property
    def name(self) -> str:
        """The model's name, with the adapter's after a plus sign."""
        names = [self.settings.model, *([self.settings.adapter] if self.settings.adapter else [])]
        return "+".join(map(display_name, names))


def version_of(settings: LLMSettings, tokenizer: Any) -> int | None:
    """The template's version to ask by, None for the chat template. Raises LoadError when neither fits."""
    trained = settings.adapter or settings.model
    version = adapter.prompt_version(trained)
    if version is None and not tokenizer.chat_template:
        raise LoadError(
            f"{trained} is no DiffChat model (no {adapter.MARKER}) and no instruct model (no chat template): "
            "choose one of these, or add an adapter."
        )
    if version is not None and version not in VERSIONS:
        raise LoadError(
            f"{trained} was trained on version {version} of the prompt template, this program speaks "
            f"versions {' and '.join(map(str, VERSIONS))}: use the matching release or train it again."
        )
    return version


def thresholds_of(settings: LLMSettings) -> Thresholds:
    """When the answers of what these settings load are doubtful."""
    return adapter.thresholds(settings.adapter or settings.model)
