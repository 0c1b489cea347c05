"""A finished turn as a message: what people read, within Discord's limits whatever the prompts are."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.pictures.turn_message import content, discord_files, embed, files
from bot.domain.conversation import Conversation, Origin, Parameters, Turn, TurnKind
from bot.i18n import Language
from bot.jobs.presenter import FinishedPicture, FinishedTurn
from tests.bot.engines import sketch

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


def test_a_refinement_shows_words_change_seed_time_and_models():
    card = embed(finished(turn(target_prompt="a fox, sunny day")), EN)
    assert card.title == "make it night"
    assert card.description == "a fox, **night**"
    assert [(field.name, field.value) for field in card.fields] == [("Removed", "~~sunny day~~")]
    assert card.footer.text == "seed 42 · 1.2 s · diffchat · sd"


def test_a_first_picture_shows_what_was_added_to_the_persons_words():
    first = finished(None, parent_turn_id=None, kind=TurnKind.IMAGINE, source_prompt="a fox", instruction="")
    assert embed(first, EN).title == "a fox"
    assert embed(first, EN).description == "a fox, **night**"
    assert "Reply to change it" in str(content(first, EN, readable=True))
    assert "mention me" in str(content(first, EN, readable=False))


def test_a_reroll_says_so_and_changes_no_word():
    card = embed(finished(turn(target_prompt="a fox, night"), kind=TurnKind.REROLL), EN)
    assert (card.title, card.description, card.fields) == ("Reroll", "a fox, night", [])


@pytest.mark.parametrize(("origin", "named"), [(Origin.MESSAGE, None), (Origin.BUTTON, "<@7>")])
def test_who_asked_is_named_where_no_reply_shows_it(origin, named):
    assert content(finished(turn(), origin=origin), EN, readable=True) == named


@given(PROMPTS, PROMPTS, PROMPTS)
def test_any_prompts_make_a_message_within_discords_limits(before, after, instruction):
    card = embed(finished(turn(target_prompt=before), target_prompt=after, instruction=instruction), EN)
    assert card.title is not None
    assert card.description is not None
    assert len(card.title) <= 256
    assert len(card.description) <= 4096
    assert all(0 < len(field.value or "") <= 1024 for field in card.fields)
    assert len(card) <= 6000


async def test_files_are_named_after_job_seed_and_number_and_are_what_was_painted():
    done = finished(None, count=2)
    uploads = await files(done, limit=100_000)
    assert [upload.name for upload in uploads] == ["5-42-1.png", "5-43-2.png"]
    assert [upload.data for upload in uploads] == [picture.png for picture in done.pictures]
    assert [file.description for file in discord_files(uploads, done)] == ["a fox, night"] * 2


def test_words_that_the_painter_does_not_know_are_told_once() -> None:
    def unshown(prompt: str) -> tuple[str, ...]:
        return tuple(word for word in ("dragon", "*wizard*") if word in prompt)

    def said(message: FinishedTurn) -> str:
        return str(content(message, EN, readable=True, unshown=unshown))

    first = finished(None, parent_turn_id=None, kind=TurnKind.IMAGINE, target_prompt="a dragon, *wizard*")
    assert "does not know “dragon”, “\\*wizard\\*”: it painted what it knows" in said(first)
    assert "does not know" not in said(finished(turn(target_prompt="a dragon"), target_prompt="a red dragon"))
    assert "does not know" not in str(content(first, EN, readable=True))


def test_a_seed_is_shown_only_where_it_means_something():
    done = finished(turn(target_prompt="a fox"))
    assert "seed" in (embed(done, EN).footer.text or "")
    assert "seed" not in (embed(done, EN, seeds=False).footer.text or "")
