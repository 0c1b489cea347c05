"""Checks of painted pictures: each says in words why a picture is not shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PIL import Image

from model.errors import PictureRefused
from model.loading import check_folder, load_errors, location
from model.moderation.labels import UnwantedLabels
from model.settings import SafetySettings

if TYPE_CHECKING:
    from model.clip.scorers import Embedder


class PictureCheck(Protocol):
    """Anything that can refuse a painted picture."""

    def check(self, image: Image.Image) -> None:
        """Raise PictureRefused with the reason in words."""


class PictureChecks:
    """Several checks in a row; the first that refuses says why."""

    def __init__(self, *checks: PictureCheck) -> None:
        self._checks = checks

    def check(self, image: Image.Image) -> None:
        """Raise PictureRefused when one of the checks does."""
        for check in self._checks:
            check.check(image)


def checks_pictures(settings: SafetySettings) -> bool:
    """Whether the settings name a check of pictures."""
    return bool(settings.classifier or (settings.clip and settings.depicted))


def load_picture_check(settings: SafetySettings) -> PictureCheck | None:
    """The checks that the settings name; None where there are none. Raises LoadError."""
    checks: list[PictureCheck] = []
    if settings.classifier:
        checks.append(PictureClassifier.load(settings))
    if settings.clip and settings.depicted:
        checks.append(ClipCheck.load(settings))
    return PictureChecks(*checks) if checks else None


class ClipCheck:
    """Compares a picture with unwanted and harmless texts; refuses where the unwanted ones win clearly.

    The share of each text is CLIP's own: the softmax of `scale * cos` over all of them.
    """

    def __init__(
        self, clip: "Embedder", depicted: Sequence[str], harmless: Sequence[str], threshold: float
    ) -> None:
        self._clip, self._depicted, self._threshold = clip, tuple(depicted), threshold
        self._texts = clip.texts([*depicted, *harmless])

    @classmethod
    def load(cls, settings: SafetySettings) -> "ClipCheck":
        """With the CLIP that the settings name. Raises LoadError."""
        from model.clip.scorers import load_clip

        return cls(load_clip(settings.clip), settings.depicted, settings.harmless, settings.threshold)

    def check(self, image: Image.Image) -> None:
        """Raise PictureRefused when the unwanted texts together have more than the threshold."""
        picture = self._clip.pictures([image.convert("RGB")])
        shares = (self._clip.scale * picture @ self._texts.T).softmax(-1)[0, : len(self._depicted)]
        if float(shares.sum()) > self._threshold:
            likest = self._depicted[int(shares.argmax())]
            raise PictureRefused(
                f'The picture looks like "{likest}" ({float(shares.sum()):.0%}): change the prompt.'
            )


class PictureClassifier:
    """An image classifier of transformers; pictures in which it sees an unwanted label are refused."""

    def __init__(self, model: Any, processor: Any, labels: UnwantedLabels) -> None:
        self._model, self._processor, self._labels = model.eval(), processor, labels

    @classmethod
    def load(cls, settings: SafetySettings) -> "PictureClassifier":
        """The classifier that the settings name. Raises LoadError, also where it has no unwanted label."""
        from transformers import AutoImageProcessor, AutoModelForImageClassification

        name, what = settings.classifier, "picture classifier"
        check_folder(name, "config.json", what)
        with load_errors(what, name, "check the path or hub id"):
            model = AutoModelForImageClassification.from_pretrained(
                location(name), trust_remote_code=False, use_safetensors=True
            )
            processor = AutoImageProcessor.from_pretrained(location(name), trust_remote_code=False)
        labels = UnwantedLabels(model.config, settings.unwanted, settings.threshold, f"{what} {name}")
        return cls(model, processor, labels)

    def check(self, image: Image.Image) -> None:
        """Raise PictureRefused when an unwanted label is likelier than the threshold."""
        import torch

        with torch.inference_mode():
            inputs = self._processor(images=image.convert("RGB"), return_tensors="pt")
            seen = self._labels.seen(self._model(**inputs).logits)
        if seen:
            raise PictureRefused(f'The picture looks like "{seen[0]}" ({seen[1]:.0%}): change the prompt.')
