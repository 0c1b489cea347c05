"""Whole messages that are commands, in every language; everything else is left to the model."""

import pytest

from bot.domain.said_commands import _WITHOUT_DETAIL, Asked, Request, command_in, opening_command, plain
from bot.domain.small_talk import is_greeting, is_thanks
from bot.i18n import Language, Text
from bot.texts import pictures
from bot.texts.commands import BY_LANGUAGE
from tests.bot.domain.said_sentences import COMMANDS, EDITS, RESTART, TALK, UNDO


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("undo", Request(Asked.UNDO)),
        ("Undo that, please!", Request(Asked.UNDO)),
        ("Mach das bitte rückgängig.", Request(Asked.UNDO)),
        ("Two steps back", Request(Asked.UNDO, "2")),
        ("undo x3 pls", Request(Asked.UNDO, "3")),
        ("undo twice", Request(Asked.UNDO, "2")),
        ("Mach die letzten 5 Änderungen rückgängig!", Request(Asked.UNDO, "5")),
        ("geh drei schritte zurück", Request(Asked.UNDO, "3")),
        ("**redo**", Request(Asked.REDO)),
        ("nochmal von vorn", Request(Asked.RESTART)),
        ("Noch mal!", Request(Asked.AGAIN)),
        ("variations", Request(Asked.VARY)),
        ("pick two", Request(Asked.CHOOSE, "2")),
        ("Nimm Nummer 3", Request(Asked.CHOOSE, "3")),
        ("which seed?", Request(Asked.QUESTION)),
        ("What can you do?", Request(Asked.ABILITY)),
        ("Was kann ich hier sagen?", Request(Asked.ABILITY)),
        ("Comment ça marche ?", Request(Asked.ABILITY)),
        ("何ができますか？", Request(Asked.ABILITY)),
    ],
)
def test_a_whole_message_is_a_command(text: str, asked: Request) -> None:
    assert command_in(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "undo the lantern but keep the snow",
        "go back to the robot",
        "paint the house again",
        "two",
        "larger",
        "please",
        "",
        "???",
    ],
)
def test_what_says_more_or_something_else_is_no_command(text: str) -> None:
    assert command_in(text) is None


@pytest.mark.parametrize(
    ("text", "asked", "wish"),
    [
        ("the second one, but at night", Request(Asked.CHOOSE, "2"), "at night"),
        ("Nimm Nummer 3 und mach es rot", Request(Asked.CHOOSE, "3"), "mach es rot"),
        ("undo that and then make it red", Request(Asked.UNDO), "make it red"),
        ("go back two, then make it red", Request(Asked.UNDO, "2"), "make it red"),
        ("Undo. Only with a tree!", Request(Asked.UNDO), "with a tree!"),
        ("rückgängig, aber mit einem Baum", Request(Asked.UNDO), "mit einem Baum"),
        ("start over, a castle", Request(Asked.RESTART), "a castle"),
        ("start over with a dragon", Request(Asked.RESTART), "with a dragon"),
        ("zurück zum Anfang mit einem Drachen", Request(Asked.RESTART), "mit einem Drachen"),
    ],
)
def test_a_move_or_a_choice_may_begin_a_wish(text: str, asked: Request, wish: str) -> None:
    assert opening_command(text) == (asked, wish)


