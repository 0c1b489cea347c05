"""The small DiffChat language model of the `tiny` preset: train, export, evaluate.

    python -m training tiny lm [--prompts FILE] [--minutes 85]   train, or go on where it stopped
    python -m training tiny lm --start model/tiny/checkpoints/diffchat --minutes 35   go on from a checkpoint
    python -m training tiny lm --start CHECKPOINT --layers 8     ... and grow in depth
    python -m training tiny lm --start CHECKPOINT --feed-forward 1280    ... and in width
    python -m training tiny lm --start CHECKPOINT --dagger 500   ... and learn from its own drift (DAgger)
    python -m training tiny lm --mean OTHER [--share 0.7]        the mean of two rounds' weights
    python -m training tiny lm --export                          write the averaged weights so far
    python -m training tiny lm --evaluate [--human FILE]         measure the shipped checkpoint
    python -m training tiny lm --drift before=FOLDER after=FOLDER    compare checkpoints turn by turn

A Llama of 5.6 million parameters (7.1 with 8 layers) with its own byte-level BPE learns
`model.language.conversation.format_conversation` -> answer from messages made up on the fly: edits of
TinyWorld by two sources of wishes, of prompts about anything, of real prompts if a file of them is given, of
strings of nonsense words (which teach copying, and so come first); whole conversations; and messages that are
no edit. `training.tiny.together` trains in several processes. Products are in bfloat16 on CPUs with AMX,
where they take half the time of float32.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import (
    AutoTokenizer,
    GenerationConfig,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
)

from model.hardware import has_matrix_units
from model.language.adapter import prompt_version, write_marker
from model.language.conversation import CONVERSATION_VERSION
from training.tiny import dagger, drift, second_look_eval, together
from training.tiny.calibration import calibrate
from training.tiny.lm_data import IGNORE, Batch, Packer, read_prompts, train_tokenizer
from training.tiny.lm_eval import evaluate
from training.tiny.loop import Run
from training.tiny.muon import Muon

if TYPE_CHECKING:
    import argparse

    import numpy as np

CHECKPOINT = Path("model/tiny/checkpoints/diffchat")


@dataclass(frozen=True, slots=True)
class LmRecipe:
    """Sizes and schedule. One step sees `rows` packed rows of `lm_data.ROW` tokens; copying practice fades
    out over the first `practice` of the steps (or minutes, if they end the run). A checkpoint that is gone on
    from gets `grown` layers in all, and `widened` units in each feed-forward part (0: those it has)."""

    vocabulary: int = 4096
    width: int = 256
    layers: int = 6
    heads: int = 4
    feed_forward: int = 640
    context: int = 1024
    rows: int = 6
    steps: int = 5690
    minutes: float = 0.0
    lr: float = 2e-3
    practice: float = 0.15
    seed: int = 0
    grown: int = 0
    widened: int = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m training tiny lm`."""
    parser.add_argument(
        "--out", type=Path, default=Path("runs/tiny/lm"), help="where the run keeps its state"
    )
    parser.add_argument("--checkpoint", type=Path, default=CHECKPOINT, help="what is written or measured")
    parser.add_argument("--prompts", help="a file of real prompts, one a line, to learn from as well")
    parser.add_argument("--steps", type=int, default=LmRecipe().steps, help="steps to take")
    parser.add_argument("--minutes", type=float, default=0.0, help="end after this long (0: by steps alone)")
    parser.add_argument(
        "--start", type=Path, help="begin with this checkpoint's weights and tokenizer, not with chance's"
    )
    parser.add_argument(
        "--dagger",
        type=int,
        default=0,
        metavar="N",
        help="with --start: learn from N conversations on this checkpoint's own prompts, too",
    )
    parser.add_argument("--layers", type=int, default=0, help="with --start: grow to this many layers")
    parser.add_argument(
        "--feed-forward",
        type=int,
        default=0,
        help="with --start: widen feed-forward parts to this many units",
    )
    parser.add_argument("--lr", type=float, help="the highest learning rate (2e-3, or 1e-3 with --start)")
    parser.add_argument("--seed", type=int, default=0, help="of all that is drawn by chance")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads (0: PyTorch's choice)")
    parser.add_argument("--compile", action="store_true", help="torch.compile: faster, needs a C++ compiler")
    parser.add_argument(
        "--export", action="store_true", help="only write the checkpoint from the run's state"
    )
    parser.add_argument(
        "--mean", type=Path, help="only put the mean of this checkpoint's weights and the checkpoint's there"
    )
    parser.add_argument(
        "--share", type=float, default=0.5, help="how much of the mean is the checkpoint's own (0.5)"
    )
    parser.add_argument("--evaluate", action="store_true", help="only measure the checkpoint")
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help="only find out when the checkpoint is not sure, and store that",
    )
    parser.add_argument(
        "--clauses", type=int, default=0, help="only tell what reading so many wishes clause by clause brings"
    )
    parser.add_argument(
        "--steps-back",
        type=int,
        default=0,
        help="only tell what looking for a step taken back brings in so many conversations",
    )
    parser.add_argument("--count", type=int, default=2000, help="held-out world edits to measure (0: none)")
    parser.add_argument(
        "--chats", type=int, default=100, help="held-out conversations, and wishes in each language (0: none)"
    )
    parser.add_argument(
        "--split",
        choices=("selection", "test"),
        default="test",
        help="which of them: selection while rounds, means and shares are chosen, test to report",
    )
    parser.add_argument(
        "--drift",
        nargs="+",
        metavar="NAME=FOLDER",
        help="only compare checkpoints over the turns of conversations",
    )
    parser.add_argument(
        "--results", type=Path, default=Path("runs/tiny/drift"), help="where --drift writes its files"
    )
    parser.add_argument("--human", type=Path, help="JSON lines of people's edits to measure on")
    parser.add_argument("--nf4", action="store_true", help="measure the checkpoint quantised to NF4")


