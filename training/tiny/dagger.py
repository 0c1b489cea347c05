"""DAgger (Ross et al. 2011, arXiv 1011.0686): conversations on the prompts that a model itself writes.

    python -m training tiny lm --start CHECKPOINT --dagger 500

plays 500 conversations with the checkpoint before the run and mixes them into what is learnt. Where the model
drifts, its own picture stays, as it does in a thread: what it should have answered is learnt, and the people
go on from what they see. Every later answer is the exact one for the picture that is really there, so the
model learns what to do in states that it gets into, and not only in those of a conversation without faults.

A drifted prompt must be read back into pieces to be edited (`conversations.reading`): one with words that are
not TinyWorld's is learnt to be wrong, and the conversation goes on as if it had been right.
"""

from __future__ import annotations

import json
import random
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from model.language.conversation import Answer
from model.language.stems import words
from training.data.tinyworld import part_of
from training.errors import TrainingError
from training.tiny import together
from training.tiny.chat_eval import asked, request, right
from training.tiny.conversations.deltas import deltas
from training.tiny.conversations.naming import still_said
from training.tiny.conversations.reading import read
from training.tiny.conversations.state import MISTAKEN, Message, Picture
from training.tiny.conversations.talk import go_on, random_chat
from training.tiny.conversations.texts import Piece, lesson
from training.tiny.lm_eval import asker

if TYPE_CHECKING:
    from pathlib import Path

    from model.engine import EditResult
    from model.tiny.drafts import Draft
    from training.tiny.chat_eval import Ask
    from training.tiny.conversations.state import Chat
    from training.tiny.conversations.texts import Lesson

MESSAGES = 8


def played(ask: Ask, count: int, rng: random.Random) -> list[Chat]:
    """So many conversations of the train part in which what `ask` answered wrongly is what is shown then."""
    chats: list[Chat] = []
    while len(chats) < count:
        chat = random_chat(rng, messages=MESSAGES, mistakes=False)
        if part_of(chat.pictures[0].prompt, "") == "train":
            chats.append(chat)
    fine = [0] * count
    while going := [i for i in range(count) if fine[i] < len(chats[i].messages)]:
        told = [(i, place) for i in going for place in range(fine[i], len(chats[i].messages))]
        answers = asked(ask, [request(chats[i], chats[i].messages[place]) for i, place in told])
        by_chat: dict[int, list[EditResult | None]] = {i: [] for i in going}
        for (i, _), answer in zip(told, answers, strict=True):
            by_chat[i].append(answer)
        for i, own in by_chat.items():
            fine[i] = _drifted(chats[i], fine[i], own, rng)
    return chats


def _drifted(chat: Chat, start: int, answers: list[EditResult | None], rng: random.Random) -> int:
    """Let the first drift among the answers to the messages from `start` on stay, with other messages after
    it; returns how many messages are as the model answered them."""
    for place, answer in enumerate(answers, start):
        message = chat.messages[place]
        if message.kind in (MISTAKEN, "beautify") or message.answer.kind != "edit" or answer is None:
            continue
        if answer.kind != "edit" or right(chat, message, answer):
            continue
        seen = read(answer.target_prompt)
        if seen is None or seen.things == () or len(seen.things) > chat.most_things:
            continue
        _cut(chat, place)
        chat.messages.append(replace(message, after=message.about))
        if words(answer.target_prompt) != words(chat.now.prompt):
            _show(chat, message, seen, answer.target_prompt)
        done = len(chat.messages)
        go_on(chat, rng, "world", max(MESSAGES, done), mistakes=False)
        return done
    return len(chat.messages)


def _cut(chat: Chat, place: int) -> None:
    """Forget the message at `place`, and all that came of it and after it."""
    chat.here = chat.messages[place].about
    del chat.messages[place:]
    last = max([0, *(message.after for message in chat.messages)])
    del chat.pictures[last + 1 :]
    chat.undone.clear()


def _show(chat: Chat, message: Message, seen: Draft, prompt: str) -> None:
    """Go on from the picture that the model made of a message."""
    now = chat.now
    lasting = tuple(wish for wish in now.lasting if still_said(seen, MISTAKEN, *wish))
    chat.pictures.append(
        Picture(seen, prompt, chat.here, message.instruction, deltas(now.draft, seen), lasting)
    )
    drifted = Message(
        chat.here, message.instruction, Answer("edit", prompt), len(chat.pictures) - 1, MISTAKEN
    )
    chat.messages.append(drifted)
    chat.here = drifted.after


def lessons(checkpoint: Path | None, count: int, seed: int, folder: Path) -> list[Lesson]:
    """The lessons of `played` with a checkpoint, kept in `folder`, where a run that goes on finds them again.

    Raises TrainingError without a checkpoint.
    """
    if not checkpoint:
        raise TrainingError("--dagger plays with the checkpoint that --start names: give both.")
    file = folder / "played.json"
    if together.number() == 0 and not file.exists():
        chats = played(asker(checkpoint), count, random.Random(f"{seed}-dagger"))
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps([[asdict(piece) for piece in lesson(chat)] for chat in chats]), "utf-8")
        fresh.replace(file)
    together.wait()
    return [tuple(Piece(**piece) for piece in own) for own in json.loads(file.read_text(encoding="utf-8"))]
