"""Words that ask for a reference picture, in every language; and ordinary ones that do not."""

import pytest

from bot.domain.conversation import Changes, Parameters, inherited
from bot.domain.references import Referring, giving_up_reference, reference_in


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("in the style of this", ""),
        ("Make it in the style of this picture, please.", ""),
        ("a fox in the snow, in the style of this picture", "a fox in the snow"),
        ("in the style of this but at night", "at night"),
        ("make it night with the same look as in the attached picture", "make it night"),
        ("paint it in this style", ""),
        ("ein Fuchs im Stil von diesem Bild", "ein Fuchs"),
        ("Mach es im Stil dieses Bildes", ""),
        ("in diesem Stil, aber nachts", "nachts"),
        ("un renard dans le style de cette image", "un renard"),
        ("un zorro al estilo de esta imagen", "un zorro"),
        ("uma raposa no estilo desta imagem", "uma raposa"),
        ("この画像のスタイルで、雪の中の狐", "雪の中の狐"),
    ],
)
def test_a_style(said: str, words: str) -> None:
    assert reference_in(said) == Referring("style", words)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("the same character, at the beach", "character, at the beach"),
        ("the same fox as in this picture in a forest", "fox in a forest"),
        ("dieselbe Figur am Strand", "Figur am Strand"),
        ("die gleiche Katze wie auf diesem Bild, im Wald", "Katze, im Wald"),
        ("le même personnage à la plage", "personnage à la plage"),
        ("la misma persona que en esta imagen en la playa", "persona en la playa"),
        ("a mesma raposa na praia", "raposa na praia"),
        ("同じキャラクターで森の中", "キャラクターで森の中"),
    ],
)
def test_a_character(said: str, words: str) -> None:
    assert reference_in(said) == Referring("character", words)


@pytest.mark.parametrize("said", ["the same fox, but blue", "dieselbe Katze im Wald", "el mismo perro azul"])
def test_in_a_reply_a_character_is_of_a_picture_by_name(said: str) -> None:
    assert reference_in(said) is not None
    assert reference_in(said, attached=False) is None
    assert reference_in("the same fox as in this picture", attached=False) == Referring("character", "fox")
    assert reference_in("in this style", attached=False) == Referring("style", "")


@pytest.mark.parametrize(
    "said",
    [
        "put this fox into that meadow",
        "a lighthouse in the style of Monet",
        "in the style of the old masters",
        "in the style of this master",
        "the same house, but red",
        "make it the same size",
        "im Stil von Monet",
        "im Stil des Barock",
        "dasselbe noch einmal",
        "dans le style de la Renaissance",
        "al estilo de la época",
        "no estilo do Renascimento",
        "もっと明るく",
    ],
)
def test_other_words_speak_of_no_picture(said: str) -> None:
    assert reference_in(said) is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("make it blue without the reference", "make it blue"),
        ("mach es blau, ohne die Vorlage", "mach es blau"),
        ("en bleu, sans la référence", "en bleu"),
        ("azul, sin la referencia", "azul"),
        ("azul, sem a referência", "azul"),
        ("青く、参考画像なし", "青く"),
    ],
)
def test_a_reference_is_given_up_in_words(said: str, words: str) -> None:
    assert giving_up_reference(said, None) == (words, Changes(reference_as=""))


def test_what_was_said_beside_it_stays() -> None:
    steps = Changes(steps=20)
    assert giving_up_reference("make it blue", steps) == ("make it blue", steps)
    text, changes = giving_up_reference("without reference", steps)
    assert (text, changes) == ("without reference", Changes(steps=20, reference_as="", only=True))


def test_it_is_inherited_until_it_is_given_up() -> None:
    used = Parameters(seed=1, steps=2, guidance=3.0, width=64, height=64, reference_as="character")
    assert inherited(used).reference_as == "character"
    assert inherited(used, changes=Changes(reference_as="style")).reference_as == "style"
    assert inherited(used, changes=Changes(reference_as="")).reference_as == ""
