"""Writing several texts at once, token by token, greedy or drawn, with prompt lookup in each of them.

transformers' `generate` has prompt lookup for one text alone, and computes a batch to the end of its longest
text. Here each row has its own run of tokens to try (`model.language.lookup`), a row that has ended leaves
the batch, and other texts may join it between two passes. But for rounding the texts are those of `generate`.

Rows keep different parts of their runs, so that the keys and values of a row have gaps. These are masked, and
every token is told its true place. That asks for a model that takes places (`position_ids`) and whose layers
keep the keys and values of all tokens; `can_decode` says which are such, and the others are left to
`generate`.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer

from model.language.lookup import Lookup, longest_run
from model.language.sampling import Drawing

Layers = list[tuple[torch.Tensor, torch.Tensor]]
"""Keys and values [B, heads, tokens, width] of each layer."""


class Kept(Protocol):
    """Where beginnings of prompts are kept (`model.language.prefix_cache`)."""

    def find(self, prompt: Sequence[int]) -> "tuple[int, Layers | None]":
        """How many tokens of the prompt are known, at most all but the last, and their keys and values."""

    def keep(self, tokens: Sequence[int], layers: Layers) -> None:
        """Take the keys and values of a text that has ended; one row."""


@dataclass(eq=False)
class Text:
    """One text being written behind `prompt`.

    It ends with one of the model's end tokens, with `most` new ones, or when `enough` says so of the tokens
    written. `copies_from` is where in the prompt the words begin that it may repeat; None tries no runs.
    """

    prompt: Sequence[int]
    most: int
    drawing: Drawing
    enough: Callable[[list[int]], bool] = lambda _: False
    copies_from: int | None = 0
    written: list[int] = field(default_factory=list)
    weighed: bool = False
    """Whether `log_probabilities` and `runners_up` are kept."""
    log_probabilities: list[float] = field(default_factory=list)
    """Of each token that is written, the end token included, by the model's plain scores."""
    runners_up: list[tuple[int, float]] = field(default_factory=list)
    """The likeliest other token in the place of each, and its log-probability."""
    broken: bool = False
    """Whether the model's scores were no numbers, as where half precision overflows; it ends then."""

    def __post_init__(self) -> None:
        drawn = self.drawing.temperature > 0  # what is drawn for a token must not depend on what was tried
        start = None if drawn else self.copies_from
        self._lookup = None if start is None else Lookup(self.prompt, start)

    def run(self, most: int) -> list[int]:
        """Tokens to try, besides the one that the pass writes anyway."""
        left = self.most - len(self.written) - 1
        return self._lookup.run(min(most, left)) if self._lookup and left > 0 else []

    def take(self, tokens: list[int], tried: Sequence[int]) -> None:
        """Go on by these tokens, of which all but the last had been tried."""
        self.written += tokens
        if self._lookup:
            self._lookup.tried(tried, len(tokens) - 1)
            self._lookup.extend(tokens)


def can_decode(model: Any) -> bool:
    """Whether the model can be used by `Decoder`."""
    # private in transformers, but all that `generate` itself asks; there is no public question
    if getattr(model, "_is_stateful", False) or "position_ids" not in _forward(model):
        return False
    layers = DynamicCache(config=model.config).layers
    return all(type(layer) is DynamicLayer for layer in layers)


def _forward(model: Any) -> set[str]:
    base = model.get_base_model() if hasattr(model, "get_base_model") else model  # peft's own takes anything
    return set(inspect.signature(base.forward).parameters)


@torch.inference_mode()
def read_through(model: Any, tokens: Sequence[int]) -> Layers:
    """The keys and values of tokens that stand at the beginning."""
    ids = torch.tensor([list(tokens)], device=model.device)
    cache = model.base_model(input_ids=ids, use_cache=True).past_key_values
    return [(layer.keys, layer.values) for layer in cache.layers]


