"""The held-out set is well-formed, and its scoring tells right from wrong."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from model.engine import EditRequest, EditResult, Step
from model.errors import EditError
from model.tiny.grammar import parse
from model.tiny.world import Scene, Thing
from tests.wishes import going_back, tables
from tests.wishes.bot_path import BotPath, Talk
from tests.wishes.scoring import Answer, is_right, outcome
from tests.wishes.sets import MESSAGES, Chat, Expected, Message, Wish, chats, others, wishes
from training.tiny.chat_eval import held_out_chats

WISHES, CHATS = wishes(), chats()
ALL: list[Wish | Chat] = [*WISHES, *CHATS]
COUNTS = {
    "add": (14, 7), "remove": (12, 6), "recolour": (10, 5), "resize": (7, 4), "replace": (8, 4),
    "swap": (5, 3), "except": (6, 3), "move": (6, 3), "count": (9, 4), "time_weather": (12, 6),
    "style": (7, 4), "several": (11, 5), "comparative": (5, 2), "synonym": (6, 3), "negation": (6, 3),
    "order": (4, 2), "question_request": (6, 3), "polite_rude": (6, 3), "abbreviation": (4, 2),
    "typo": (8, 4), "missing_words": (4, 2), "emoji": (5, 2), "unknown": (7, 4), "vague": (3, 2),
    "undo": (3, 1), "redo": (2, 1), "go_back": (3, 1), "start_over": (2, 1), "again": (2, 1),
    "choose": (2, 1), "question": (4, 2), "praise": (3, 2), "small_talk": (2, 1), "not_for_bot": (3, 2),
    "not_understood": (3, 1),
}  # fmt: skip
"""How many wishes there are of each kind, English and German."""
HOUSE = Scene((Thing("house", "red"),))
LANTERN = Message(
    "add", "a lantern", (Expected(replace(HOUSE, things=(*HOUSE.things, Thing("lantern", "yellow")))),)
)


def test_there_are_as_many_of_each_kind_as_the_rules_say() -> None:
    found = Counter((wish.message.kind, wish.language) for wish in WISHES)
    assert {kind: (found[kind, "en"], found[kind, "de"]) for kind, _ in found} == COUNTS
    assert Counter(wish.language for wish in WISHES) == {"en": 200, "de": 100}
    assert Counter(chat.language for chat in CHATS) == {"en": 27, "de": 13}
    assert {len(chat.turns) for chat in CHATS} == {6}


def test_the_set_by_others_is_well_formed() -> None:
    asked, talked = others()
    assert Counter(wish.message.kind for wish in asked) == {"casual": 84, "careful": 85, "German": 69}
    assert Counter(chat.language for chat in talked) == {"en": 12, "de": 7}
    assert {len(chat.turns) for chat in talked} == {6}
    ids = [*(wish.id for wish in asked), *(chat.id for chat in talked)]
    assert len(set(ids)) == len(ids)
    assert [wish.id for wish in asked if is_right(wish.prompt, wish.message.expected)] == []
    strange = {
        word for wish in asked for one in wish.message.expected for forms in one.words for word in forms
    }
    assert strange == {"deer", "dragon", "ufo"}


def test_two_of_a_kind_may_stand_in_any_order() -> None:
    expected = (Expected(parse("a red balloon and a blue balloon")),)
    assert is_right("a blue balloon and a red balloon", expected)
    assert not is_right("two red balloons and a blue balloon", expected)


def test_nothing_stands_twice() -> None:
    ids = [one.id for one in ALL]
    said = [(wish.prompt, wish.message.instruction) for wish in WISHES]
    assert len(set(ids)) == len(ids)
    assert len(set(said)) == len(said)


def test_prompts_say_their_scenes() -> None:
    assert [one.id for one in ALL if parse(one.prompt) != one.scene] == []


def test_every_message_has_words_and_a_right_result() -> None:
    messages = [*(wish.message for wish in WISHES), *(turn for chat in CHATS for turn in chat.turns)]
    assert all(message.instruction.strip() and message.expected for message in messages)


def test_edits_change_the_scene_and_other_messages_do_not() -> None:
    def stays(scene: Scene, message: Message) -> bool:
        return Expected(scene) in message.expected

    changing = [wish.id for wish in WISHES if not stays(wish.scene, wish.message)]
    assert changing == [wish.id for wish in WISHES if wish.message.kind not in MESSAGES]


@pytest.mark.parametrize(
    ("prompt", "found"),
    [
        ("a red house in a meadow", "left"),
        ("A red house, in a meadow", "left"),
        ("a yellow lantern and a red house in a meadow", "right"),
        ("a lantern in a meadow", "wrong"),
        ("a red house and a lantern in a meadow, masterpiece", "wrong"),
    ],
)
def test_an_edit_is_judged_by_its_scene(prompt: str, found: str) -> None:
    assert outcome("a red house in a meadow", LANTERN, Answer(prompt)) == found


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("", "doubted"),
        ("a lantern in a forest", "doubted"),
        ("a red house and a lantern in a meadow", "offered"),
    ],
)
def test_what_is_wrong_and_doubted_may_be_right_by_one_press(second: str, found: str) -> None:
    message = replace(LANTERN, expected=(*LANTERN.expected, Expected(parse("a red house and a lantern"))))
    answer = Answer("a lantern in a meadow", doubtful=True, second=second)
    assert outcome("a red house in a meadow", message, answer) == found


def test_unknown_words_must_be_copied_and_removed_ones_gone() -> None:
    owl = (Expected(HOUSE, words=(("owl", "owls"),)),)
    no_owl = (Expected(HOUSE, gone=(("owl", "owls"),)),)
    assert is_right("a red house and two owls in a meadow", owl)
    assert not is_right("a red house in a meadow", owl)
    assert is_right("a red house in a meadow", no_owl)
    assert not is_right("a red house and an Owl in a meadow", no_owl)


def test_quality_words_are_free_where_the_wish_is_vague() -> None:
    free = (Expected(HOUSE, any_quality=True),)
    assert is_right("a red house in a meadow, masterpiece", free)
    assert not is_right("a red house in a meadow at night, masterpiece", free)


@pytest.mark.parametrize(
    ("kind", "told", "prompt", "found"),
    [
        ("undo", "undo", "a house", "right"),
        ("undo", "", "a house", "left"),
        ("undo", "redo", "a house", "left"),
        ("praise", "not_for_bot", "a house", "right"),
        ("praise", "", "a house, wow", "wrong"),
    ],
)
def test_other_messages_are_judged_by_their_kind(kind: str, told: str, prompt: str, found: str) -> None:
    message = Message(kind, "so", (Expected(HOUSE),))
    assert outcome("a house", message, Answer(prompt, told)) == found


class _Echo:
    """An engine that adds the instruction to the prompt; "fail" is an edit that fails, "!back" goes back."""

    history: tuple[Step, ...] = ()

    async def edit(self, request: EditRequest) -> EditResult:
        if request.instruction == "fail":
            raise EditError("no prompt")
        if request.instruction == "!back":
            return EditResult("a house, at night", "echo", 0.0, kind="back")
        self.history = request.history
        return EditResult(f"{request.source_prompt}, {request.instruction}", "echo", 0.0)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("at night", Answer("a house, at night")),
        ("fail", Answer("a house")),
        ("good morning everyone", Answer("a house", "not_for_bot")),
        ("Lena, look at this", Answer("a house", "not_for_bot")),
        ("???", Answer("a house", "not_understood")),
    ],
)
async def test_a_message_takes_the_steps_of_the_bot(text: str, answer: Answer) -> None:
    assert await BotPath(_Echo(), 0.0).say(Talk.about("a house"), text) == answer  # type: ignore[arg-type]


async def test_a_chat_goes_back_and_the_engine_hears_the_way() -> None:
    engine = _Echo()
    bot, talk = BotPath(engine, 0.0), Talk.about("a house")  # type: ignore[arg-type]
    for text in ("at night", "in snow", "undo", "nochmal", "with stars"):
        await bot.say(talk, text)
    assert talk.prompt == "a house, at night, with stars"
    assert engine.history == (Step("a house", "at night"),)
    assert await bot.say(talk, "start over") == Answer("a house, at night, with stars", "start_over")
    assert talk.prompt == "a house"
    assert await bot.say(talk, "!back") == Answer("a house", "go_back")
    assert talk.prompt == "a house, at night"


def test_shares_have_wilsons_interval() -> None:
    assert tables.share(1, 1) == "100% (21 to 100)"


def test_the_tables_count_by_kind_and_by_turn() -> None:
    shown = tables.of_wishes([(wish, "right") for wish in WISHES])
    assert "| add, English | 14 | 100% (78 to 100) | 0% (0 to 22) | 0% (0 to 22) |" in shown
    assert "| undo, German | 1 |" in shown
    shown = tables.of_chats([(chat, [True, False]) for chat in CHATS])
    assert "| 1 | 100% (91 to 100) |" in shown
    assert "| every one | 0% (0 to 9) |" in shown


def test_what_words_alone_decide_is_counted_beside_the_model() -> None:
    def never_back(requests: Sequence[EditRequest]) -> list[EditResult]:
        return [EditResult("a stone", "model", 0.1) for _ in requests]

    told = held_out_chats(12, "selection", seed=50)
    decided, others, both = going_back.of(told, never_back).splitlines()[2:]
    _, _, n, before, after, gained, lost, _ = (cell.strip() for cell in decided.split("|"))
    assert int(n) == int(gained) > 0
    assert (before, after, lost) == ("0.0%", "100.0%", "0")
    assert others.split("|")[3:7] == [" 0.0% ", " 0.0% ", " 0 ", " 0 "]
    assert int(both.split("|")[2]) == int(n) + int(others.split("|")[2])
