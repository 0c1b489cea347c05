"""Tokens with a part to play: what ends an answer, what pads a batch, what a tokenizer adds by itself.

Checkpoints that people load often have these wrong: the end of a turn stands only in the chat template, the
pad token lies beyond the embedding, there is no pad token at all, the tokenizer appends an end token to every
prompt. What can be put right without guessing is put right when the model is loaded; the rest is a LoadError
then, instead of an IndexError at somebody's request.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from model.errors import LoadError
from model.language.thinking import is_mark


@dataclass(frozen=True, slots=True)
class Tokens:
    """The ids that end an answer, the id that pads a batch, and special ids that are no part of an answer."""

    ends: tuple[int, ...]
    pad: int
    dropped: frozenset[int]

    def completion(self, tokenizer: Any, text: str) -> list[int]:
        """The ids of a finished answer. Words of people never become control tokens."""
        ids: list[int] = tokenizer(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
        return [*ids, *self.ends[:1]]

    def without_appended(self, ids: list[int]) -> list[int]:
        """`ids` of a prompt without the end tokens that the tokenizer appends (`add_eos_token`).

        Behind one, a model takes the prompt for a finished text. Words of people never become control tokens,
        so that whatever special tokens a prompt ends in were put there by the tokenizer.
        """
        end = len(ids)
        while end and (ids[end - 1] in self.ends or ids[end - 1] in self.dropped):
            end -= 1
        return ids[:end]


def find_tokens(model: Any, tokenizer: Any, ends_of_turn: Iterable[int] = ()) -> Tokens:
    """The tokens of a loaded model; the tokenizer's pad token is set where it was missing or out of range.

    `ends_of_turn` are the tokens that close a turn in the chat template. Raises LoadError when nothing ends
    an answer, or when the tokenizer knows more words than the model.
    """
    rows = model.get_input_embeddings().num_embeddings
    _check_vocabulary(tokenizer, rows)
    ends = tuple(sorted(i for i in _ends(model, tokenizer, ends_of_turn) if 0 <= i < rows))
    if not ends:
        raise LoadError(
            "The language model has no end token, neither in its settings nor in its chat template, so its "
            'answers would never end: set "eos_token_id" in its generation_config.json, or choose another.'
        )
    pad = tokenizer.pad_token_id
    if pad is None or not 0 <= pad < rows:
        # Any id inside the embedding will do, the mask hides it; an end token surely is no word
        pad = ends[0]
        tokenizer.pad_token = tokenizer.convert_ids_to_tokens(pad)
    return Tokens(ends, pad, frozenset(_special(tokenizer)))


def _check_vocabulary(tokenizer: Any, rows: int) -> None:
    """Words of the tokenizer beyond the embedding fail at the first text that has one."""
    added = tokenizer.added_tokens_decoder
    highest = max((i for i in tokenizer.get_vocab().values() if i not in added), default=0)
    if highest >= rows:
        raise LoadError(
            f"The tokenizer numbers its words up to {highest}, the language model knows {rows}: they belong "
            "to different models; take the tokenizer's files from the checkpoint's own source."
        )


def _ends(model: Any, tokenizer: Any, ends_of_turn: Iterable[int]) -> set[int]:
    """End tokens by the tokenizer, the template, and the checkpoint's settings.

    The settings count only where the tokenizer agrees that it is a token of control, because a class's
    default (2 in many) may be an ordinary word of another tokenizer.
    """
    ends = {tokenizer.eos_token_id, *ends_of_turn} - {None}
    generation, config = model.generation_config, model.config.get_text_config()
    configured = {
        *_ids(generation.eos_token_id if generation else None),
        *_ids(getattr(model.config, "eos_token_id", None)),
        *_ids(getattr(config, "eos_token_id", None)),
    }
    control = set(tokenizer.added_tokens_decoder) | set(tokenizer.all_special_ids)
    return ends | (configured & control) or configured


def _ids(value: Any) -> list[int]:
    return [] if value is None else list(value) if isinstance(value, (list, tuple)) else [value]


def _special(tokenizer: Any) -> Iterable[int]:
    """Special tokens to leave out of an answer's text: all but the marks of thinking and channels."""
    for number, token in tokenizer.added_tokens_decoder.items():
        if token.special and not is_mark(token.content):
            yield number
    yield from (i for i in tokenizer.all_special_ids if not is_mark(tokenizer.convert_ids_to_tokens(i)))