class Decoder:
    """Writes texts by a model. `ends` are its end tokens, `pad` fills gaps, `kept` keeps beginnings.

    `draw` chooses the next tokens of several texts at once from their scores [B, vocabulary], in the place of
    what each of them says.
    """

    def __init__(
        self,
        model: Any,
        ends: Iterable[int],
        pad: int,
        kept: Kept | None = None,
        draw: Callable[[Sequence[Text], torch.Tensor], list[int]] | None = None,
    ) -> None:
        self._model, self._ends, self._pad, self._kept = model, frozenset(ends), pad, kept
        self._draw = draw
        self._last_only = {"logits_to_keep": 1} if "logits_to_keep" in _forward(model) else {}

    @torch.inference_mode()
    def write(
        self,
        texts: Sequence[Text],
        stop: Callable[[], bool] = lambda: False,
        *,
        joining: Callable[[int], Sequence[Text]] = lambda _: (),
        ended: Callable[[Text], None] = lambda _: None,
    ) -> None:
        """Write the texts to their ends, or until `stop`, asked before each pass, says to leave them.

        `joining` is asked before each pass, with the number of texts being written, for others to go on with;
        `ended` is told of each text at once.
        """
        batch = _Batch()
        new = list(texts)
        while not stop():
            new += joining(len(batch.texts) + len(new))
            if new:
                batch.join(self._begin(new), new)
                new = []
            elif batch.texts:
                self._go_on(batch)
            else:
                return
            for text in batch.leave([self._has_ended(text) for text in batch.texts], self._kept):
                ended(text)

    @torch.inference_mode()
    def log_probabilities(
        self, prompts: Sequence[Sequence[int]], behind: Sequence[Sequence[int]]
    ) -> list[float]:
        """How likely the model's plain scores make the tokens behind each prompt; neither may be empty."""
        known = [self._kept.find(prompt) if self._kept else (0, None) for prompt in prompts]
        rows = _Rows.of(known, self._model)
        unread = [
            [*prompt[length:], *tokens[:-1]]
            for prompt, tokens, (length, _) in zip(prompts, behind, known, strict=True)
        ]
        last = {"logits_to_keep": max(map(len, behind))} if self._last_only else {}
        ids, fresh, places = self._aligned(unread, [length for length, _ in known])
        scores = self._pass(rows, ids, fresh, places, **last)
        found = []
        for row, tokens in enumerate(behind):
            own = scores[row, -len(tokens) :].float()
            found.append(float((own[range(len(tokens)), list(tokens)] - own.logsumexp(-1)).sum()))
        return found

    def _has_ended(self, text: Text) -> bool:
        written = text.written
        return (
            text.broken or written[-1] in self._ends or len(written) >= text.most or text.enough(text.written)
        )

    def _begin(self, texts: Sequence[Text]) -> "_Rows":
        """Read the prompts and write the first token of each."""
        known = [self._kept.find(text.prompt) if self._kept else (0, None) for text in texts]
        rows = _Rows.of(known, self._model)
        unread = [list(text.prompt[length:]) for text, (length, _) in zip(texts, known, strict=True)]
        ids, fresh, places = self._aligned(unread, [length for length, _ in known])
        scores = self._pass(rows, ids, fresh, places, **self._last_only)[:, -1:]
        self._take(texts, [[] for _ in texts], scores)
        return rows

    def _aligned(
        self, unread: Sequence[list[int]], known: Sequence[int]
    ) -> tuple[list[list[int]], list[list[bool]], list[list[int]]]:
        """Tokens to read behind so many known ones with gaps before them, which are none, and all places."""
        width = max(map(len, unread))
        gaps = [width - len(tokens) for tokens in unread]
        ids = [[self._pad] * gap + tokens for gap, tokens in zip(gaps, unread, strict=True)]
        fresh = [[False] * gap + [True] * len(tokens) for gap, tokens in zip(gaps, unread, strict=True)]
        # a gap's place is of no account; it must be one that the model has
        places = [
            [0] * gap + list(range(length, length + len(tokens)))
            for gap, tokens, length in zip(gaps, unread, known, strict=True)
        ]
        return ids, fresh, places

    def _go_on(self, batch: "_Batch") -> None:
        """One pass for all rows: the last token of each, which is not read yet, and a run behind it."""
        texts, rows = batch.texts, batch.rows
        most = longest_run(len(texts))
        runs = [text.run(most) for text in texts]
        width = 1 + max(map(len, runs))
        ids, fresh, places = [], [], []
        for text, run in zip(texts, runs, strict=True):
            gap = width - 1 - len(run)
            at = len(text.prompt) + len(text.written) - 1
            ids.append([text.written[-1], *run, *[self._pad] * gap])
            fresh.append([True] * (1 + len(run)) + [False] * gap)
            places.append([*range(at, at + 1 + len(run)), *[at] * gap])
        before = rows.width
        taken = self._take(texts, runs, self._pass(rows, ids, fresh, places))
        rows.forget(before, taken)

    def _pass(
        self,
        rows: "_Rows",
        ids: list[list[int]],
        fresh: list[list[bool]],
        places: list[list[int]],
        **more: Any,
    ) -> torch.Tensor:
        """Scores [B, new, vocabulary]; keys and values of the new tokens are added to the rows."""
        device = self._model.device
        rows.mask = torch.cat([rows.mask, torch.tensor(fresh)], 1)
        output = self._model(
            input_ids=torch.tensor(ids, device=device),
            attention_mask=rows.mask.to(device, torch.long),
            position_ids=torch.tensor(places, device=device),
            past_key_values=rows.cache,
            use_cache=True,
            **more,
        )
        scores: torch.Tensor = output.logits
        return scores

    def _take(self, texts: Sequence[Text], runs: Sequence[Sequence[int]], scores: torch.Tensor) -> list[int]:
        """Go on in each text as far as the model agrees with its run; how many tokens each has taken."""
        best = scores.max(-1)
        # NaN is the highest of all for `max`, so one look at it finds scores that are no numbers
        sound, chosen = best.values.isfinite().tolist(), best.indices.tolist()
        whole = scores.float().logsumexp(-1) if any(text.weighed for text in texts) else None
        drawn = None if self._draw is None else self._draw(texts, scores[:, 0])
        taken = []
        for row, (text, run) in enumerate(zip(texts, runs, strict=True)):
            if drawn is not None:
                chosen[row][0] = drawn[row]
            elif text.drawing.temperature > 0:
                chosen[row][0] = text.drawing.token(scores[row, 0])
            kept = 0
            while kept < len(run) and run[kept] == chosen[row][kept] and run[kept] not in self._ends:
                kept += 1
            text.broken = not all(sound[row][: kept + 1])
            if text.weighed and whole is not None:
                _weigh(text, scores[row, : kept + 1].float(), whole[row, : kept + 1], chosen[row][: kept + 1])
            text.take(chosen[row][: kept + 1], run)
            taken.append(kept + 1)
        return taken


