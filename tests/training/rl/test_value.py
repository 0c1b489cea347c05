"""The critic: zero at the start, and better with integrity features where value depends on integrity."""

import random
from collections.abc import Callable

import torch
from transformers import PreTrainedTokenizerBase

from training.data.integrity import FEATURES, Requirements, integrity, prefix_features
from training.rl.losses import explained_variance
from training.rl.value import ValueHead


def test_the_head_starts_at_zero_and_leaves_the_trunk_alone() -> None:
    for vci in (True, False):
        hidden = torch.randn(2, 3, 8, requires_grad=True)
        values = ValueHead(8, vci=vci)(hidden, torch.rand(2, 3, len(FEATURES)))
        assert values.shape == (2, 3)
        assert values.abs().max() == 0
        values.sum().backward()
        assert hidden.grad is not None
        assert hidden.grad.abs().max() == 0


def test_it_computes_in_float32_whatever_the_trunk_gives() -> None:
    head = ValueHead(8).requires_grad_(False)
    assert head(torch.randn(1, 1, 8, dtype=torch.bfloat16), torch.zeros(1, 1, 4)).dtype is torch.float32


def made_problem(
    model: torch.nn.Module, tokenizer: PreTrainedTokenizerBase, rows: int, seed: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Prefixes of random word lists, each under its own requirements; the value is their CI, nothing else."""
    rng, words = random.Random(seed), ["fox", "lantern", "night", "house", "snow", "robot", "rocket", "rain"]
    hidden, features, values = [], [], []
    for _ in range(rows):
        text = " " + " ".join(rng.sample(words, 5))
        wanted, gone = rng.sample(words, 3), rng.sample(words, 2)
        requirements = Requirements({word: word for word in wanted}, frozenset(gone) - set(wanted))
        ids = tokenizer.encode(text)
        prefixes = [tokenizer.decode(ids[: end + 1]) for end in range(len(ids))]
        with torch.no_grad():
            hidden.append(model(torch.tensor([ids]), output_hidden_states=True).hidden_states[-1][0])
        features.append(torch.tensor(prefix_features(prefixes, requirements)))
        values.append(torch.tensor([integrity(prefix, requirements) for prefix in prefixes]))
    return torch.cat(hidden), torch.cat(features), torch.cat(values)


def learned_variance(head: ValueHead, train: tuple, held: tuple) -> float:
    optimizer = torch.optim.Adam(head.parameters(), lr=0.01)
    for _ in range(150):
        optimizer.zero_grad()
        loss = ((head(train[0], train[1]) - train[2]) ** 2).mean()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        predictions = head(held[0], held[1])
    return explained_variance(predictions, held[2], torch.ones_like(held[2]))


def test_it_explains_more_where_value_depends_on_integrity_alone(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    model = make_qwen()
    train, held = made_problem(model, tokenizer, 80, 1), made_problem(model, tokenizer, 40, 2)
    torch.manual_seed(0)
    plain, vci = (learned_variance(ValueHead(32, vci=vci), train, held) for vci in (False, True))
    assert vci > 0.9
    assert vci > plain + 0.4
