"""What the experiment on conversations measures of a model."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from model.language.stems import content_stems, words
from training.data.integrity import integrity, whole_requirements
from training.data.tinyworld import same
from training.tiny.chat_eval import answered, chained, held_out_chats, right
from training.tiny.lm_eval import exact, held_out_edits, writer, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.data.splits import Part
    from training.tiny.chat_eval import Ask
    from training.tiny.conversations.state import Chat


def measured(ask: Ask, chats: int, edits: int, part: Part, seed: int) -> dict[str, float]:
    """All measures of a model that answers `ask`, on conversations and edits of a part drawn by `seed`.

    - `true@T`, `chained@T`: the share of right answers to T-th messages on true prompts, and of pictures that
      are exactly right after T messages on the model's own, in [0, 1];
    - `integrity`: content integrity of edits in conversations, on true prompts, in [0, 1];
    - `unasked`: content words in such an answer that neither the prompt nor the true answer has, each;
    - `length`: words of the prompts after the last message on the model's own, for each of the true ones';
    - `talk painted`: the share of messages that ask for no edit and are answered by one;
    - `single edits`, `single integrity`: exact, and content integrity, of edits without history.
    """
    drawn = held_out_chats(chats, part, seed)
    return {**_on_true_prompts(ask, drawn), **_on_its_own(ask, drawn), **_of_edits(ask, edits, part, seed)}


def _on_true_prompts(ask: Ask, chats: Sequence[Chat]) -> dict[str, float]:
    found: dict[str, list[float]] = defaultdict(list)
    told, results = answered(ask, chats)
    for (chat, turn, message), result in zip(told, results, strict=True):
        found[f"true@{turn}"].append(right(chat, message, result))
        if message.answer.kind != "edit":
            found["talk painted"].append(result is not None and result.kind == "edit")
        elif message.kind != "beautify":
            source, wanted = chat.pictures[message.about].prompt, message.answer.text
            # What paints nothing leaves the prompt as it is
            written = result.target_prompt if result and result.kind == "edit" else source
            found["integrity"].append(integrity(written, whole_requirements(source, wanted)))
            extra = content_stems(written) - content_stems(source) - content_stems(wanted)
            found["unasked"].append(len(extra))
    return {name: _mean(values) for name, values in found.items()}


def _on_its_own(ask: Ask, chats: Sequence[Chat]) -> dict[str, float]:
    found: dict[str, list[float]] = defaultdict(list)
    last = max(len(chat.messages) for chat in chats)
    shown = wanted = 0
    for turn, prompt, true in chained(ask, chats):
        found[f"chained@{turn}"].append(same(prompt, true))
        if turn == last:
            shown, wanted = shown + len(words(prompt)), wanted + len(words(true))
    return {name: _mean(values) for name, values in found.items()} | {"length": shown / wanted}


def _of_edits(ask: Ask, count: int, part: Part, seed: int) -> dict[str, float]:
    edits = held_out_edits(count, seed, part)
    targets = written(writer(ask), [(edit.source, edit.instruction) for edit in edits])
    pairs = list(zip(edits, targets, strict=True))
    return {
        "single edits": _mean([exact(edit, target) for edit, target in pairs]),
        "single integrity": _mean(
            [integrity(target, whole_requirements(edit.source, edit.target)) for edit, target in pairs]
        ),
    }


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4)
