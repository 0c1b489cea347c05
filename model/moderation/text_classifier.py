"""A text classifier over the word lists, by setting: it sees what no list names."""

from typing import Any

from model.errors import PromptRefused
from model.loading import check_folder, load_errors, location
from model.moderation.labels import UnwantedLabels
from model.settings import SafetySettings

_WHAT = "text classifier"


class TextClassifier:
    """A sequence classifier of transformers; texts in which it sees an unwanted label are refused."""

    def __init__(self, model: Any, tokenizer: Any, labels: UnwantedLabels) -> None:
        self._model, self._tokenizer, self._labels = model.eval(), tokenizer, labels

    @classmethod
    def load(cls, settings: SafetySettings) -> "TextClassifier":
        """The classifier that the settings name.

        Raises LoadError, also where none of `text_unwanted` is a label of it: it would never refuse anything.
        """
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        name = settings.text_classifier
        check_folder(name, "config.json", _WHAT)
        with load_errors(_WHAT, name, "check the path or hub id"):
            model = AutoModelForSequenceClassification.from_pretrained(
                location(name), trust_remote_code=False, use_safetensors=True
            )
            tokenizer = AutoTokenizer.from_pretrained(location(name), trust_remote_code=False)
        what = f"{_WHAT} {name} ([safety] text_unwanted)"
        labels = UnwantedLabels(model.config, settings.text_unwanted, settings.text_threshold, what)
        return cls(model, tokenizer, labels)

    def check(self, text: str) -> None:
        """Raise PromptRefused when the likeliest unwanted label of a text is above the threshold.

        A text with more tokens than the model takes is read in pieces, so that nothing hides at its end.
        """
        import torch

        longest = min(getattr(self._model.config, "max_position_embeddings", 512), 512)
        batch = self._tokenizer(
            text, truncation=True, max_length=longest, return_overflowing_tokens=True, padding=True,
            return_tensors="pt",
        )  # fmt: skip
        fed = {key: value for key, value in batch.items() if key in ("input_ids", "attention_mask")}
        with torch.inference_mode():
            seen = self._labels.seen(self._model(**fed).logits)
        if seen:
            raise PromptRefused(f'This prompt reads like "{seen[0]}" ({seen[1]:.0%}): say it differently.')


def load_text_check(settings: SafetySettings) -> TextClassifier | None:
    """The classifier that the settings name; None where they name none. Raises LoadError."""
    return TextClassifier.load(settings) if settings.text_classifier else None