def _weigh(text: Text, scores: torch.Tensor, whole: torch.Tensor, tokens: Sequence[int]) -> None:
    """Note how likely tokens were by their `scores` [tokens, vocabulary], whose exponentials' sums have the
    logarithms `whole`, and what would have come instead."""
    places = range(len(tokens))
    text.log_probabilities += (scores[places, tokens] - whole).tolist()
    others = scores.clone()
    others[places, tokens] = float("-inf")
    best = others.max(-1)
    text.runners_up += zip(best.indices.tolist(), (best.values - whole).tolist(), strict=True)


class _Rows:
    """Keys and values of a batch, and which of their columns count for which row (`mask` [B, width])."""

    def __init__(self, cache: Any, mask: torch.Tensor) -> None:
        self.cache, self.mask = cache, mask

    @classmethod
    def of(cls, known: "Sequence[tuple[int, Layers | None]]", model: Any) -> "_Rows":
        """Rows that have read so many tokens each, with their gaps before them."""
        width = max(length for length, _ in known)
        mask = torch.tensor([[False] * (width - length) + [True] * length for length, _ in known])
        mask = mask.reshape(len(known), width)
        cache = DynamicCache(config=model.config)
        if width:
            sample = next(layers for _, layers in known if layers is not None)
            for number, (like, _) in enumerate(sample):
                none = like[:, :, :0]
                parts = [(none, none) if layers is None else layers[number] for _, layers in known]
                keys, values = (
                    torch.cat([_widened(part[half], width) for part in parts]) for half in range(2)
                )
                cache.update(keys, values, number)
        return cls(cache, mask)

    @property
    def width(self) -> int:
        return self.mask.shape[1]

    def layers(self) -> Layers:
        return [(layer.keys, layer.values) for layer in self.cache.layers]

    def forget(self, start: int, taken: Sequence[int]) -> None:
        """Of the columns from `start` on, each row keeps as many as it has taken tokens."""
        longest = max(taken)
        self.cache.crop(start + longest - self.width)
        self.mask = self.mask[:, : start + longest]
        for row, count in enumerate(taken):
            self.mask[row, start + count :] = False

    def select(self, rows: Sequence[int]) -> None:
        """Keep only these rows, and of the columns only those that count for any of them."""
        index = torch.tensor(rows)
        self.mask = self.mask[index]
        used = self.mask.any(0).nonzero()[:, 0]
        narrower = len(used) < self.width
        self.mask = self.mask[:, used]
        for layer in self.cache.layers:
            keys, values = layer.keys[index], layer.values[index]
            layer.keys, layer.values = (
                (part[:, :, used.to(part.device)] if narrower else part) for part in (keys, values)
            )

    def join(self, other: "_Rows") -> None:
        """Add the rows of another batch; the narrower one gets gaps before it."""
        width = max(self.width, other.width)
        for layer, more in zip(self.cache.layers, other.cache.layers, strict=True):
            layer.keys, layer.values = (
                torch.cat([_widened(ours, width), _widened(theirs, width)])
                for ours, theirs in ((layer.keys, more.keys), (layer.values, more.values))
            )
        gaps = (torch.nn.functional.pad(part.mask, (width - part.width, 0)) for part in (self, other))
        self.mask = torch.cat(list(gaps))


