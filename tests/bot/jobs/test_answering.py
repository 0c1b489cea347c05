"""Words that ask for no new prompt: moves, choices, questions, talk; and the history told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.conversation import Turn, TurnKind
from bot.domain.job import JobState
from bot.domain.options import Options
from bot.domain.said_commands import Asked, Request
from bot.errors import FirstPicture, NoSuchNumber, NoSuchPicture, NothingToRedo, OnlyOnePicture
from bot.store.feedback import Signal
from model.engine import MessageKind, Step
from tests.bot.house import ANN, House, ListPresenter, open_house
from tests.bot.scripted import ScriptedEngine


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, engine=ScriptedEngine()) as opened:
        yield opened


def scripted(house: House) -> ScriptedEngine:
    assert isinstance(house.engine, ScriptedEngine)
    return house.engine


async def head(house: House, turn: Turn) -> int | None:
    return (await house.conversations.get(turn.conversation_id)).head_turn_id


async def test_undo_in_words_goes_back_without_the_model_and_is_a_vote(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "make it night")
    asked, painted = len(house.engine.edits), len(house.engine.paints)
    turn = await house.refined(first.conversation_id, "Undo that, please")
    assert (len(house.engine.edits), len(house.engine.paints)) == (asked, painted)
    assert await head(house, first) == first.id
    [(told, answer)] = house.presenter.answers
    assert (told, answer.request) == (turn.id, Request(Asked.UNDO))
    assert answer.picture.id == first.id
    assert house.presenter.moves == [first.conversation_id]
    assert (await house.jobs.of_turn(turn.id)).state is JobState.CANCELLED
    votes = await house.feedback.of_images([image.id for image in second.images])
    assert Signal.UNDO in {vote.kind for vote in votes}
    assert not turn.live


@pytest.mark.parametrize(
    ("kind", "target", "text"),
    [
        ("undo", 1, "take the stars away again"),
        ("restart", 0, "as it was on the first day"),
        ("back", 0, "the one without night"),
    ],
)
async def test_the_model_says_where_to_go(house: House, kind: MessageKind, target: int, text: str) -> None:
    turns = [await house.imagined()]
    for words in ("at night", "with stars"):
        turns.append(await house.refined(turns[0].conversation_id, words))
    scripted(house).will_say(text, (kind, turns[target].target_prompt or "", ""))
    await house.refined(turns[0].conversation_id, text)
    assert await head(house, turns[0]) == turns[target].id
    assert len(house.presenter.posts) == 3


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("it was nicer before the night", Asked.BACK, 0),
        ("it was nicer before the stars", Asked.UNDO, 1),
        ("undo the stars", Asked.UNDO, 1),
    ],
)
async def test_going_back_by_a_step_needs_no_model(house: House, text: str, kind: Asked, target: int) -> None:
    turns = [await house.imagined()]
    for words in ("at night", "with stars"):
        turns.append(await house.refined(turns[0].conversation_id, words))
    asked = len(house.engine.edits)
    await house.refined(turns[0].conversation_id, text)
    assert len(house.engine.edits) == asked
    assert await head(house, turns[0]) == turns[target].id
    [(_, answer)] = house.presenter.answers
    assert answer.request.kind is kind
    assert answer.picture.id == turns[target].id
    votes = await house.feedback.of_images([image.id for image in turns[2].images])
    assert (Signal.UNDO in {vote.kind for vote in votes}) == (kind is Asked.UNDO)


async def test_a_picture_that_was_left_is_found_by_what_it_shows(house: House) -> None:
    first = await house.imagined()
    boat = await house.refined(first.conversation_id, "with a boat")
    await house.refined(first.conversation_id, "undo")
    await house.refined(first.conversation_id, "at night")
    asked = len(house.engine.edits)
    await house.refined(first.conversation_id, "the one with the boat was better")
    assert len(house.engine.edits) == asked
    assert await head(house, first) == boat.id


async def test_in_a_reply_to_an_older_picture_it_is_that_ones_step(house: House) -> None:
    first = await house.imagined()
    boat = await house.refined(first.conversation_id, "with a boat")
    await house.refined(first.conversation_id, "at night")
    await house.refined(first.conversation_id, "undo the boat", parent=boat.id)
    assert await head(house, first) == first.id


async def test_a_step_is_undone_behind_a_picture_that_was_deleted(house: House) -> None:
    first = await house.imagined()
    night = await house.refined(first.conversation_id, "at night")
    stars = await house.refined(first.conversation_id, "with stars")
    await house.turns.delete_turn(night.id, ANN)
    await house.refined(first.conversation_id, "undo the stars", parent=stars.id)
    assert await head(house, first) == first.id


async def test_redo_in_words_takes_the_undo_back(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "at night")
    await house.refined(first.conversation_id, "zurück")
    await house.refined(first.conversation_id, "redo")
    assert await head(house, first) == second.id
    votes = await house.feedback.of_images([image.id for image in second.images])
    assert [vote.retracted_at is None for vote in votes if vote.kind is Signal.UNDO] == [False]


@pytest.mark.parametrize("asked", ["again", "noch einmal!"])
async def test_again_paints_the_same_words_with_another_seed(house: House, asked: str) -> None:
    first = await house.imagined()
    night = await house.refined(first.conversation_id, "at night")
    turn = await house.refined(first.conversation_id, asked)
    assert (turn.kind, turn.target_prompt, turn.parent_turn_id) == (
        TurnKind.REROLL,
        night.target_prompt,
        night.id,
    )
    assert turn.parameters.seed != night.parameters.seed
    assert turn.live
    votes = await house.feedback.of_images([image.id for image in night.images])
    assert [vote.kind for vote in votes] == [Signal.REROLL]


async def test_variations_are_painted_over_the_picture(house: House) -> None:
    first = await house.imagined()
    turn = await house.refined(first.conversation_id, "variations")
    assert (turn.kind, turn.target_prompt) == (TurnKind.VARY, first.target_prompt)
    assert house.engine.paints[-1].init_image is not None


async def test_one_of_several_pictures_is_chosen(house: House) -> None:
    first = await house.imagined(options=Options(count=2))
    scripted(house).will_say("i like the second one best", ("choose", first.target_prompt or "", "2"))
    await house.refined(first.conversation_id, "i like the second one best")
    assert (await house.conversations.turn(first.id)).parameters.picked == 1
    await house.refined(first.conversation_id, "pick 1")
    assert (await house.conversations.turn(first.id)).parameters.picked == 0


@pytest.mark.parametrize("kind", ["question", "chat", "unclear"])
async def test_words_that_are_no_wish_are_answered_once_and_paint_nothing(
    house: House, kind: MessageKind
) -> None:
    first = await house.imagined()
    scripted(house).will_say("hm", (kind, first.target_prompt or "", "hm"))
    turn = await house.refined(first.conversation_id, "hm")
    assert [(told, answer.request.kind) for told, answer in house.presenter.answers] == [(turn.id, kind)]
    assert len(house.presenter.posts) == 1
    assert await head(house, first) == first.id
    assert house.presenter.failures == []


@pytest.mark.parametrize(
    ("count", "text", "error"),
    [
        (1, "undo", FirstPicture),
        (1, "redo", NothingToRedo),
        (1, "start over", FirstPicture),
        (1, "pick 2", OnlyOnePicture),
        (2, "pick 3", NoSuchNumber),
        (1, "the other one", NoSuchPicture),
    ],
)
async def test_what_cannot_be_done_is_said(
    house: House, count: int, text: str, error: type[Exception]
) -> None:
    first = await house.imagined(options=Options(count=count))
    scripted(house).will_say("the other one", ("back", "a green dragon", ""))
    turn = await house.refined(first.conversation_id, text)
    assert [(told, type(why)) for told, why in house.presenter.failures] == [(turn.id, error)]
    assert (await house.jobs.of_turn(turn.id)).state is JobState.CANCELLED
    assert await head(house, first) == first.id


async def test_the_model_hears_the_way_to_the_picture_and_not_what_was_undone(house: House) -> None:
    first = await house.imagined()
    await house.refined(first.conversation_id, "at night")
    await house.refined(first.conversation_id, "undo")
    day = await house.refined(first.conversation_id, "at noon")
    await house.refined(first.conversation_id, "again")
    await house.refined(first.conversation_id, "with stars")
    assert house.engine.edits[-1].source_prompt == day.target_prompt
    assert house.engine.edits[-1].history == (Step(first.target_prompt or "", "at noon"),)


async def test_what_was_deleted_is_not_told(house: House) -> None:
    first = await house.imagined()
    night = await house.refined(first.conversation_id, "at night")
    stars = await house.refined(first.conversation_id, "with stars")
    await house.turns.delete_turn(night.id, ANN)
    await house.refined(first.conversation_id, "with a moon", parent=stars.id)
    assert house.engine.edits[-1].history == (Step(stars.source_prompt, "with stars"),)


async def test_an_edit_that_takes_out_more_is_asked_for_once_more(house: House) -> None:
    first = await house.imagined("a red house and a green car")
    source = first.target_prompt or ""
    lost, kept = "a lantern and a green car, finely drawn", f"{source}, a lantern"
    scripted(house).will_say("ad a lantern", ("edit", lost, ""), ("edit", kept, ""))
    turn = await house.refined(first.conversation_id, "ad a lantern")
    assert turn.target_prompt == kept
    once, twice = house.engine.edits[-2:]
    assert (once.source_prompt, once.instruction) == (twice.source_prompt, twice.instruction)
    assert (twice.seed, twice.temperature) == (once.seed + 1, 0.7)


async def test_where_it_stays_so_the_first_answer_is_painted(house: House) -> None:
    first = await house.imagined("a red house and a green car")
    lost, worse = "a lantern and a green car, finely drawn", "a lantern"
    scripted(house).will_say("ad a lantern", ("edit", lost, ""), ("edit", worse, ""))
    assert (await house.refined(first.conversation_id, "ad a lantern")).target_prompt == lost


async def test_a_job_killed_behind_its_answer_is_answered_once_and_moves_once(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=ScriptedEngine()) as house:
        first = await house.imagined()
        for words in ("at night", "with stars"):
            last = await house.refined(first.conversation_id, words)
        before = (await house.conversations.turn(last.id)).parent_turn_id
    presenter = ListPresenter()
    async with open_house(tmp_path, presenter=presenter, working=False) as house:
        asked = await house.refine(first.conversation_id, "undo")
        await house.jobs.begin(asked.job.id)
        # the answer was sent; the process ended before the job did
        presenter.messages[asked.job.nonce] = 1
    async with open_house(tmp_path, presenter=presenter) as house:
        await house.queue.idle()
        assert presenter.answers == []
        assert await head(house, first) == before
