"""Every message with people's words in it is within Discord's limits: in every language, at any length.

40 components and 4000 characters of text in a layout, 2000 characters in a plain message, 80 of a button's
label, 100 of a menu's entry: as `bot.sandbox.rules` checks them.
"""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.conversations import threads
from bot.chat.conversations.picture_start import Chosen, _starter_text
from bot.chat.gallery import page as gallery_page
from bot.chat.gallery.showcase import _layout as showcase_layout
from bot.chat.pictures.actions import Moves, PictureState, state_of
from bot.chat.pictures.painter_limits import PainterLimits
from bot.chat.pictures.turn_info import info
from bot.chat.pictures.turn_message import discord_files, layout
from bot.chat.pictures.uploads import UploadFile
from bot.chat.pictures.views import more_view
from bot.chat.wording import answer_texts
from bot.chat.wording.privacy_text import kept
from bot.cogs import describe, settings
from bot.domain.conversation import Conversation, Image, Origin, Parameters, Turn, TurnKind
from bot.domain.gallery import LONGEST_SEARCH, PAGE, Shelf, Showing
from bot.domain.preferences import Preferences
from bot.domain.retention import Ages
from bot.domain.said_commands import Asked, Request
from bot.i18n import Language
from bot.jobs.presenter import FinishedPicture, FinishedTurn
from bot.sandbox.rules.forms import check_message
from bot.services.turn_results import Wish
from bot.settings.sections import FeedbackSettings
from bot.store.gallery import Found, Page
from bot.store.people import Kept
from bot.texts import answers
from model.engine import Capabilities
from model.presets import resolve

NOW = datetime(2026, 1, 1, tzinfo=UTC)
IMAGE = resolve("tiny").image
ID = 2**63 - 1
PLACE = Conversation(1, ID, ID - 1, ID - 2, 7, "a fox", None, None, NOW)
PICTURE = Image(1, 2, 0, "0" * 64, 2**32 - 1, 64, 64, ID, ID)
LONGEST = (
    "*_`~|>#-[](x) @everyone " * 200,
    "雪の中の赤い狐、静かな夜、" * 300,
    "👩‍👩‍👧‍👦🦊" * 300,
    "W" * 4000,
    "- a\n# b\n> c " * 300,
    "```" * 400,
)
PROMPTS = st.sampled_from(LONGEST) | st.text(max_size=300).map(lambda text: text * 12)
LANGUAGES = st.sampled_from(list(Language))


