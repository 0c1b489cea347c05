"""How well a language model follows conversations: exact scenes by turn, kinds of messages, people's phrases.

Conversations begin with scenes of a held-out part. "True source": each message with the true prompts before
it. "Chained": on the prompts that the model itself wrote, as in a thread, where mistakes add up. Wishes are
of the second source (`training.tiny.wishes`), in words that no training wish is made of.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from model.engine import EditRequest, EditResult, Step
from model.errors import EditError
from model.language.stems import words
from model.tiny import grammar
from model.tiny.drafts import Draft
from training.data.tinyworld import held_out, part_of, same
from training.tiny.conversations.state import MISTAKEN
from training.tiny.conversations.talk import first_draft, random_chat
from training.tiny.wishes.bank.pictures import bank_picture
from training.tiny.wishes.draw import ALL_BUT_BANK, Wish, random_wish

if TYPE_CHECKING:
    from training.data.splits import Part
    from training.tiny.conversations.said import Language
    from training.tiny.conversations.state import Chat, Message
    from training.tiny.wishes.voice import Part as SaidPart

Ask = Callable[[Sequence[EditRequest]], Sequence[EditResult | EditError]]
Shares = dict[str, tuple[float, int]]
"""Share right and number, by row."""
_BATCH = 64
_WORDS: dict[str, SaidPart] = {"held-out": "selection", "trained": "train"}


def held_out_chats(
    count: int, part: Part = "test", seed: int = 1, messages: int = 8, *, mistakes: bool = False
) -> list[Chat]:
    """Conversations about TinyWorld of so many messages whose first scene is in a part.

    Without `mistakes` by the bot: on a model's own prompts it makes them itself.
    """
    rng = random.Random(f"{seed}-{part}")
    found: list[Chat] = []
    while len(found) < count:
        first = first_of(rng, part)
        chat = random_chat(rng, messages=messages, first=first, mistakes=mistakes)
        if part_of(chat.pictures[0].prompt, "") == part:
            found.append(chat)
    return found


def first_of(
    rng: random.Random, part: Part, picture: Callable[[random.Random], Draft] = first_draft
) -> Draft:
    """A prompt of a part, to begin a conversation with."""
    while True:
        first = picture(rng)
        # The letters are asked first, as that is much the cheaper question
        if held_out(str(first)) == (part != "train") and part_of(str(first), "") == part:
            return first


def held_out_wishes(
    count: int,
    language: Language,
    part: Part = "test",
    seed: int = 1,
    said: SaidPart = "selection",
    *,
    bank: bool = False,
) -> list[tuple[str, Wish]]:
    """Prompts of a part's scenes and wishes for them in words that training does not use, or (`said` "train")
    in those that it does; with `bank` by the lines of `training.tiny.wishes.bank` alone."""
    rng = random.Random(f"{seed}-{part}-{language}" + "-bank" * bank)
    picture, without = (bank_picture, ALL_BUT_BANK) if bank else (first_draft, ())
    found: list[tuple[str, Wish]] = []
    while len(found) < count:
        before = first_of(rng, part, picture)
        wish = random_wish(rng, before, language, part=said, without=without)
        if wish:
            found.append((str(before), wish))
    return found


# --- asking ---------------------------------------------------------------------------------------------


def asked(ask: Ask, requests: Sequence[EditRequest]) -> list[EditResult | None]:
    """The answers to all requests, in batches of like length; None where there is no usable one."""
    found: list[EditResult | None] = [None] * len(requests)
    order = sorted(range(len(requests)), key=lambda i: sum(len(s.prompt) for s in requests[i].history))
    for start in range(0, len(order), _BATCH):
        part = order[start : start + _BATCH]
        for i, outcome in zip(part, ask([requests[i] for i in part]), strict=True):
            found[i] = None if isinstance(outcome, EditError) else outcome
    return found


def request(chat: Chat, message: Message) -> EditRequest:
    """The message with the true prompts before it."""
    return EditRequest(
        chat.pictures[message.about].prompt, message.instruction, history=chat.history(message.about)
    )


def right(chat: Chat, message: Message, result: EditResult | None) -> bool:
    """Whether the kind is told and, of an edit and of going back, the prompt is the right one."""
    if result is None or result.kind != message.answer.kind:
        return False
    if message.kind == "beautify":
        return len(grammar.parse(result.target_prompt).quality) > 1
    if result.kind in ("edit", "back"):
        return same(result.target_prompt, message.answer.text)
    return result.kind != "choose" or result.detail == message.answer.text


# --- scores ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Rows:
    """Shares by row name, counted."""

    hits: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))

    def add(self, names: Iterable[str], hit: bool) -> None:
        """Count one outcome for each of these rows."""
        for name in names:
            self.hits[name].append(hit)

    def shares(self) -> Shares:
        """Share and number of each row."""
        return {name: (sum(found) / len(found), len(found)) for name, found in sorted(self.hits.items())}


def answered(
    ask: Ask, chats: Sequence[Chat]
) -> tuple[list[tuple[Chat, int, Message]], list[EditResult | None]]:
    """Every message with its conversation and turn (1, 2, ...), but for mistakes, which nobody is to learn;
    and what is answered to it on the true prompts."""
    told = [
        (chat, turn, message)
        for chat in chats
        for turn, message in enumerate(chat.messages, 1)
        if message.kind != MISTAKEN
    ]
    return told, asked(ask, [request(chat, message) for chat, _, message in told])


def true_source_scores(ask: Ask, chats: Sequence[Chat]) -> tuple[Shares, Shares, Shares]:
    """Shares of right answers by turn, by move and by kind of message, on the true prompts.

    The last also has `edit taken for another` (of edits) and `another taken for edit` (of the others).
    """
    told, results = answered(ask, chats)
    turns, moves, kinds = Rows(), Rows(), Rows()
    for (chat, turn, message), result in zip(told, results, strict=True):
        hit, kind = right(chat, message, result), message.answer.kind
        turns.add((f"turn {turn}", f"all {chat.language}"), hit)
        moves.add((message.kind,), hit)
        same_kind = result is not None and result.kind == kind
        kinds.add((kind,), same_kind)
        if kind == "edit":
            kinds.add(("edit taken for another",), result is not None and result.kind != "edit")
        else:
            kinds.add(("another taken for edit",), result is not None and result.kind == "edit")
    return turns.shares(), moves.shares(), kinds.shares()


@dataclass(slots=True)
class Thread:
    """A conversation on the model's own prompts: (prompt, parent, instruction) of each picture."""

    pictures: list[tuple[str, int, str]]
    here: int = 0
    undone: list[int] = field(default_factory=list)

    def request(self, instruction: str) -> EditRequest:
        """The next message."""
        steps: list[Step] = []
        at = self.here
        while self.pictures[at][1] >= 0:
            _, parent, said = self.pictures[at]
            steps.append(Step(self.pictures[parent][0], said))
            at = parent
        return EditRequest(self.pictures[self.here][0], instruction, history=tuple(reversed(steps)))

    def take(self, instruction: str, result: EditResult | None) -> None:
        """Do what the answer says, as the bot does."""
        if result is None:
            return
        prompt, parent, _ = self.pictures[self.here]
        if result.kind == "edit" and words(result.target_prompt) != words(prompt):
            self.pictures.append((result.target_prompt, self.here, instruction))
            self.here, self.undone = len(self.pictures) - 1, []
        elif result.kind == "undo" and parent >= 0:
            self.undone.append(self.here)
            self.here = parent
        elif result.kind == "redo" and self.undone:
            self.here = self.undone.pop()
        elif result.kind == "restart":
            self.here = 0
        elif result.kind == "back":
            at = self.here
            while at >= 0 and self.pictures[at][0] != result.target_prompt:
                at = self.pictures[at][1]
            self.here = max(at, 0)


