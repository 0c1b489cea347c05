"""The sub-commands of `python -m training tiny`: each stage alone, or `all` of them in order.

Every stage keeps its state in the work folder and goes on where it stopped. Without `--minutes` or `--steps`
a stage takes the steps that made the shipped files.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.command_line import Parser

PICTURES = 32_000
Stage = Callable[[argparse.Namespace], None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the stages and their options to the `tiny` command's parser."""
    stages = parser.add_subparsers(dest="stage", required=True, metavar="STAGE")
    for name, (stage, what) in _stages().items():
        options = stages.add_parser(name, help=what)
        options.set_defaults(run=_runner(stage))
        options.add_argument("--out", type=Path, default=Path("runs/tiny"), help="work folder")
        options.add_argument("--seed", type=int, default=0, help="of all that is drawn by chance")
        options.add_argument("--threads", type=int, default=0, help="CPU threads (0: PyTorch's choice)")
        options.add_argument("--pictures", type=int, default=PICTURES, help="how many pictures to draw")
        options.add_argument(
            "--steps", type=int, default=0, help="steps to take (0: as for the shipped files)"
        )
        options.add_argument(
            "--minutes", type=float, default=0.0, help="end after this long (0: by steps alone)"
        )
        options.add_argument("--compile", action="store_true", help="torch.compile: faster, needs a compiler")
        options.add_argument("--write", action="store_true", help="check: put the figures into the cards")
    # the language model has its own options, read only when it is asked for: importing it takes seconds
    language = stages.add_parser("lm", help="the language model that edits prompts", add_help=False)
    language.set_defaults(run=_lm, rest=[])


def _runner(stage: Stage) -> Callable[[argparse.Namespace], int]:
    def run(args: argparse.Namespace) -> int:
        import torch

        if args.threads:
            torch.set_num_threads(args.threads)
        stage(args)
        return 0

    return run


def _stages() -> dict[str, tuple[Stage, str]]:
    return {
        "all": (_all, "everything below in order, the language model included"),
        "data": (_data, "draw the pictures"),
        "restore": (_restore, "fill the work folder from the shipped checkpoints, to train on from them"),
        "text": (_text, "CLIP's text tower"),
        "autoencoder": (_autoencoder, "the autoencoder"),
        "unet": (_unet, "the U-Net (needs text and autoencoder)"),
        "clip": (_clip, "CLIP's picture tower and the aesthetic head (needs text)"),
        "classifier": (_classifier, "the judge of painted pictures (needs data alone)"),
        "pairs": (_pairs, "draw the editor's pairs of pictures"),
        "edit": (_edit, "the editor, grown from the shipped painter (needs pairs)"),
        "region": (_region, "what finds a region by words (needs nothing before it)"),
        "export": (_export, "write the shipped checkpoints"),
        "check": (_check, "measure the exported checkpoints on held-out prompts"),
        "hours": (_hours, "say how long everything takes here, from a few steps of each stage"),
        "sheets": (_sheets, "paint the picture sheets of docs/tinyworld.md"),
    }


def _limits(args: argparse.Namespace, recipe_steps: int) -> dict[str, Any]:
    return {"steps": args.steps or recipe_steps, "minutes": args.minutes, "seed": args.seed}


def _data(args: argparse.Namespace) -> None:
    import os

    from training.tiny.data import make

    make(args.out / "data", args.pictures, args.seed, processes=os.cpu_count() or 1)


def _restore(args: argparse.Namespace) -> None:
    from training.tiny.restore import restore

    restore(args.out)


def _text(args: argparse.Namespace) -> None:
    from training.tiny.clip import ClipRecipe, train_text

    default = ClipRecipe()
    recipe = replace(
        default, text_steps=args.steps or default.text_steps, text_minutes=args.minutes, seed=args.seed
    )
    train_text(args.out / "data", args.out, recipe)


def _clip(args: argparse.Namespace) -> None:
    from training.tiny.clip import ClipRecipe, train_image

    default = ClipRecipe()
    recipe = replace(
        default, image_steps=args.steps or default.image_steps, image_minutes=args.minutes, seed=args.seed
    )
    train_image(args.out / "data", args.out, recipe)


def _classifier(args: argparse.Namespace) -> None:
    from training.tiny.classifier import ClassifierRecipe, train

    recipe = ClassifierRecipe()
    train(args.out / "data", args.out, replace(recipe, **_limits(args, recipe.steps)))


def _autoencoder(args: argparse.Namespace) -> None:
    from training.tiny.autoencoder import AutoencoderRecipe, train

    recipe = AutoencoderRecipe()
    train(args.out / "data", args.out, replace(recipe, **_limits(args, recipe.steps)))


def _unet(args: argparse.Namespace) -> None:
    from training.tiny.unet import UNetRecipe, train

    recipe = UNetRecipe()
    train(args.out / "data", args.out, replace(recipe, **_limits(args, recipe.steps), compiled=args.compile))


def _pairs(args: argparse.Namespace) -> None:
    import os

    from training.tiny.editing.train import EditorRecipe, make_pairs

    make_pairs(args.out / "pairs", replace(EditorRecipe(), seed=args.seed), os.cpu_count() or 1)


def _edit(args: argparse.Namespace) -> None:
    from training.tiny.editing.train import EditorRecipe, new_editor, train

    recipe = EditorRecipe()
    recipe = replace(recipe, **_limits(args, recipe.steps), compiled=args.compile)
    train(args.out / "pairs", args.out / "edit", recipe, new_editor())


def _region(args: argparse.Namespace) -> None:
    from training.tiny.editing.regions import RegionRecipe, train

    recipe = RegionRecipe()
    train(args.out, replace(recipe, **_limits(args, recipe.steps)))


def _export(args: argparse.Namespace) -> None:
    from training.tiny.editing.export import export_editor, export_regions
    from training.tiny.export import export

    # each part that was trained in this folder: a work folder may be for one of them alone
    if (args.out / "unet").exists():
        export(args.out)
    if (args.out / "edit" / "unet").exists():
        export_editor(args.out)
    if (args.out / "region").exists():
        export_regions(args.out)


def _check(args: argparse.Namespace) -> None:
    from training.tiny.check import check, write_between
    from training.tiny.export import DESTINATION

    report = check(DESTINATION, args.seed)
    print(report.pictures, report.clip, sep="\n\n")  # noqa: T201  the figures are what was asked for
    if args.write:
        write_between(DESTINATION / "sd" / "README.md", report.pictures)
        write_between(Path("docs/tinyworld.md"), report.pictures)
        write_between(DESTINATION / "clip" / "README.md", report.clip)


def _sheets(args: argparse.Namespace) -> None:
    from training.tiny.export import DESTINATION
    from training.tiny.sheets import write

    write(DESTINATION, Path("docs/images"))


def _hours(args: argparse.Namespace) -> None:
    from training.tiny.hours import measure, table

    print(table(measure(args.steps or 6, args.pictures)))  # noqa: T201  the figures are what was asked for


def _all(args: argparse.Namespace) -> None:
    # The editor grows from the painter that is exported before it
    for stage in (_data, _text, _autoencoder, _unet, _clip, _classifier, _export, _pairs, _edit, _region):
        stage(args)
    _export(args)
    _lm(argparse.Namespace(rest=["--out", str(args.out / "lm"), "--seed", str(args.seed)]))


def _lm(args: argparse.Namespace) -> int:
    from training.tiny import lm

    options = Parser(prog="python -m training tiny lm", description="The language model that edits prompts.")
    lm.add_arguments(options)
    return int(lm.main(options.parse_args(args.rest)))