def _widened(part: torch.Tensor, width: int) -> torch.Tensor:
    """Keys or values with gaps of zeros before them, so that there are `width` columns."""
    return torch.nn.functional.pad(part, (0, 0, width - part.shape[2], 0))


class _Batch:
    """The texts being written, and their rows in the same order."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self._rows: _Rows | None = None

    @property
    def rows(self) -> _Rows:
        if self._rows is None:
            raise RuntimeError("no text is being written")
        return self._rows

    def join(self, rows: _Rows, texts: Sequence[Text]) -> None:
        if self._rows is None:
            self._rows = rows
        else:
            self._rows.join(rows)
        self.texts += texts

    def leave(self, has_ended: Sequence[bool], kept: Kept | None) -> list[Text]:
        """Let the texts go that have ended; gives them."""
        if not any(has_ended):
            return []
        gone = [text for text, end in zip(self.texts, has_ended, strict=True) if end]
        if kept is not None:
            for row, end in enumerate(has_ended):
                if end and not self.texts[row].broken:
                    self._keep(row, kept)
        stay = [row for row, end in enumerate(has_ended) if not end]
        if stay:
            self.rows.select(stay)
        else:
            self._rows = None
        self.texts = [self.texts[row] for row in stay]
        return gone

    def _keep(self, row: int, kept: Kept) -> None:
        """Hand over what was read of a text: all of it but its last token."""
        text, used = self.texts[row], self.rows.mask[row].nonzero()[:, 0]
        layers = [
            (keys[row : row + 1, :, used.to(keys.device)], values[row : row + 1, :, used.to(keys.device)])
            for keys, values in self.rows.layers()
        ]
        kept.keep([*text.prompt, *text.written][: len(used)], layers)
