"""What is not painted: rules about words, and a classifier of pictures. Both give the reason in words.

Words are compared after folding: compatibility forms, case, accents, zero-width characters, look-alike
letters of other alphabets and digits that stand for letters are all brought to plain a-z. Rules match whole
words, so "class" and "grapes" are safe from shorter words within them.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Protocol

from PIL import Image

from model.config import SafetyRule, SafetySettings
from model.errors import PictureRefused, PromptRefused
from model.loading import check_folder, load_errors, location

# Cyrillic and Greek letters that look like Latin ones, and figures used for letters inside words.
_LOOKALIKES = str.maketrans("аеорсухікмтнвјѕԁɡοαεικνρτυχ", "aeopcyxikmthbjsdgoaeikvptux")
_FIGURES = str.maketrans("013457@$", "oieastas")


def fold(text: str) -> str:
    """`text` in plain lower-case letters as a reader sees it; everything else becomes single spaces."""
    small = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKD", small)
    visible = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    letters = " ".join(_unfigured(word) for word in visible.translate(_LOOKALIKES).split())
    return " ".join(re.findall(r"\w+", letters))


def _unfigured(word: str) -> str:
    """Digits are letters only in a word that has letters: `n4ked` but not `1975`."""
    return word.translate(_FIGURES) if any(c.isalpha() for c in word) else word


class PromptRules:
    """Rules about words, ready to be asked."""

    def __init__(self, settings: SafetySettings) -> None:
        self._rules = [
            (rule.reason, _pattern(rule.words), _pattern(rule.together_with)) for rule in settings.rules
        ]

    @classmethod
    def of(cls, *rules: SafetyRule) -> "PromptRules":
        """The rules given, and no others."""
        return cls(SafetySettings(rules=rules))

    def check(self, text: str) -> None:
        """Raise PromptRefused with the rule's reason when a rule forbids `text`."""
        folded = fold(text)
        for reason, words, together_with in self._rules:
            if words.search(folded) and together_with.search(folded):
                raise PromptRefused(f"This prompt is refused because of {reason}: take those words out.")


def _pattern(terms: Sequence[str]) -> re.Pattern[str]:
    """One of the terms as whole words, one that ends in * as the beginning of one; no terms: always."""
    if not terms:
        return re.compile("")
    written = [
        re.escape(fold(term.rstrip("*"))).replace(r"\ ", " +") + (r"\w*" if term.endswith("*") else "")
        for term in terms
    ]
    return re.compile(rf"\b(?:{'|'.join(written)})\b")


class PictureCheck(Protocol):
    """Anything that can refuse a painted picture."""

    def check(self, image: Image.Image) -> None:
        """Raise PictureRefused with the reason in words."""


class PictureClassifier:
    """An image classifier of transformers; pictures in which it sees an unwanted label are refused."""

    def __init__(self, model: Any, processor: Any, labels: Sequence[str], threshold: float) -> None:
        self._model, self._processor = model.eval(), processor
        self._threshold = threshold
        self._unwanted = {
            index: label for index, label in model.config.id2label.items() if label.casefold() in labels
        }

    @classmethod
    def load(cls, settings: SafetySettings) -> "PictureClassifier":
        """The classifier that the settings name. Raises LoadError."""
        from transformers import AutoImageProcessor, AutoModelForImageClassification

        name = settings.classifier
        check_folder(name, "config.json", "picture classifier")
        with load_errors("picture classifier", name, "check the path or hub id"):
            model = AutoModelForImageClassification.from_pretrained(
                location(name), trust_remote_code=False, use_safetensors=True
            )
            processor = AutoImageProcessor.from_pretrained(location(name), trust_remote_code=False)
        labels = [label.casefold() for label in settings.unwanted]
        return cls(model, processor, labels, settings.threshold)

    def check(self, image: Image.Image) -> None:
        """Raise PictureRefused when an unwanted label is likelier than the threshold."""
        import torch

        with torch.inference_mode():
            inputs = self._processor(images=image.convert("RGB"), return_tensors="pt")
            shares = self._model(**inputs).logits[0].softmax(-1)
        for index, label in self._unwanted.items():
            if float(shares[index]) > self._threshold:
                raise PictureRefused(
                    f'The picture looks like "{label}" ({float(shares[index]):.0%}): change the prompt.'
                )
