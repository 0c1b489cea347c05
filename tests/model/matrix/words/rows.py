"""The rows of the table of language models: each family and what came of its journey."""

import tempfile
from pathlib import Path

import torch

from tests.model.matrix.words import journey
from tests.model.matrix.words.families import FAMILIES

COLUMNS = ("family", *journey.COLUMNS)


def rows() -> list[tuple[str, ...]]:
    """Take every family through the product, in turn."""
    torch.set_num_threads(1)  # models this small only wait for each other's threads
    found = []
    for family in FAMILIES:
        with tempfile.TemporaryDirectory() as folder:
            said = journey.travel(family, Path(folder))
        found.append((family.name, *(said[column] for column in journey.COLUMNS)))
    return found