def every_word(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def turn(kind: TurnKind, words: str, **more: object) -> Turn:
    used = Parameters(seed=2**32 - 1, steps=150, guidance=29.95, width=2048, height=2048)
    made = Turn(
        ID, 1, 1, kind, Origin.BUTTON, ID, words, words[::-1], words, used,
        follows_head=True, created_at=NOW, llm_model="m" * 100, painter_model="p" * 100, images=(PICTURE,),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def sent(view: ui.LayoutView) -> None:
    check_message({"components": view.to_components(), "flags": 1 << 15})


def said(text: str, view: ui.View | None = None) -> None:
    check_message({"content": text, **({"components": view.to_components()} if view else {})})


@given(
    PROMPTS,
    LANGUAGES,
    st.sampled_from(list(TurnKind)),
    st.sampled_from([None, "edit", "region"]),
    st.integers(1, 4),
)
async def test_a_picture_whatever_was_said(
    words: str, language: Language, kind: TurnKind, way: str | None, count: int
) -> None:
    pictures = tuple(FinishedPicture(b"", 2**32 - 1 - n, "0" * 64, 64, 64) for n in range(count))
    for parent in (turn(TurnKind.IMAGINE, "a lantern and a green car"), None):
        one = turn(kind, words, way=way, edits=99, parent_turn_id=parent and parent.id)
        one = replace(one, doubtful=True, second_prompt=f"{words} a lantern {words[::-1]}")
        done = FinishedTurn(PLACE, one, parent, pictures, 99999.9, job_id=ID, nonce="n" * 25)
        able = Capabilities(edit=True, region=True)
        state = state_of(one, PLACE, count, Moves(), able, replay_after=1)
        files = discord_files([UploadFile(f"{number}.png", b"") for number in range(count)], done)
        sent(
            layout(done, files, state, language, readable=False, limits=PainterLimits(every_word, every_word))
        )


@given(PROMPTS, LANGUAGES, st.sampled_from(list(Shelf)))
async def test_the_gallery_and_the_showcase(words: str, language: Language, shelf: Shelf) -> None:
    one = turn(TurnKind.IMAGINE, words)
    found = [Found(replace(one, id=ID - n), PICTURE, ID, ID, ID, 10**9, Showing.NAMED) for n in range(PAGE)]
    files = {shown.turn.id: discord.File(__file__, f"gallery-{shown.turn.id}.png") for shown in found[1:]}
    search = "語" * LONGEST_SEARCH
    sent(
        gallery_page.layout(
            Page(tuple(found), more=True), files, language, shelf=shelf, number=498, search=search, ask=True
        )
    )
    sent(gallery_page.layout(Page((), more=False), {}, language, shelf=shelf, number=0, search="", ask=True))
    sent(showcase_layout(found[0], discord.File(__file__, "showcase-1.png"), language))


@given(PROMPTS, LANGUAGES)
async def test_answers_in_words(words: str, language: Language) -> None:
    made = turn(TurnKind.REFINE, words, way="edit", images=(PICTURE,) * 4)
    made = replace(made, parameters=replace(made.parameters, negative_prompt=words, style="s" * 100))
    for length in (1, 999, 1000, 1001, 4000):
        said(info(language, replace(made, target_prompt=words[:length], instruction=words), IMAGE))
        first = replace(made, kind=TurnKind.IMAGINE, way="repaint", target_prompt=words[:length])
        said(info(language, first, IMAGE))
    said(answer_texts.about(language, made))
    said(answer_texts.unclear(language, words, made))
    for kind in answer_texts.MOVED:
        said(answer_texts.answer_text(language, PLACE, ID, Request(kind), made, seeds=True) or "")
    said(answer_texts.answer_text(language, PLACE, ID, Request(Asked.CHOOSE, "4"), made, seeds=True) or "")
    chosen = Chosen(None, 4, 4)  # type: ignore[arg-type]
    person = discord.Object(ID)
    person.mention = f"<@{ID}>"  # type: ignore[attr-defined]
    wish = Wish(words, words, made.parameters)
    said(_starter_text(language, person, wish, chosen))  # type: ignore[arg-type]
    said(threads.starter_text(language, person, words))  # type: ignore[arg-type]
    readings = [words or "x"] * 3
    said(describe._shown(readings, language, chosen), describe._view(readings, language))


@pytest.mark.parametrize("language", Language)
async def test_what_is_said_about_the_bot_itself(language: Language) -> None:
    reactions = FeedbackSettings().reactions
    for readable, around in itertools.product((True, False), Language):
        said(
            answers.help_text(
                language, reactions, around=around, readable=readable, tinyworld=True, region=True
            )
        )
    everything = Kept(10**6, 10**6, 10**6, 10**6, 10**6, True, True, 10**6, 10**6, True)
    said(kept(language, everything, Ages(9999, 9999, 9999)))
    state = PictureState(
        ID, 4, edited=True, reports=True, able=Capabilities(edit=True, region=True), worn=True
    )
    check_message({"components": more_view(state, language).to_components(), "flags": 1 << 15})
    entries = [settings.Entry(str(n), answers.WELCOME, str(n)) for n in range(settings._ENTRIES)]
    menus = dict.fromkeys(("style", "size", "count", "exact", "language"), entries)
    said("x", settings._panel(menus, Preferences(), language))
    said("x", settings._others_panel(None, language))