def chained(ask: Ask, chats: Sequence[Chat]) -> Iterator[tuple[int, str, str]]:
    """All conversations on the model's own prompts: after each message its turn (1, 2, ...), the prompt of
    the picture that the thread then shows, and the one it should show."""
    threads = [Thread([(chat.pictures[0].prompt, -1, "")]) for chat in chats]
    for turn in range(max(len(chat.messages) for chat in chats)):
        going = [i for i, chat in enumerate(chats) if turn < len(chat.messages)]
        said = [chats[i].messages[turn] for i in going]
        results = asked(ask, [threads[i].request(m.instruction) for i, m in zip(going, said, strict=True)])
        for i, message, result in zip(going, said, results, strict=True):
            threads[i].take(message.instruction, result)
            yield (
                turn + 1,
                threads[i].pictures[threads[i].here][0],
                chats[i].pictures[message.after].prompt,
            )


def chained_scores(ask: Ask, chats: Sequence[Chat]) -> Shares:
    """Shares of conversations whose picture is exactly right after each turn, on the model's own prompts."""
    rows = Rows()
    for turn, shown, wanted in chained(ask, chats):
        rows.add((f"turn {turn}",), same(shown, wanted))
    return rows.shares()


def wishes_asked(ask: Ask, wishes: Sequence[tuple[str, Wish]]) -> list[EditResult | None]:
    """The answers to wishes, each on its prompt alone."""
    return asked(ask, [EditRequest(source, wish.instruction) for source, wish in wishes])