def _report(args: argparse.Namespace) -> str:
    """What the arguments only ask to be told of checkpoints; "" where they ask for a run."""
    if args.evaluate:
        return evaluate(args.checkpoint, args.count, args.chats, args.human, nf4=args.nf4, part=args.split)
    if args.drift:
        return drift.write(args.drift, args.chats, args.split, args.results)
    if args.calibrate:
        return calibrate(args.checkpoint, args.chats)
    if args.clauses:
        return second_look_eval.of_clauses(args.checkpoint, args.clauses)
    return second_look_eval.of_steps(args.checkpoint, args.steps_back) if args.steps_back else ""


def main(args: argparse.Namespace) -> int:
    """Run what the arguments ask for; returns the exit code."""
    if args.threads:
        torch.set_num_threads(args.threads)
    if report := _report(args):
        print(report)  # noqa: T201 - it was asked
        return 0
    if args.mean:
        average(args.checkpoint, args.mean, args.share)
        return 0
    together.join()
    recipe = recipe_of(args)
    prompts = read_prompts(args.prompts)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(args.out / "tokenizer", prompts, recipe, args.start)
    run = new_run(recipe, args.out, len(tokenizer), args.start)
    run.resume()
    if not args.export:
        lessons = dagger.lessons(args.start, args.dagger, args.seed, args.out) if args.dagger else ()
        train(run, recipe, Packer(tokenizer, prompts, recipe.rows, lessons), compiled=args.compile)
    if together.number() == 0:
        export(run, tokenizer, args.checkpoint)
    return 0


def average(checkpoint: Path, other: Path, share: float = 0.5) -> None:
    """Replace the weights of a checkpoint by their mean with those of `other`, the run before it or after.

    `share` in [0, 1] is the checkpoint's own part of the mean.

    Rounds of one run that learnt from different data lie close enough together for that, and their mean
    keeps what either is good at ("model soups", arXiv 2203.05482). Raises ValueError for other shapes.
    """
    path = checkpoint / "model.safetensors"
    one, two = load_file(path), load_file(other / path.name)
    if {name: t.shape for name, t in one.items()} != {name: t.shape for name, t in two.items()}:
        raise ValueError(f"{checkpoint} and {other} are not of the same model")
    mean = {
        name: (share * one[name].float() + (1 - share) * two[name].float()).to(one[name].dtype)
        for name in one
    }
    save_file(mean, path, metadata={"format": "pt"})
    version = prompt_version(str(checkpoint))
    if version is not None:
        write_marker(checkpoint, version)  # thresholds of confidence are of the weights before


def recipe_of(args: argparse.Namespace) -> LmRecipe:
    """The recipe these arguments ask for. A model that has learnt already goes on at half the rate and needs
    no practice in copying."""
    recipe = LmRecipe(
        steps=args.steps, minutes=args.minutes, seed=args.seed, grown=args.layers, widened=args.feed_forward
    )
    if args.start:
        recipe = replace(recipe, lr=recipe.lr / 2, practice=0.0)
    return replace(recipe, lr=args.lr) if args.lr else recipe


def load_tokenizer(
    folder: Path, prompts: tuple[str, ...], recipe: LmRecipe, start: Path | None = None
) -> PreTrainedTokenizerFast:
    """The run's tokenizer: learnt on its first start, or that of the checkpoint it starts from."""
    if together.number() == 0 and not folder.exists():
        learnt = (
            AutoTokenizer.from_pretrained(start)
            if start
            else train_tokenizer(prompts, recipe.vocabulary, recipe.seed)
        )
        learnt.save_pretrained(folder)
    together.wait()
    return AutoTokenizer.from_pretrained(folder)


def config(recipe: LmRecipe, vocabulary: int) -> LlamaConfig:
    """The Llama this recipe trains; ids 0, 1, 2 are padding, begin and end."""
    return LlamaConfig(
        vocab_size=vocabulary, hidden_size=recipe.width, intermediate_size=recipe.feed_forward,
        num_hidden_layers=recipe.layers, num_attention_heads=recipe.heads, num_key_value_heads=recipe.heads,
        max_position_embeddings=recipe.context, tie_word_embeddings=True,
        pad_token_id=0, bos_token_id=1, eos_token_id=2, attn_implementation="sdpa",
    )  # fmt: skip