@pytest.mark.parametrize(
    "text",
    [
        "undo",
        "undo, please",
        "undo, undo",
        "undo, thank you",
        "undo the lantern but keep the snow",
        "again, but at night",  # as the language model is taught
        "make it red, undo",
        "go back to the one with a dragon",
        "2,",
        "",
    ],
)
def test_no_wish_begins_with_a_command_here(text: str) -> None:
    assert opening_command(text) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("undo that, it was funnier before", UNDO),
        ("undo. that's ugly!", UNDO),
        ("undo that because i liked it more", UNDO),
        ("undo, it was so much nicer", UNDO),
        ("go back two, my mistake", Request(Asked.UNDO, "2")),
        ("start over, it's a mess", RESTART),
        ("rückgängig, das war schöner", UNDO),
        ("rückgängig, so war das nicht", UNDO),
        ("mach das rückgängig weil es hässlich ist", UNDO),
        ("annule, c'était mieux", UNDO),
        ("deshaz eso, era mejor", UNDO),
        ("desfaz isso, era melhor assim", UNDO),
    ],
)
def test_a_reason_may_follow_a_command(text: str, asked: Request) -> None:
    assert command_in(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("no, undo that", UNDO),
        ("nooo!! undo", UNDO),
        ("no\nundo", UNDO),
        ("no 😭 undo", UNDO),
        ("no - undo", UNDO),
        ("oh no undo that please", UNDO),
        ("no wait, undo", UNDO),
        ("hmm? wait, undo", UNDO),
        ("nah undo that", UNDO),
        ("yes, undo that", UNDO),
        ("no, undo that, it was funnier before", UNDO),
        ("no, go back two", Request(Asked.UNDO, "2")),
        ("neeein, rückgängig", UNDO),
        ("ach nee, mach das rückgängig", UNDO),
        ("non annule", UNDO),
        ("no, deshaz eso", UNDO),
        ("ah não, desfaz isso", UNDO),
        ("いや、元に戻して", UNDO),
    ],
)
def test_an_undo_may_follow_a_sigh(text: str, asked: Request) -> None:
    assert command_in(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "no undo",  # or rather not
        "no, again",
        "oh upscale",
        "no, a red one",
        "wait",
        "hmm",
        "oh no, the second one",  # which looks bad
        "no, a 4",
        "No. 2 back",
        "mejor atrás",  # of what is painted
        "no, atrás",
        "non, en arrière",
        "nein, von vorne",
        "Opa zurück",  # no Portuguese opa
        "Ben, undo that",
        "bon retour",
        "um número 2",
    ],
)
def test_a_sigh_before_anything_else_makes_no_command(text: str) -> None:
    assert command_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "undo, it should be red",
        "undo that, i want a castle",
        "undo. only with a tree",
        "undo, it's too dark",  # may be a wish for more light, made before the picture is seen again
        "undo, it's ugly, replace it with a fox",
        "undo, my bad, blue not red",
        "undo that, it was ugly, but add a dog",
        "undo, it was meant to be a dog",
        "undo, this is better in blue",
        "start over, a castle because i like them",
        "start over, car on a beach at night",
        "start over. it's a castle on a hill",
        "von vorn, es ist Nacht in der Stadt",
        "zurück, es fehlt noch ein Hund",
        "zurück, mir gefiel der Hund, gib ihm einen Hut",
        "desfaz, e adiciona um cachorro",
        "empieza de nuevo, esta vez un castillo",
        "annule, désolé, une voiture rouge",
        "redo it, it looks weird",  # anew is meant, and not the step that was taken back
        "make it red, it was blue",
        "again, it was nice",
    ],
)
def test_a_wish_or_another_command_is_no_reason(text: str) -> None:
    assert command_in(text) is None


@pytest.mark.parametrize(
    ("text", "asked"), [pair for sentences in COMMANDS.values() for pair in sentences.items()]
)
def test_a_command_is_told_in_every_language(text: str, asked: Request) -> None:
    assert command_in(text) == asked


@pytest.mark.parametrize("text", [text for sentences in EDITS.values() for text in sentences])
def test_an_edit_with_the_words_of_a_command_stays_an_edit(text: str) -> None:
    assert command_in(text) is None
    assert not is_greeting(text)


@pytest.mark.parametrize("text", [text for sentences in TALK.values() for text in sentences])
def test_greetings_and_thanks_are_told_in_every_language(text: str) -> None:
    assert is_greeting(text)
    assert command_in(text) is None


@pytest.mark.parametrize("text", ["thanks again", "merci encore", "gracias otra vez", "obrigado de novo"])
def test_thanks_are_no_wish_for_another_picture(text: str) -> None:
    assert command_in(text) is None
    assert is_thanks(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("delete this picture please", Asked.DELETE),
        ("Bitte das Bild löschen!", Asked.DELETE),
        ("report this picture", Asked.REPORT),
        ("add it to my favourites", Asked.FAVOURITE),
        ("show me the history", Asked.HISTORY),
        ("open a new thread", Asked.THREAD),
    ],
)
def test_what_only_a_button_does_is_no_wish_for_the_picture(text: str, asked: Asked) -> None:
    assert command_in(text) == Request(asked)


@pytest.mark.parametrize(
    "text", ["delete it", "lösch es", "delete the fox", "lösch den Hund", "a new thread of wool"]
)
def test_what_may_be_gone_from_the_picture_stays_a_wish(text: str) -> None:
    assert command_in(text) is None


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("button", "kind"),
    [
        (pictures.UNDO, Asked.UNDO),
        (pictures.REDO, Asked.REDO),
        (pictures.VARY, Asked.VARY),
        (pictures.REMIX, Asked.REMIX),
        (pictures.RECOMPOSE, Asked.RECOMPOSE),
        (pictures.DELETE, Asked.DELETE),
        (pictures.REPORT, Asked.REPORT),
        (pictures.FAVOURITE, Asked.FAVOURITE),
        (pictures.THREAD, Asked.THREAD),
        (pictures.HISTORY, Asked.HISTORY),
    ],
    ids=lambda value: value.name if isinstance(value, Asked) else "",
)
def test_the_label_of_a_button_may_be_said_instead(language: Language, button: Text, kind: Asked) -> None:
    assert command_in(button(language)) == Request(kind)


def test_no_form_means_two_commands() -> None:
    """A form that two tables claim would be the later one's."""
    assert set(BY_LANGUAGE) == set(Language)
    seen: dict[str, tuple[str, str]] = {}
    for language, table in BY_LANGUAGE.items():
        for kind in _WITHOUT_DETAIL:
            for form in getattr(table, kind):
                words = plain(form)
                assert words, f"{form} of {language} is nothing but polite words"
                earlier = seen.setdefault(words, (str(kind), form))
                assert earlier[0] == kind, f"{form} of {language} and {earlier}"