def wish_scores(ask: Ask, wishes: Sequence[tuple[str, Wish]]) -> tuple[Shares, Shares]:
    """Shares of wishes whose target is exactly right, by kind; and of all, how the others fail: `left` alone,
    or `silently wrong`."""
    results = wishes_asked(ask, wishes)
    kinds, outcomes = Rows(), Rows()
    for (source, wish), result in zip(wishes, results, strict=True):
        target = result.target_prompt if result else source
        hit, left = same(target, str(wish.after)), words(target) == words(source)
        kinds.add(("every kind", wish.kind), hit)
        outcomes.add(("left",), left and not hit)
        outcomes.add(("silently wrong",), not left and not hit)
    return kinds.shares(), outcomes.shares()


def tables(ask: Ask, count: int, part: Part) -> str:
    """All of it as Markdown: `count` conversations of eight messages, and as many wishes in each language.

    Corrections of mistakes that the bot made are of as many other conversations.
    """
    chats = held_out_chats(count, part)
    turns, moves, kinds = true_source_scores(ask, chats)
    _, corrections, _ = true_source_scores(ask, held_out_chats(count, part, seed=2, mistakes=True))
    moves |= {name: share for name, share in corrections.items() if name == "corrected"}
    chained = chained_scores(ask, chats)
    lines = [f"| turn of {count} conversations ({part}) | true source | chained |", "|---|---|---|"]
    lines += [f"| {name} | {turns[name][0]:.1%} | {chained[name][0]:.1%} |" for name in chained]
    lines += [_table("messages by language", {n: s for n, s in turns.items() if n.startswith("all")})]
    lines += [_table("messages by move, true source", moves), _table("kind told", kinds)]
    for language in ("en", "de"):
        # What is wrong in trained words too was not learnt; in the others alone, it was not carried over
        for name, said in _WORDS.items():
            found, failed = wish_scores(ask, held_out_wishes(count, language, part, said=said))
            lines.append(_table(f"wishes in {name} words, {language}", found | failed))
            found, failed = wish_scores(ask, held_out_wishes(count, language, part, said=said, bank=True))
            lines.append(_table(f"wishes by {name} lines, {language}", found | failed))
    return "\n".join(lines)


def _table(title: str, shares: Shares) -> str:
    rows = [f"| {name} | {share:.1%} | {n} |" for name, (share, n) in shares.items()]
    return "\n".join(["", f"| {title} | share | n |", "|---|---|---|", *rows])
