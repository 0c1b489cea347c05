"""Adult words and pictures by setting and place: refused, covered, only in some channels, or open."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.content_policy import SafetyPolicy
from bot.domain.limits import Allowance
from bot.errors import AdultsOnly
from bot.settings import SafetySettings
from bot.store.schema import TurnRow
from model.engine import EditRequest, EditResult
from model.errors import PictureRefused, PromptRefused
from tests.bot.engines import SketchEngine
from tests.bot.house import ANN, AnyPlace, House, ListPresenter, open_house

ADULT, ELSEWHERE = Allowance(adult=True), Allowance()


@pytest.mark.parametrize("adult", [True, False])
def test_what_is_said_is_accepted_where_it_would_be_painted(adult: bool) -> None:
    def accept(setting: str) -> None:
        SafetyPolicy(SafetySettings(prompts=setting)).accept("a nude man", adult=adult)  # type: ignore[arg-type]

    accept("spoiler")
    accept("allow")
    with pytest.raises(PromptRefused, match="adult words"):
        accept("refuse")
    if adult:
        accept("age_restricted")
    else:
        with pytest.raises(AdultsOnly, match="only in age-restricted channels"):
            accept("age_restricted")


def test_one_adult_text_among_several_covers_what_is_painted() -> None:
    policy = SafetyPolicy(SafetySettings(prompts="spoiler"))
    assert policy.covers_words("a man", "make him naked", "a man", adult=False)
    assert not policy.covers_words("a man", "", "a man in the snow", adult=False)


@pytest.mark.parametrize("adult", [True, False])
def test_adult_words_by_setting_and_place(adult: bool) -> None:
    def covers(setting: str) -> bool:
        return SafetyPolicy(SafetySettings(prompts=setting)).covers_words("a nude man", adult=adult)  # type: ignore[arg-type]

    assert covers("spoiler")
    assert not covers("allow")
    with pytest.raises(PromptRefused, match="adult words"):
        covers("refuse")
    if adult:
        assert not covers("age_restricted")
    else:
        with pytest.raises(AdultsOnly, match="only in age-restricted channels"):
            covers("age_restricted")


def test_what_is_refused_or_covered_is_counted() -> None:
    counts: Counter[str] = Counter()
    policy = SafetyPolicy(
        SafetySettings(prompts="age_restricted", pictures="spoiler"), count=lambda what: counts.update([what])
    )
    for words in ("a nude man", "a naked toddler"):
        with pytest.raises((AdultsOnly, PromptRefused)):
            policy.accept(words, adult=False)
    assert not policy.covers_picture("")
    assert policy.covers_picture("looks like nsfw")
    assert policy.covers_picture("", words=True)
    policy.refused(PictureRefused("looks like nsfw"))
    policy.refused(PromptRefused("because of gore"))
    assert counts == {"prompt refused": 3, "picture covered": 2, "picture refused": 1}


@pytest.mark.parametrize("setting", ["refuse", "spoiler", "age_restricted", "allow"])
def test_what_is_never_made_is_no_setting(setting: str) -> None:
    policy = SafetyPolicy(SafetySettings(prompts=setting, words=()))  # type: ignore[arg-type]
    assert not policy.covers_words("a nude man", adult=False), "the operator named no adult words"
    with pytest.raises(PromptRefused, match="minors"):
        policy.accept("a naked toddler", adult=True)


@pytest.mark.parametrize(
    ("setting", "adult", "shown", "covered"),
    [
        ("refuse", True, False, False),
        ("spoiler", False, True, True),
        ("age_restricted", True, True, False),
        ("age_restricted", False, False, False),
        ("allow", False, True, False),
    ],
)
def test_unsafe_pictures_by_setting_and_place(setting: str, adult: bool, shown: bool, covered: bool) -> None:
    policy = SafetyPolicy(SafetySettings(pictures=setting))  # type: ignore[arg-type]
    assert policy.wants_unsafe(adult=adult) is shown
    if shown:
        assert policy.covers_picture("looks like nsfw") is covered
        assert not policy.covers_picture("")
    told = policy.refused(PictureRefused("looks like nsfw"))
    assert isinstance(told, AdultsOnly if setting == "age_restricted" else PictureRefused)


def test_findings_are_logged_without_the_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    policy = SafetyPolicy(SafetySettings(prompts="spoiler"))
    policy.covers_words("a nude walrus", adult=False)
    with pytest.raises(PromptRefused):
        policy.accept("a naked toddler", adult=False)
    assert "adult words in a prompt, setting spoiler" in caplog.text
    assert "sexual content with minors" in caplog.text
    assert not {"walrus", "toddler"} & set(caplog.text.split())


async def test_adult_words_are_refused_before_anything_is_stored(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        with pytest.raises(AdultsOnly):
            await house.imagine("a nude walrus")
        first = await house.imagined("a walrus")
        with pytest.raises(AdultsOnly):
            await house.refine(first.conversation_id, "make it naked")
        async with house.database.reading() as session:
            assert await session.get(TurnRow, 2) is None


class SaucyEngine(SketchEngine):
    """Writes an adult word into every target prompt."""

    async def edit(self, request: EditRequest) -> EditResult:
        result = await super().edit(request)
        return replace(result, target_prompt=f"{result.target_prompt}, nude")


async def worked(house: House) -> list[tuple[int, str]]:
    await house.queue.idle()
    return [(turn, type(error).__name__) for turn, error in house.presenter.failures]


async def test_the_target_prompt_is_checked_too(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=SaucyEngine()) as house:
        await house.imagine("a walrus")
        assert await worked(house) == [(1, "AdultsOnly")]
        assert house.engine.paints == [], "nothing is painted that would not be shown"


async def test_in_an_age_restricted_place_it_is_shown_openly(tmp_path: Path) -> None:
    async with open_house(tmp_path, place=AnyPlace(adult=True)) as house:
        await house.turns.check("a nude walrus", ANN, allowed=ADULT)
        house.engine.unsafe = lambda seed: "looks like nsfw"
        turn = await house.imagined("a walrus")
        assert [image.spoiler for image in turn.images] == [False]


async def test_covered_pictures_stay_covered_over_a_restart(tmp_path: Path) -> None:
    settings = SafetySettings(prompts="spoiler", pictures="spoiler")
    engine = SketchEngine(unsafe=lambda seed: "looks like nsfw" if seed == 2 else "")
    presenter = ListPresenter(post_errors=[ConnectionError("no Discord")])
    async with open_house(tmp_path, engine=engine, presenter=presenter, safety=settings) as house:
        await house.imagine("a nude walrus")
        await worked(house)
    async with open_house(tmp_path, engine=engine, safety=settings) as house:
        assert [image.spoiler for image in (await house.conversations.turn(1)).images] == [True]
        plain = await house.imagined("a walrus")
        assert plain.parameters.seed == 1
        assert [picture.spoiler for picture in house.presenter.posts[-1].pictures] == [False]
        unsafe = await house.imagined("another walrus")
        assert unsafe.parameters.seed == 2
        assert [picture.spoiler for picture in house.presenter.posts[-1].pictures] == [True]


async def test_an_unsafe_picture_is_kept_back_and_its_person_told(tmp_path: Path) -> None:
    engine = SketchEngine(unsafe=lambda seed: "looks like nsfw")
    async with open_house(tmp_path, engine=engine) as house:
        await house.imagine("a walrus")
        assert await worked(house) == [(1, "AdultsOnly")]
    async with open_house(tmp_path / "2", engine=engine, safety=SafetySettings(pictures="refuse")) as house:
        await house.imagine("a walrus")
        assert await worked(house) == [(1, "PictureRefused")]
