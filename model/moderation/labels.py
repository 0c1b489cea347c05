"""Which labels of a classifier are refused, and which of them it sees, for texts and for pictures."""

from collections.abc import Sequence
from typing import Any

from model.errors import LoadError


class UnwantedLabels:
    """The labels of one classifier of transformers that are refused above `threshold`, from 0 to 1."""

    def __init__(self, config: Any, wanted: Sequence[str], threshold: float, what: str) -> None:
        """Raises LoadError where the classifier has none of `wanted`: it would never refuse anything."""
        names = {label.casefold() for label in wanted}
        known = dict(config.id2label)
        self._unwanted = {index: label for index, label in known.items() if label.casefold() in names}
        self._threshold = threshold
        # labels that exclude each other, or that may hold together: the config says which
        self._several = config.problem_type == "multi_label_classification"
        if not self._unwanted:
            raise LoadError(
                f"The {what} has none of the labels that are to be refused ({', '.join(wanted)}): "
                f"name some of {', '.join(known.values())}."
            )

    def seen(self, logits: Any) -> tuple[str, float] | None:
        """The likeliest unwanted label above the threshold, with its share; None where there is none.

        `logits` has a row for each piece of what was classified, shape (pieces, labels); a label counts
        with its highest share.
        """
        shares = (logits.sigmoid() if self._several else logits.softmax(-1)).amax(0)
        label, share = max(
            ((label, float(shares[index])) for index, label in self._unwanted.items()), key=lambda one: one[1]
        )
        return (label, share) if share > self._threshold else None
