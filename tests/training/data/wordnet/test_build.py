"""The table is made from lemmas, senses and exceptions as NLTK's reader gives them."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import nltk.data
import pytest

from training.__main__ import main
from training.data.wordnet.build import table_of


@dataclass
class Lemma:
    text: str
    derived: list["Lemma"] = field(default_factory=list)
    uses: int = 0

    def count(self) -> int:
        return self.uses

    def name(self) -> str:
        return self.text

    def derivationally_related_forms(self) -> list["Lemma"]:
        return self.derived

    def pertainyms(self) -> list["Lemma"]:
        return []


@dataclass
class Synset:
    words: list[Lemma]
    below: list["Synset"] = field(default_factory=list)

    def lemmas(self) -> list[Lemma]:
        return self.words

    def hyponyms(self) -> list["Synset"]:
        return self.below


class SmallWordNet:
    """The part of NLTK's reader that is used, over a few senses."""

    _senses: ClassVar = {
        ("goose", "n"): [Synset([Lemma("goose")], [Synset([Lemma("gosling"), Lemma("baby_goose")])])],
        ("wave", "v"): [
            Synset([Lemma("wave", [Lemma("waver")])]),
            Synset([Lemma("wave"), Lemma("flap")]),
            Synset([Lemma("wave"), Lemma("curl")]),
        ],
        ("cat", "n"): [Synset([Lemma("cat", uses=18), Lemma("tom")])],
        ("cat", "v"): [Synset([Lemma("cat", uses=0), Lemma("flog")])],
        ("bare", "v"): [Synset([Lemma("bare")])],
        ("bar", "n"): [Synset([Lemma("bar")])],
    }
    _exceptions: ClassVar = {"noun.exc": "geese goose\n"}

    def all_lemma_names(self, pos: str) -> list[str]:
        return [lemma for lemma, its in self._senses if its == pos]

    def synsets(self, lemma: str, pos: str) -> list[Synset]:
        return self._senses.get((lemma, pos), [])

    def open(self, name: str) -> io.StringIO:
        return io.StringIO(self._exceptions.get(name, ""))


def test_forms_are_irregular_inflected_and_derived_ones_and_kinds_the_first_senses() -> None:
    table = table_of(SmallWordNet())
    assert table["goose"] == ({"geese"}, {"gosl"})  # as stems write "gosling"
    assert table["geese"] == ({"goose"}, {"gosl"})
    assert table["wave"] == ({"wav", "waver"}, {"flap"}), "the third sense is not of use"
    assert table["wav"] == ({"wave", "waver"}, {"flap"})


def test_a_part_of_speech_that_is_rarely_used_gives_no_kinds() -> None:
    assert table_of(SmallWordNet())["cat"] == (set(), {"tom"})


def test_two_words_whose_forms_look_alike_stay_apart() -> None:
    table = table_of(SmallWordNet())
    assert "bar" not in table
    assert "bare" not in table


def test_without_the_corpus_the_command_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(nltk.data, "path", [str(tmp_path)])
    assert main(["data", "wordnet", "--output", str(tmp_path / "table.gz")]) == 2
    assert "nltk.downloader wordnet" in capsys.readouterr().err
    assert not (tmp_path / "table.gz").exists()
