"""A text classifier over the word lists, by setting: it sees what no list names."""

from collections.abc import Sequence
from typing import Any

from model.errors import LoadError, PromptRefused
from model.loading import check_folder, load_errors, location
from model.settings import SafetySettings

_WHAT = "text classifier"


class TextClassifier:
    """A sequence classifier of transformers; texts in which it sees an unwanted label are refused."""

    def __init__(self, model: Any, tokenizer: Any, labels: Sequence[str], threshold: float) -> None:
        self._model, self._tokenizer, self._threshold = model.eval(), tokenizer, threshold
        wanted = {label.casefold() for label in labels}
        known = model.config.id2label
        self._unwanted = {index: label for index, label in known.items() if label.casefold() in wanted}

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
        made = cls(model, tokenizer, settings.text_unwanted, settings.text_threshold)
        if not made._unwanted:
            labels = ", ".join(model.config.id2label.values())
            raise LoadError(
                f"The text classifier {name} has no label of [safety] text_unwanted "
                f"({', '.join(settings.text_unwanted)}): name some of {labels}."
            )
        return made

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
            logits = self._model(**fed).logits
        # one label among several, or labels that may hold together: the config says which
        several = self._model.config.problem_type == "multi_label_classification"
        shares = (logits.sigmoid() if several else logits.softmax(-1)).amax(0)
        for index, label in self._unwanted.items():
            if float(shares[index]) > self._threshold:
                raise PromptRefused(
                    f'This prompt reads like "{label}" ({float(shares[index]):.0%}): say it differently.'
                )


def load_text_check(settings: SafetySettings) -> TextClassifier | None:
    """The classifier that the settings name; None where they name none. Raises LoadError."""
    return TextClassifier.load(settings) if settings.text_classifier else None
