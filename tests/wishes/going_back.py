"""What going back without the model (`bot.domain.said_returns`) brings in conversations of TinyWorld.

Messages are of the selection part, drawn by a seed of their own, with the true prompts before them. Where the
words alone find a picture, whether that is the right one is compared with the model's answer.
"""

from pathlib import Path

from bot.domain.said_returns import earlier_prompt
from model.engine import EditRequest
from training.data.tinyworld import same
from training.tiny.chat_eval import Ask, answered, held_out_chats, request, right
from training.tiny.conversations.state import Chat, Message
from training.tiny.lm_eval import asker
from training.tiny.second_look_eval import as_table

SEED = 4


def table(folder: Path, count: int) -> str:
    """Of so many conversations: how many messages go back, and of those that the words decide, and of the
    others among them, how many are right by the model alone and with the words, as Markdown."""
    return of(held_out_chats(count, "selection", SEED), asker(folder))


def of(chats: list[Chat], ask: Ask) -> str:
    """The same of these conversations and a model."""
    decided, others = [], []
    for (chat, _, message), answer in zip(*answered(ask, chats), strict=True):
        one, by_model = request(chat, message), right(chat, message, answer)
        prompt = earlier_prompt(one.instruction, one.source_prompt, one.history)
        if prompt is not None:
            decided.append((by_model, same(prompt, _wanted(message, one))))
        elif message.answer.kind == "back":
            others.append((by_model, by_model))
    rows = [("by their words alone", decided), ("other messages that go back", others)]
    return as_table("messages", [*rows, ("both", decided + others)])


def _wanted(message: Message, asked_for: EditRequest) -> str:
    """The prompt that is the current one after the message."""
    return asked_for.history[-1].prompt if message.answer.kind == "undo" else message.answer.text
