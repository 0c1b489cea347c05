"""Help: every command says what it does, every argument what it is, and every default is named."""

import argparse
from collections.abc import Iterator

import pytest

import bot.__main__
import model.__main__
import training.__main__
from model.command_line import Lines, Parser
from training.tiny import lm

Place = tuple[str, argparse.ArgumentParser]


def below(name: str, parser: argparse.ArgumentParser) -> Iterator[Place]:
    """The parser and those of its commands, each with the words that lead to it."""
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from below(f"{name} {word}", inner)


def every_parser() -> list[Place]:
    language = Parser("training tiny lm", description="as its command has it")
    lm.add_arguments(language)
    return [
        *below("bot", bot.__main__.parser()),
        *below("model", model.__main__._parser()),
        *below("training", training.__main__.parser()),
        ("training tiny lm", language),
    ]


PARSERS = every_parser()


def arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [each for each in parser._actions if not isinstance(each, argparse._SubParsersAction)]


def test_the_commands_of_all_three_are_walked() -> None:
    names = {name for name, _ in PARSERS}
    assert {"bot restore", "model paint", "training preferences pairs", "training tiny unet"} <= names


def test_every_command_says_what_it_does() -> None:
    assert [name for name, parser in PARSERS if not parser.description] == []


def test_every_argument_says_what_it_is() -> None:
    assert [
        f"{name} {'/'.join(each.option_strings) or each.dest}"
        for name, parser in PARSERS
        for each in arguments(parser)
        if not each.help
    ] == []


@pytest.mark.parametrize(("name", "parser"), PARSERS, ids=[name for name, _ in PARSERS])
def test_every_default_is_named(name: str, parser: argparse.ArgumentParser) -> None:
    text = " ".join(parser.format_help().split())
    for each in arguments(parser):
        none = each.default in (None, False, "", argparse.SUPPRESS) or each.default == []
        if each.option_strings and not none:
            assert "default" in text, name
            assert str(each.default) in text.replace(" ", "") or str(each.default) in text, (name, each.dest)


def test_a_default_is_said_once_and_only_where_there_is_one() -> None:
    parser = Parser("p", formatter_class=Lines)
    parser.add_argument("--steps", default=3, help="how many")
    parser.add_argument("--seed", default=4, help="chance (default: %(default)s); 0 is any")
    parser.add_argument("--out", help="a file")
    parser.add_argument("--fast", action="store_true", help="at once")
    lines = parser.format_help().splitlines()[-4:]
    assert [" ".join(line.split()) for line in lines] == [
        "--steps STEPS how many (default: 3)",
        "--seed SEED chance (default: 4); 0 is any",
        "--out OUT a file",
        "--fast at once",
    ]
