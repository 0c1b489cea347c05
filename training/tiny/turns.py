"""Conversations of TinyWorld as reinforcement learning plays them: three to eight edits, with talk between.

They are paths through the conversations of `training.tiny.conversations`: of all pictures of one the furthest
from the first, the edits that led to it, and what was said on the way that asks for no picture. So what was
said may refer to any step before it ("the other one as well", "as it was at first"), just as the history of a
request has it, and every target is known.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from training.data.conversations import Conversation, Turn
from training.data.tinyworld import held_out, part_of, plain
from training.tiny.chat_eval import first_of
from training.tiny.conversations.talk import random_chat

if TYPE_CHECKING:
    from training.data.splits import Part

LEAST, MOST = 3, 8
"""Edits of a conversation."""
_MESSAGES = (5, 10)
"""Messages that are drawn for one; those that lead away from its path, or were undone, are no turns."""
_TALK = frozenset({"chat", "question", "unclear"})
"""Kinds of messages after which everything is as it was."""


def conversations(count: int, seed: int, part: Part = "train") -> list[Conversation]:
    """`count` conversations of a part. The same seed gives the same ones.

    The first scene decides, as in `chat_eval.held_out_chats`. A conversation of the train part also shows on
    its way no prompt whose letters are held out, and with such every conversation of the others begins.
    """
    rng = random.Random(f"{seed}-{part}-turns")
    found: list[Conversation] = []
    while len(found) < count:
        one = _path(rng, part)
        if one is not None:
            found.append(one)
    return found


def _path(rng: random.Random, part: Part) -> Conversation | None:
    """The longest path of a random conversation, if it is one of edits with known targets."""
    chat = random_chat(rng, messages=rng.randint(*_MESSAGES), first=first_of(rng, part), mistakes=False)
    furthest = max(range(len(chat.pictures)), key=lambda picture: len(chat.path(picture)))
    places = chat.path(furthest)[: MOST + 1]
    shown = [chat.pictures[at] for at in places]
    # Without words the prompt is to be beautified, and which words of quality come is open
    if len(shown) <= LEAST or not all(picture.instruction.strip() for picture in shown[1:]):
        return None
    if part_of(shown[0].prompt, "") != part:
        return None
    if part == "train" and any(held_out(picture.prompt) for picture in shown):
        return None
    turns: list[Turn] = []
    for at, place in enumerate(places):
        one = chat.pictures[place]
        if at:
            turns.append(Turn(one.instruction, one.prompt, str(plain(one.draft))))
        if at < len(places) - 1:
            turns += [
                Turn(message.instruction, one.prompt, str(plain(one.draft)), message.answer.kind)
                for message in chat.messages
                if message.about == place and message.answer.kind in _TALK
            ]
    return Conversation(shown[0].prompt, tuple(turns))
