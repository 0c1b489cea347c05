"""A picture as the reference of another one: what the painter is shown, for how long, and who may."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.domain.conversation import Origin, Turn, TurnKind
from bot.domain.limits import Allowance
from bot.domain.options import Options
from bot.errors import NoReference, ReferenceGone, ReferenceInReplies, UploadsNotEdited
from bot.services.privacy import PrivacyService
from bot.services.reference_pictures import ReferencePictures
from bot.store.people import PeopleStore
from model.engine import Capabilities, ReferenceAs
from model.errors import BadImage
from tests.bot.editing import EditingEngine
from tests.bot.engines import sketch
from tests.bot.house import ANN, BEN, CHANNEL, GUILD, House, open_house

ANYBODY = Allowance()
STYLE = sketch("a watercolour", 1, 64, 64)
OTHER = sketch("a pencil drawing", 2, 64, 64)
ADAPTED = Capabilities(references=("repaint", "keep", "region"))
EDITOR = Capabilities(edit=True, several_pictures=True, references=("edit",))


@dataclass
class Referring:
    """A house whose painter has an IP-Adapter."""

    house: House
    engine: EditingEngine
    pictures: ReferencePictures

    async def first(self, data: bytes = STYLE, as_: ReferenceAs = "style", count: int = 1) -> Turn:
        wish = await self.pictures.wish(self.house.turns.wish("a fox", Options(count=count)), data, as_)
        accepted = await self.house.turns.start_conversation(
            wish, author_id=ANN, origin=Origin.SLASH, guild_id=GUILD, channel_id=CHANNEL
        )
        return await self.house.finished(accepted)

    async def reply(self, turn: Turn, said: str, data: bytes = STYLE, author: int = ANN) -> Turn:
        accepted = await self.pictures.with_file(
            turn.conversation_id, said, data, author,
            parent_turn_id=None, request_id=None, allowed=ANYBODY,
        )  # fmt: skip
        return await self.house.finished(accepted)

    def shown(self) -> tuple[bytes | None, str]:
        """What the last picture was painted after."""
        request = self.engine.paints[-1]
        return request.reference, request.reference_as

    def kept(self) -> int:
        return len(list(self.house.pictures.rglob("*.png")))


@pytest.fixture
async def it(tmp_path: Path) -> AsyncIterator[Referring]:
    engine = EditingEngine(able=ADAPTED)
    async with open_house(tmp_path, engine=engine) as house:
        pictures = ReferencePictures(turns=house.turns, trees=house.trees, images=house.images, engine=engine)
        yield Referring(house, engine, pictures)


async def test_a_first_picture_and_all_that_comes_of_it_are_painted_after_it(it: Referring) -> None:
    first = await it.first(as_="character", count=2)
    assert (first.way, first.parameters.reference_as) == ("repaint", "character")
    assert it.shown() == (STYLE, "character")
    assert len(it.engine.paints[-1].seeds) == 2
    again = await it.house.finished(await it.house.derived.reroll(first.id, BEN))
    assert it.shown() == (STYLE, "character")
    await it.house.refined(again.conversation_id, "make it night")
    assert it.shown() == (STYLE, "character")
    varied = await it.house.finished(await it.house.derived.vary(again.id, ANN, 0.6))
    assert (varied.way, it.shown()) == ("keep", (STYLE, "character"))


async def test_pictures_that_are_drawn_from_a_list_share_it(it: Referring) -> None:
    wish = it.house.turns.wish("a {red|blue} fox", Options(count=2))
    wish = await it.pictures.wish(wish, STYLE, "style")
    accepted = await it.house.turns.start_conversation(
        wish, author_id=ANN, origin=Origin.SLASH, guild_id=GUILD, channel_id=CHANNEL
    )
    await it.house.finished(accepted)
    assert [request.reference for request in it.engine.paints] == [STYLE, STYLE]


async def test_words_with_a_file_paint_the_picture_after_it(it: Referring) -> None:
    first = await it.house.imagined("a fox")
    assert it.shown() == (None, "style")
    styled = await it.reply(first, "in the style of this picture")
    assert it.shown() == (STYLE, "style")
    assert styled.target_prompt == first.target_prompt, "no word for the picture was said"
    assert styled.parameters.seed == first.parameters.seed
    assert len(it.engine.edits) == 1, "no model is asked about words that say nothing of the picture"
    night = await it.reply(styled, "make it night, with the same character as in this picture", OTHER)
    assert it.shown() == (OTHER, "character")
    assert night.instruction == "make it night, with character"
    await it.house.trees.undo(first.conversation_id, ANN)
    await it.house.refined(first.conversation_id, "add a lantern")
    assert it.shown() == (STYLE, "style"), "the one of the picture that it goes on from"


async def test_an_earlier_picture_can_be_the_reference(it: Referring) -> None:
    fox = await it.house.imagined("a fox")
    meadow = await it.house.refined(fox.conversation_id, "a green meadow instead")
    accepted = await it.pictures.with_earlier(
        fox.id, "paint it in this style", ANN, request_id=None, allowed=ANYBODY
    )
    styled = await it.house.finished(accepted)
    assert styled.parent_turn_id == meadow.id
    assert it.shown() == (await it.house.images.read(fox.images[0]), "style")


async def test_it_is_given_up_in_words(it: Referring) -> None:
    first = await it.first()
    plain = await it.house.refined(first.conversation_id, "without the reference")
    assert it.shown() == (None, "style")
    assert (plain.target_prompt, plain.parameters.reference_as) == (first.target_prompt, "")
    await it.house.refined(first.conversation_id, "make it night")
    assert it.shown() == (None, "style")


async def test_a_deleted_one_is_told_and_the_way_on_is_open(it: Referring) -> None:
    first = await it.first()
    second = await it.house.refined(first.conversation_id, "make it night")
    await it.house.turns.delete_turn(first.id, ANN)
    assert it.kept() == 1, "the reference went with its turn"
    await it.house.refined(second.conversation_id, "add a lantern")
    assert [type(error) for _, error in it.house.presenter.failures] == [ReferenceGone]
    await it.house.refined(second.conversation_id, "add a lantern without the reference")
    assert it.shown() == (None, "style")


async def test_a_picture_shown_elsewhere_leaves_it_behind(it: Referring) -> None:
    first = await it.first()
    accepted = await it.house.turns.continue_elsewhere(first.id, BEN, guild_id=GUILD, channel_id=CHANNEL + 1)
    there = await it.house.finished(accepted)
    await it.house.refined(there.conversation_id, "make it night")
    assert it.shown() == (None, "style")


async def test_an_editor_takes_it_for_one_change(it: Referring) -> None:
    it.engine.able = EDITOR
    first = await it.house.imagined("a fox")
    changed = await it.reply(first, "in the style of this")
    request = it.engine.paints[-1]
    assert (changed.way, request.way, request.instruction) == ("edit", "edit", "in the style of this")
    assert (it.shown(), request.more_images) == ((STYLE, "style"), ())
    again = await it.house.finished(await it.house.derived.reroll(changed.id, ANN))
    assert (again.way, it.shown()) == ("edit", (STYLE, "style"))
    await it.house.refined(first.conversation_id, "make the fox blue")
    assert (it.engine.paints[-1].way, it.shown()) == ("edit", (None, "style")), "it is in the picture already"
    anew = await it.house.finished(await it.house.derived.other_way(changed.id, ANN, "repaint"))
    assert anew.kind is TurnKind.OTHER_WAY
    assert [type(error) for _, error in it.house.presenter.failures] == [NoReference]


async def test_what_cannot_be_is_said_before_anything_is_kept(it: Referring) -> None:
    first = await it.house.imagined("a fox")
    it.engine.able = EDITOR
    with pytest.raises(ReferenceInReplies):
        it.pictures.check_first(None, ANYBODY)
    it.engine.able = Capabilities(edit=True, several_pictures=True)
    with pytest.raises(NoReference):
        it.pictures.check_first(None, ANYBODY)
    with pytest.raises(NoReference):
        await it.reply(first, "in the style of this")
    with pytest.raises(NoReference):
        await it.pictures.with_earlier(first.id, "in this style", ANN, request_id=None, allowed=ANYBODY)
    it.engine.able = ADAPTED
    nobody = replace(ANYBODY, edits_uploads=False)
    with pytest.raises(UploadsNotEdited):
        it.pictures.check_first(None, nobody)
    with pytest.raises(UploadsNotEdited):
        await it.pictures.with_file(
            first.conversation_id, "in this style", STYLE, ANN,
            parent_turn_id=None, request_id=None, allowed=nobody,
        )  # fmt: skip
    with pytest.raises(BadImage):
        await it.reply(first, "in the style of this", b"no picture")
    with pytest.raises(BadImage):
        await it.pictures.wish(it.house.turns.wish("a fox", Options()), b"no picture", "style")
    assert it.kept() == 1


async def test_its_file_goes_with_its_turn_and_is_in_its_authors_copy(it: Referring) -> None:
    first = await it.first()
    privacy = PrivacyService(PeopleStore(it.house.database), it.house.images, it.house.turns)
    copied = await privacy.people.copy(ANN)
    assert [one["role"] for one in copied["source_pictures"]] == ["refer"]
    assert it.kept() == 2
    await it.house.turns.delete_turn(first.id, ANN)
    assert it.kept() == 0
