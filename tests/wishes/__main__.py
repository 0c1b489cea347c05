"""`python -m tests.wishes`: the held-out wishes and chats through the bot's own steps, and the tables.

Takes a few minutes on two cores. With `--model` another language model than the shipped one is measured.
With `--show` nothing is measured: the chat of a file, the first picture's prompt and then a message a line,
is printed with what the bot makes of every message. `--others` measures the second set, by other authors.
`--going-back` measures something else: in so many
conversations of TinyWorld, what going back by words alone brings (`tests.wishes.going_back`).
"""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from model.presets import resolve
from model.serving.local_engine import LocalEngine
from model.settings import ModelSettings
from tests.wishes import going_back, sets, tables
from tests.wishes.bot_path import BotPath, Talk
from tests.wishes.scoring import Outcome, is_right, outcome
from tests.wishes.sets import Chat, Wish


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.wishes", description=__doc__)
    parser.add_argument("--model", help="folder of a DiffChat checkpoint; the shipped one by default")
    parser.add_argument("--show", type=Path, help="a chat to print the bot's answers to")
    parser.add_argument("--others", action="store_true", help="measure the set by other authors")
    parser.add_argument("--going-back", type=int, default=0, help="conversations to measure going back in")
    args = parser.parse_args()
    if args.going_back:
        print(going_back.table(Path(_settings(args.model).llm.model), args.going_back))
        return
    if not args.show:
        asyncio.run(_measure(args.model, others=args.others))
        return
    lines = [line for line in args.show.read_text(encoding="utf-8").splitlines() if line.strip()]
    if len(lines) < 2:
        parser.error(f"{args.show} needs a prompt in its first line, and a message in each further one.")
    asyncio.run(_show(args.model, lines[0], lines[1:]))


def _settings(model: str | None) -> ModelSettings:
    settings = resolve("tiny")
    if model is None:
        return settings
    return settings.model_copy(update={"llm": settings.llm.model_copy(update={"model": model})})


async def _show(model: str | None, first: str, messages: Sequence[str]) -> None:
    settings = _settings(model)
    async with LocalEngine(settings, only="llm") as engine:
        bot, talk = BotPath(engine, settings.llm.temperature), Talk.about(first)
        print(first)
        for message in messages:
            before, answer = talk.prompt, await bot.say(talk, message)
            told = answer.kind or ("changes nothing" if talk.prompt == before else "edit")
            print(f"> {message}\n  {told}{', in doubt' if answer.doubtful else ''}: {talk.prompt}")


async def _measure(model: str | None, *, others: bool) -> None:
    settings = _settings(model)
    of_set = sets.others() if others else (sets.wishes(), sets.chats())
    async with LocalEngine(settings, only="llm") as engine:
        bot = BotPath(engine, settings.llm.temperature)
        found = await asyncio.gather(*(_wish(bot, wish) for wish in of_set[0]))
        talked = await asyncio.gather(*(_chat(bot, chat) for chat in of_set[1]))
    asked = tables.of_authors(found) if others else tables.of_wishes(found)
    print(asked, tables.of_chats(talked), sep="\n\n")


async def _wish(bot: BotPath, wish: Wish) -> tuple[Wish, Outcome]:
    answer = await bot.say(Talk.about(wish.prompt), wish.message.instruction)
    return wish, outcome(wish.prompt, wish.message, answer)


async def _chat(bot: BotPath, chat: Chat) -> tuple[Chat, list[bool]]:
    """Whether the current picture's prompt is right after each turn, undo and history included."""
    talk, right = Talk.about(chat.prompt), []
    for turn in chat.turns:
        await bot.say(talk, turn.instruction)
        right.append(is_right(talk.prompt, turn.expected))
    return chat, right


if __name__ == "__main__":
    main()
