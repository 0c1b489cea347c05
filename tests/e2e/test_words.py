"""What people say instead of pressing buttons, and what is no wish at all, through the wire."""

import pytest

from tests.bot.scripted import ScriptedEngine
from tests.e2e.discordworld import Member, World, text_of, title_of


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine(step_s=0.002)


async def test_undo_and_again_in_words_do_what_the_buttons_do(world: World, ada: Member, channel, engine):
    first = await ada.imagine(channel, "a fox")
    place = first["channel_id"]
    await ada.person.say(place, "make it night")
    second = await ada.picture()
    said = await ada.person.say(place, "undo!")
    answer = await ada.answer("went back")
    assert answer["message_reference"]["message_id"] == said["id"]
    assert answer["content"].endswith(f"/{place}/{first['id']}\n-# a fox, finely drawn")
    assert world.one("SELECT head_turn_id FROM conversations")["head_turn_id"] == 1
    await ada.enabled(second, "Redo", True)
    await ada.person.say(place, "nochmal")
    third = await ada.picture()
    assert title_of(third) == "Reroll"
    assert len(engine.edits) == 2, "the language model is not asked for either"


async def test_undo_waits_for_the_work_that_was_asked_for_before(world: World, ada, channel):
    first = await ada.imagine(channel, "a fox")
    await ada.person.say(first["channel_id"], "make it night")
    await ada.person.say(first["channel_id"], "undo")
    await ada.picture()
    await ada.answer("went back")
    await world.until("SELECT 1 FROM conversations WHERE head_turn_id = 1")


async def test_praise_gets_a_reaction_and_questions_a_sentence(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a fox")
    place = first["channel_id"]
    engine.will_say("my sister would hang it up", ("chat", "a fox, finely drawn", ""))
    engine.will_say("which words did you use", ("question", "a fox, finely drawn", ""))
    engine.will_say("blargh it", ("unclear", "a fox, finely drawn", "blargh"))
    for liked in ("my sister would hang it up", "thank you so much!", "oh thats gorgeous"):
        said = await ada.person.say(place, liked)
        await ada.event("MESSAGE_REACTION_ADD", lambda d, said=said: d["message_id"] == said["id"])
    await ada.person.say(place, "which words did you use")
    assert "a fox, finely drawn" in (await ada.answer("I painted this from"))["content"]
    await ada.person.say(place, "blargh it")
    assert "“make the fox red”" in (await ada.answer("did not understand “blargh”"))["content"]
    assert len(engine.paints) == 1
    await world.until("SELECT state FROM jobs GROUP BY state HAVING state = 'cancelled' AND count(*) = 3")


async def test_a_doubtful_edit_says_so_and_is_taken_back_with_one_press(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a red house and a green car")
    lost = "a lantern and a green car, finely drawn"
    engine.will_say("ad a lantern", ("edit", lost, ""), ("edit", lost, ""))
    await ada.person.say(first["channel_id"], "ad a lantern")
    second = await ada.picture()
    assert "I also changed: red, house" in text_of(second)
    await ada.press(second, "That is not what I meant")
    await ada.answer("did not mean that")
    assert world.one("SELECT head_turn_id FROM conversations")["head_turn_id"] == 1
    assert world.rows("SELECT value FROM votes WHERE kind = 'not_meant'") == [{"value": -1}]


async def test_what_the_language_model_was_not_sure_of_says_so(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a fox")
    engine.will_say("mk it nite", ("edit", "a fox at night", ""), doubtful=True)
    await ada.person.say(first["channel_id"], "mk it nite")
    second = await ada.picture()
    assert "I was not sure what you meant" in text_of(second)
    await ada.press(second, "Reroll")
    assert "not sure" not in text_of(await ada.picture())
    await ada.press(second, "That is not what I meant")
    await ada.answer("did not mean that")
    assert world.one("SELECT head_turn_id FROM conversations")["head_turn_id"] == 1
    await ada.person.say(first["channel_id"], "add a tree")
    last = await ada.picture()
    await ada.press(second, "That is not what I meant")
    noted = await ada.answer("did not mean this picture")
    assert noted["message_reference"]["message_id"] == second["id"] != last["id"]
    assert world.one("SELECT head_turn_id FROM conversations")["head_turn_id"] == 4


async def test_the_second_reading_of_doubtful_words_is_one_press_away(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a fox")
    night, right = "a fox at night, finely drawn", "a fox with a knight, finely drawn"
    engine.will_say("mk it nite", ("edit", night, ""), doubtful=True, second=right)
    await ada.person.say(first["channel_id"], "mk it nite")
    second = await ada.picture()
    assert "Or did you mean: a fox **with a knight,** finely drawn" in text_of(second)
    await ada.press(second, "Paint that")
    third = await ada.picture()
    assert title_of(third) == "mk it nite"
    assert engine.paints[-1].prompt == right
    assert len(engine.edits) == 2, "the language model is asked for no third prompt"
    assert "Or did you mean" not in text_of(third)
    assert world.one("SELECT parent_turn_id FROM turns WHERE id = 3")["parent_turn_id"] == 1
    assert world.rows("SELECT turn_id FROM votes JOIN images ON images.id = image_id WHERE value < 0") == [
        {"turn_id": 2}
    ]
    await ada.person.say(first["channel_id"], "undo")
    await ada.answer("went back")
    assert world.one("SELECT head_turn_id FROM conversations")["head_turn_id"] == 1


async def test_an_ordinary_edit_has_no_such_button(ada: Member, channel):
    first = await ada.imagine(channel, "a fox")
    await ada.person.say(first["channel_id"], "make it night")
    assert "notmeant" not in str((await ada.picture())["components"])


@pytest.mark.parametrize(
    ("undo", "again"), [("Annule ça !", "encore une fois"), ("元に戻してください", "もう一度")]
)
async def test_commands_in_other_languages_ask_no_model(world: World, ada, channel, engine, undo, again):
    first = await ada.imagine(channel, "a fox")
    await ada.person.say(first["channel_id"], "make it night")
    await ada.picture()
    await ada.person.say(first["channel_id"], undo)
    await ada.answer("went back")
    await ada.person.say(first["channel_id"], again)
    assert title_of(await ada.picture()) == "Reroll"
    assert len(engine.edits) == 2


async def test_a_wish_in_a_language_that_the_model_does_not_read_is_told_which_it_reads(ada, channel, engine):
    engine.languages = ("en", "de")
    first = await ada.imagine(channel, "a fox")
    place, prompt = first["channel_id"], "a fox, finely drawn"
    engine.will_say("fais la nuit", ("unclear", prompt, "fais la nuit"))
    engine.will_say("ponle una luna", ("edit", prompt, ""))
    engine.will_say("blargh it", ("unclear", prompt, "blargh"))
    await ada.person.say(place, "fais la nuit")
    answer = await ada.answer("did not understand “fais la nuit”")
    assert answer["content"].endswith("-# My language model understands you only in English, in German.")
    await ada.person.say(place, "ponle una luna")
    assert "only in English" in (await ada.changed("I found nothing in that to change"))["content"]
    await ada.person.say(place, "blargh it")
    assert "only in English" not in (await ada.answer("did not understand “blargh”"))["content"]
