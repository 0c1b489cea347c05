"""A finished turn as a message: what people read, within Discord's limits whatever the prompts are."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.pictures.actions import Moves, state_of
from bot.chat.pictures.painter_limits import PainterLimits
from bot.chat.pictures.turn_message import discord_files, files, layout
from bot.chat.pictures.uploads import UploadFile
from bot.domain.conversation import Conversation, Origin, Parameters, Turn, TurnKind
from bot.i18n import Language
from bot.jobs.presenter import FinishedPicture, FinishedTurn
from bot.sandbox.rules.forms import check_message
from bot.sandbox.rules.layouts import GALLERY, ROW, SECTION, TEXT
from model.engine import Capabilities
from tests.bot.chat.test_discord_limits import every_word
from tests.bot.engines import sketch
from tests.e2e.discordworld import caption_of

EN = Language.ENGLISH
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PROMPTS = st.text(max_size=3000)


def turn(**changes) -> Turn:
    fields = {
        "id": 2,
        "conversation_id": 1,
        "parent_turn_id": 1,
        "kind": TurnKind.REFINE,
        "origin": Origin.MESSAGE,
        "author_id": 7,
        "instruction": "make it night",
        "source_prompt": "a fox, sunny day",
        "target_prompt": "a fox, night",
        "parameters": Parameters(seed=42, steps=8, guidance=3.0, width=64, height=64),
        "follows_head": True,
        "created_at": NOW,
        "llm_model": "diffchat",
        "painter_model": "sd",
    }
    return Turn(**{**fields, **changes})


def finished(parent: Turn | None, count: int = 1, **changes) -> FinishedTurn:
    place = Conversation(1, 10, 11, 12, 7, "a fox", None, None, NOW)
    pictures = tuple(
        FinishedPicture(sketch("a fox", 42 + n, 64, 64), 42 + n, "0" * 64, 64, 64) for n in range(count)
    )
    return FinishedTurn(place, turn(**changes), parent, pictures, 1.23, job_id=5, nonce="n" * 24)


def message(done: FinishedTurn, *, readable: bool = True, **about: Any) -> dict[str, Any]:
    """The message as Discord gets it."""
    able = about.pop("able", Capabilities())
    state = state_of(done.turn, done.conversation, len(done.pictures), Moves(), able, replay_after=0)
    uploads = [UploadFile(f"{number}.png", b"") for number in range(len(done.pictures))]
    view = layout(done, discord_files(uploads, done), state, EN, readable=readable, **about)
    return {"components": view.to_components(), "flags": 1 << 15}


def above(done: FinishedTurn, **about: Any) -> str:
    """What stands above the frame."""
    first = message(done, **about)["components"][0]
    return str(first.get("content", ""))


def test_a_refinement_shows_words_change_seed_time_and_models():
    assert caption_of(message(finished(turn(target_prompt="a fox, sunny day")))) == [
        "**make it night**",
        "a fox, ~~sunny day~~ **night**",
        "-# seed 42 · 1.2 s · diffchat · sd",
    ]


def test_the_frame_has_the_picture_first_and_the_buttons_last():
    frame = message(finished(turn()))["components"][-1]
    assert [part["type"] for part in frame["components"]] == [GALLERY, TEXT, ROW]
    [item] = frame["components"][0]["items"]
    assert item == {"media": {"url": "attachment://0.png"}, "description": "a fox, night", "spoiler": False}


def test_a_covered_picture_is_covered_in_the_frame():
    done = finished(turn(), 2)
    covered = (done.pictures[0], replace(done.pictures[1], spoiler=True))
    items = message(replace(done, pictures=covered))["components"][-1]["components"][0]["items"]
    assert [(item["media"]["url"], item["spoiler"]) for item in items] == [
        ("attachment://0.png", False),
        ("attachment://SPOILER_1.png", True),
    ]


def test_a_first_picture_shows_what_was_added_to_the_persons_words():
    first = finished(None, parent_turn_id=None, kind=TurnKind.IMAGINE, source_prompt="a fox", instruction="")
    assert caption_of(message(first))[:2] == ["**a fox**", "a fox, **night**"]
    assert "Reply to change it" in above(first)
    assert "mention me" in above(first, readable=False)


def test_a_prompt_that_is_what_was_said_stands_there_once():
    exact = finished(
        None, parent_turn_id=None, kind=TurnKind.IMAGINE, source_prompt="a *fox*", target_prompt="a *fox*"
    )
    exact = replace(exact, turn=replace(exact.turn, instruction=""))
    assert caption_of(message(exact)) == [r"**a \*fox\***", "-# seed 42 · 1.2 s · diffchat · sd"]


def test_a_larger_picture_says_how_large():
    shown = caption_of(message(finished(turn(), kind=TurnKind.UPSCALE)))
    assert shown[0] == "**Larger: 64×64 pixels**"


@pytest.mark.parametrize(
    ("taken", "way", "said"),
    [
        ("style", "repaint", "In the style"),
        ("character", "repaint", "With the character"),
        ("style", "edit", ""),
    ],
)
def test_a_reference_is_named_where_the_picture_was_painted_after_it(taken, way, said):
    used = replace(turn().parameters, reference_as=taken)
    lines = caption_of(
        message(finished(turn(), parameters=used, way=way), able=Capabilities(references=("repaint",)))
    )
    assert [said in line for line in lines if "reference" in line] == ([True] if said else [])


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [(None, "edit", True), ("edit", "edit", False), ("edit", "repaint", True), ("repaint", "repaint", False)],
)
def test_how_a_picture_came_to_be_is_told_once_in_a_row(before, now, told):
    parent = turn(way=before) if before else turn(kind=TurnKind.IMAGINE, parent_turn_id=None)
    lines = caption_of(message(finished(parent, way=now), able=Capabilities(edit=True)))
    assert any("Paint anew" in line or "Edit instead" in line for line in lines) is told


def test_a_reroll_says_so_and_changes_no_word():
    shown = caption_of(message(finished(turn(target_prompt="a fox, night"), kind=TurnKind.REROLL)))
    assert shown[:2] == ["**Reroll**", "a fox, night"]


def test_what_was_changed_unasked_stands_beside_the_button_that_says_so():
    source, target = "a red house and a green car", "a lantern and a green car"
    said: dict[str, Any] = {"source_prompt": source, "target_prompt": target, "instruction": "ad a lantern"}
    frame = message(finished(turn(target_prompt=source), **said))["components"][-1]["components"]
    [section] = [part for part in frame if part["type"] == SECTION]
    assert section["accessory"]["custom_id"] == "dc:v1:notmeant:2"
    assert "I also changed" in section["components"][0]["content"]


@pytest.mark.parametrize(("kind", "said"), [(TurnKind.REFINE, True), (TurnKind.IMAGINE, False)])
def test_that_the_language_model_was_not_sure_is_told(kind, said):
    parent = turn(target_prompt="a fox") if kind is TurnKind.REFINE else None
    shown = message(finished(parent, kind=kind, target_prompt="a fox, night", doubtful=True))
    frame = shown["components"][-1]["components"]
    sections = [part for part in frame if part["type"] == SECTION]
    assert len(sections) == said
    for section in sections:
        assert section["accessory"]["custom_id"] == "dc:v1:notmeant:2"
        assert section["components"][0]["content"] == "🤔 I was not sure what you meant"


def test_what_the_words_may_mean_instead_stands_beside_the_button_that_paints_it():
    changed: dict[str, Any] = {
        "target_prompt": "a fox, night",
        "second_prompt": "a red fox",
        "doubtful": True,
    }
    frame = message(finished(turn(target_prompt="a fox"), **changed))["components"][-1]["components"]
    first, second = [part for part in frame if part["type"] == SECTION]
    assert first["accessory"]["custom_id"] == "dc:v1:notmeant:2"
    assert second["accessory"]["custom_id"] == "dc:v1:otherwise:2"
    assert second["components"][0]["content"] == "💡 Or did you mean: a **red** fox"


@pytest.mark.parametrize(("origin", "named"), [(Origin.MESSAGE, ""), (Origin.BUTTON, "<@7>")])
def test_who_asked_is_named_where_no_reply_shows_it(origin, named):
    assert above(finished(turn(), origin=origin)) == named


@given(PROMPTS, PROMPTS, PROMPTS, st.integers(1, 4))
def test_any_prompts_make_a_message_within_discords_limits(before, after, instruction, count):
    changed = {"target_prompt": after, "instruction": instruction, "origin": Origin.BUTTON}
    done = finished(turn(target_prompt=before), count, **changed)
    check_message(message(done, limits=PainterLimits(every_word, every_word)))


async def test_files_are_named_after_job_seed_and_number_and_are_what_was_painted():
    done = finished(None, count=2)
    uploads = await files(done, limit=100_000)
    assert [upload.name for upload in uploads] == ["5-42-1.png", "5-43-2.png"]
    assert [upload.data for upload in uploads] == [picture.png for picture in done.pictures]
    assert [file.description for file in discord_files(uploads, done)] == ["a fox, night"] * 2


def test_words_that_the_painter_does_not_know_are_told_once() -> None:
    def unshown(prompt: str) -> tuple[str, ...]:
        return tuple(word for word in ("dragon", "*wizard*") if word in prompt)

    def said(done: FinishedTurn) -> str:
        return above(done, limits=PainterLimits(unshown))

    first = finished(None, parent_turn_id=None, kind=TurnKind.IMAGINE, target_prompt="a dragon, *wizard*")
    assert "cannot show “dragon”, “\\*wizard\\*”: it paints what it knows" in said(first)
    assert "cannot show" not in said(finished(turn(target_prompt="a dragon"), target_prompt="a red dragon"))
    assert "cannot show" not in above(first)


def test_too_many_things_are_named_with_all_of_them_and_once() -> None:
    limits = PainterLimits(crowded=lambda prompt: tuple(prompt.split()) if len(prompt.split()) > 2 else ())
    three = finished(turn(target_prompt="house cat"), target_prompt="house cat tree")
    assert "Of “house”, “cat”, “tree” one may be missing" in above(three, limits=limits)
    assert "missing" not in above(finished(turn(target_prompt="a b c"), target_prompt="b a c"), limits=limits)


def test_a_second_reading_of_the_same_picture_is_not_offered() -> None:
    doubted = finished(
        turn(), target_prompt="a fox, watercolor", doubtful=True, second_prompt="a fox, painted"
    )
    offer = "Or did you mean"
    assert offer in str(message(doubted))
    assert offer not in str(message(doubted, limits=PainterLimits(alike=lambda *_: True)))


def test_a_seed_is_shown_only_where_it_means_something():
    done = finished(turn(target_prompt="a fox"))
    assert "seed" in caption_of(message(done))[-1]
    assert "seed" not in caption_of(message(done, able=Capabilities(seeds=False)))[-1]
