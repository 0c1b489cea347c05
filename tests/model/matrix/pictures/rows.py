"""The rows of the table of picture pipelines: each family and what came of it, or why it is left out."""

import tempfile
from pathlib import Path

import torch

from tests.model.matrix.pictures import editor_journey, journey
from tests.model.matrix.pictures.builders.editors import EDITORS
from tests.model.matrix.pictures.families import BUILDERS, LEFT_OUT

COLUMNS = ("family", *journey.COLUMNS)


def names() -> list[str]:
    """The families in the order of the table."""
    return [*BUILDERS, *EDITORS, *LEFT_OUT]


def rows() -> list[tuple[str, ...]]:
    """Take every family through the product, in turn."""
    torch.set_num_threads(1)  # models this small only wait for each other's threads
    found = []
    for name in (*BUILDERS, *EDITORS):
        travel = journey.travel if name in BUILDERS else editor_journey.travel
        with tempfile.TemporaryDirectory() as folder:
            said = travel(name, Path(folder))
        found.append((name, *(said[column] for column in journey.COLUMNS)))
    untried = ["–"] * (len(journey.COLUMNS) - 1)
    return [*found, *((name, why, *untried) for name, why in LEFT_OUT.items())]