def new_run(recipe: LmRecipe, out: Path, vocabulary: int, start: Path | None = None) -> Run:
    """A fresh model, or the one of a checkpoint, and a fresh optimizer."""
    torch.manual_seed(recipe.seed)
    if start:
        model = LlamaForCausalLM.from_pretrained(start, dtype=torch.float32, attn_implementation="sdpa")
        model = widened(model, recipe.widened) if recipe.widened else model
        model = deepened(model, recipe.grown) if recipe.grown else model
    else:
        model = LlamaForCausalLM(config(recipe, vocabulary))
    model.train()
    run = Run("lm", model, out, recipe.steps, recipe.lr, recipe.seed, recipe.minutes, warmup=100, decay=0.998)
    # the embedding is tied to the output, and Muon is for neither
    run.optimizer = Muon(model.named_parameters(), recipe.lr, weight_decay=0.02, rest=("embed",))
    return run


def deepened(model: Any, layers: int) -> Any:
    """The model with `layers` layers, new ones spread between the old, that writes exactly what it wrote.

    A new layer is a copy of the one before it whose two outputs are zero, so that it adds nothing to the
    stream until it has learnt something (as in Net2Net, arXiv 1511.05641). Raises ValueError for fewer layers
    than there are.
    """
    old = model.config.num_hidden_layers
    if layers < old:
        raise ValueError(f"a model of {old} layers does not grow to {layers}")
    grown = _of_size(model, num_hidden_layers=layers)
    grown.model.embed_tokens.load_state_dict(model.model.embed_tokens.state_dict())
    grown.model.norm.load_state_dict(model.model.norm.state_dict())
    taken = -1
    for place, layer in enumerate(grown.model.layers):
        source = place * old // layers
        layer.load_state_dict(model.model.layers[source].state_dict())
        if source == taken:
            nn.init.zeros_(layer.self_attn.o_proj.weight)
            nn.init.zeros_(layer.mlp.down_proj.weight)
        taken = source
    return grown


def widened(model: Any, units: int) -> Any:
    """The model with `units` in each feed-forward part that writes exactly what it wrote.

    New units read by chance and are not read: their columns of the output are zero until they have learnt
    something. Raises ValueError for fewer units than there are.
    """
    old = model.config.intermediate_size
    if units < old:
        raise ValueError(f"a model of {old} units does not grow to {units}")
    grown = _of_size(model, intermediate_size=units)
    weights = grown.state_dict()
    for name, weight in model.state_dict().items():
        new = weights[name]
        if name.endswith("down_proj.weight"):
            new.zero_()
        new[tuple(slice(size) for size in weight.shape)] = weight
    grown.load_state_dict(weights)
    return grown


def _of_size(model: Any, **sizes: int) -> Any:
    """A model by chance that is as the given one but for some sizes."""
    settings = model.config.to_dict() | {"attn_implementation": "sdpa"} | sizes
    settings.pop("layer_types", None)
    return LlamaForCausalLM(LlamaConfig(**settings))


def train(run: Run, recipe: LmRecipe, packer: Packer, *, compiled: bool) -> None:
    """Take the steps that are left."""
    learner = together.shared(Learner(run.module, compiled=compiled))

    def early() -> float:
        part = run.done / recipe.steps
        if recipe.minutes:
            part = max(part, run.seconds / (recipe.minutes * 60))
        return max(0.0, 1 - part / recipe.practice) if recipe.practice else 0.0

    def step(number: int, generator: np.random.Generator) -> torch.Tensor:
        # Each process draws its own examples
        generator.integers(2, size=together.number())
        loss: torch.Tensor = learner(packer.batch(generator, early()))
        return loss

    run.train(step)


class Learner(nn.Module):
    """The model's loss on a packed batch."""

    def __init__(self, model: Any, *, compiled: bool) -> None:
        super().__init__()
        self.model = model
        self._read = torch.compile(model.model) if compiled else model.model

    def forward(self, batch: Batch) -> torch.Tensor:
        """The mean cross entropy over the tokens that are to be learnt."""
        wanted = batch.labels != IGNORE
        # Elsewhere products in bfloat16 take longer, and casting comes on top
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_matrix_units()):
            hidden = self._read(
                input_ids=batch.ids,
                attention_mask=batch.seen[:, None],
                position_ids=batch.positions,
                use_cache=False,
            ).last_hidden_state
            logits = self.model.lm_head(hidden[wanted])
        return nn.functional.cross_entropy(logits.float(), batch.labels[wanted])


def export(run: Run, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """Write the averaged weights in fp16 with config, generation settings, tokenizer and template version."""
    model: Any = LlamaForCausalLM(run.module.config)
    model.load_state_dict(run.average.weights)
    model.generation_config = GenerationConfig(
        do_sample=False, max_new_tokens=320, pad_token_id=0, bos_token_id=1, eos_token_id=2
    )
    folder.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
    write_marker(folder, CONVERSATION_VERSION)
