"""Going back by what a step did, in every language; what names no one step is left to the model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.said_commands import plain
from bot.domain.said_returns import earlier_prompt, names_a_picture
from bot.i18n import Language
from bot.texts.commands import BY_LANGUAGE
from model.engine import Step
from model.language.conversation import GAP

FOX = "a fox in the snow, watercolor"
TREE = "a fox and a tree in the snow, watercolor"
BLUE = "a fox and a blue tree in the snow, watercolor"
NO_FOX = "a blue tree in the snow, watercolor"
LANTERNS = "a blue tree and two lanterns in the snow, watercolor"
STEPS = (
    Step(FOX, "add a tree"),
    Step(TREE, "male den Baum blau an"),
    Step(BLUE, "take the fox away"),
    Step(NO_FOX, "füge zwei Laternen hinzu"),
)


@pytest.mark.parametrize(
    ("said", "prompt"),
    [
        ("the one before the tree", FOX),
        ("before you put the tree there", FOX),
        ("I liked it better before the tree :(", FOX),
        ("hm, can we go back to before you added the tree?", FOX),
        ("Undo everything since the tree", FOX),
        ("before the tree was blue", TREE),
        ("the picture before you painted the tree blue", TREE),
        ("it was nicer before the fox was gone lol", BLUE),
        ("before you removed the fox", BLUE),
        ("bevor die Laternen kamen war es schöner", NO_FOX),
        ("Vor den Laternen war's besser", NO_FOX),
        ("mach die Laternen rückgängig", NO_FOX),
        ("undo the lanterns", NO_FOX),
        ("never mind the lantern", NO_FOX),
    ],
)
def test_the_picture_before_a_step_is_found(said: str, prompt: str) -> None:
    assert earlier_prompt(said, LANTERNS, STEPS) == prompt


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("c'était mieux avant l'arbre", "ajoute un arbre"),
        ("reviens avant que tu ajoutes l’arbre", "ajoute un arbre"),
        ("annule l'arbre", "ajoute un arbre"),
        ("estaba mejor antes del árbol", "añade un árbol"),
        ("deshaz el árbol", "añade un arbol"),
        ("volta para antes da árvore", "adiciona uma árvore"),
        ("desfaz a árvore", "adiciona uma árvore"),
        ("木を追加する前に戻して", "木を追加して"),
        ("木を取り消して", "木を追加して"),
        ("das Bild vor dem Baum", "da fehlen noch Bäume"),
    ],
)
def test_a_step_is_known_by_the_words_it_was_asked_for_with(said: str, asked: str) -> None:
    assert earlier_prompt(said, TREE, (Step(FOX, asked),)) == FOX


@pytest.mark.parametrize(
    "said",
    [
        "the one with the fox",
        "Go back to the fox please",
        "i liked the one with the fox",
        "that one from before with the fox",
        "back to when there was a fox",
        "das mit dem fox war besser",
        "zurück zum fox",
        "reviens à l'image avec le fox",
        "vuelve a la imagen con el fox",
        "volta para a imagem com o fox",
        "foxの画像に戻して",
    ],
)
def test_the_latest_picture_that_shows_what_is_named_is_found(said: str) -> None:
    assert earlier_prompt(said, LANTERNS, STEPS) == BLUE


@pytest.mark.parametrize(
    "said",
    [
        "the one with the tree",  # which is there
        "the one with the moon",
        "the one with the green fox",
        "bring back the fox",  # into this picture
        "put the fox back",
        "the fox with the tree",
        "make it like the one with the fox",
        "the one with the fox, but at night",
        "back to a fox",  # which may become one again, with all else as it is
        "one with a fox",
        "no one with a fox",
        "no picture with a fox",
        "forget the one with the fox",
        "can we get a picture with a fox?",
        "and one with a fox",
        "more like the one with the fox",
        "is the one with the fox better?",
        "how was the picture with the fox",
        "I like it when there is a fox",
        "the one with more foxes",
        "mach das mit dem fox",
        "noch eins mit fox",
        "kannst du das mit dem fox machen?",
        "das ist besser als fox",
        "mach das als fox",
        "das im fox",
        "vuelve a poner el fox",
        "volta a colocar o fox",
        "no a la imagen del fox",
        "otra imagen con fox",
        "l'image avec plus de fox",
    ],
)
def test_what_is_there_never_was_or_is_to_come_back_is_left_to_the_model(said: str) -> None:
    assert earlier_prompt(said, LANTERNS, STEPS) is None


@pytest.mark.parametrize(
    "said",
    [
        "undo",  # a command, told before
        "undo the tree",  # a step of the past, and later ones stay
        "undo the lanterns but keep the snow",
        "go back to before the moon",  # nothing brought one
        "before the tree",  # may be a time or a place
        "right before the lanterns",
        "undo all but the lanterns",
        "revert to the lanterns",
        "never mind, add two lanterns",
        "forget everything before the lanterns",
        "scratch the lanterns",
        "was it better before the tree?",
        "the one before the fox",  # it was there from the first
        "before it got dark",
        "before that",
        "before",
        "put a lantern before the tree",
        "a house before the tree",
        "vor dem Baum",  # in front of it
        "i have to go before the lanterns",
        "the tree before the tree was blue",
        "",
    ],
)
def test_what_names_no_one_step_is_left_to_the_model(said: str) -> None:
    assert earlier_prompt(said, LANTERNS, STEPS) is None


def test_a_picture_that_was_undone_is_found_as_well() -> None:
    pictures = ["a fox", "a fox and a red boat", "a fox at night"]
    assert names_a_picture("the one with the red boat was better")
    assert not names_a_picture("add a red boat")
    assert earlier_prompt("the one with the red boat was better", pictures[2], [], pictures) == pictures[1]
    steps = (Step("a fox", "make it night"),)
    assert earlier_prompt("the one with the red boat was better", pictures[2], steps, pictures) == pictures[1]
    assert earlier_prompt("the one with the red boat was better", pictures[2], steps) is None


def test_the_words_must_stand_in_one_phrase() -> None:
    steps = (Step("a red fox", "add an orange robot"), Step("a red fox and an orange robot", "the fox too"))
    now = "an orange fox and an orange robot"
    assert earlier_prompt("before the fox was orange", now, steps) == steps[1].prompt


def test_two_steps_in_such_words_are_none() -> None:
    steps = (Step(FOX, "mach den Baum blau"), Step(TREE, "mach den Baum rot"))
    assert earlier_prompt("bevor der Baum so war", BLUE, steps) is None


def test_of_a_step_that_did_several_things_one_is_not_taken_back_with_all() -> None:
    steps = (Step("a fox", "add a tree and make it night"),)
    now = "a fox and a tree at night"
    assert earlier_prompt("undo the tree", now, steps) is None
    assert earlier_prompt("it was better before the tree", now, steps) == "a fox"


def test_so_it_is_where_two_sentences_came_in_one_message() -> None:
    assert (
        earlier_prompt(
            "undo the tree", "a fox and a tree at night", (Step("a fox", "Add a tree! Make it night"),)
        )
        is None
    )


def test_a_word_that_another_begins_with_is_not_that_word() -> None:
    steps = (Step("a man with a beard", "no beard"), Step("a man", "a hat"))
    assert earlier_prompt("the one with the bear", "a man and a hat", steps) is None


def test_a_step_that_refused_a_thing_did_not_bring_it() -> None:
    steps = (Step("a cat", "keine Katze, ich meinte einen Hund"), Step("a dog", "mach es Nacht"))
    assert earlier_prompt("vor der Katze war es besser", "a dog at night", steps) is None


def test_what_is_left_out_of_a_long_history_is_no_step() -> None:
    steps = (Step(FOX, GAP), Step(BLUE, "add a house"))
    assert earlier_prompt("before the tree", f"{BLUE}, a house", steps) is None


@pytest.mark.parametrize("language", Language)
def test_the_forms_have_a_place_for_what_is_named(language: Language) -> None:
    table = BY_LANGUAGE[language]
    assert all(form.count("{x}") == 1 for form in (*table.before, *table.showing, *table.undo_step))
    assert not {plain(word) for word in table.lost} & {plain(word) for word in table.happened}


@given(st.text(max_size=120), st.lists(st.text(max_size=40), max_size=4))
def test_whatever_is_said_the_prompt_is_one_of_the_history(said: str, asked: list[str]) -> None:
    steps = tuple(Step(f"a fox, {number}", words) for number, words in enumerate(asked))
    for text in (said, f"before {said}", f"undo {said}", f"the one with {said}"):
        assert earlier_prompt(text, f"a fox {said}", steps) in {None, *(step.prompt for step in steps)}
