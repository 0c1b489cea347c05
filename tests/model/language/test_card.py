"""The languages that a model's card names."""

from pathlib import Path

import pytest

from model.language.card import languages_of
from model.presets import resolve


def with_card(folder: Path, front_matter: str) -> str:
    (folder / "README.md").write_text(f"---\n{front_matter}\n---\n\n# A model\n", encoding="utf-8")
    return str(folder)


def test_the_shipped_model_reads_english_and_german() -> None:
    assert languages_of(resolve("tiny").llm.model) == ("en", "de")


@pytest.mark.parametrize(
    ("front_matter", "languages"),
    [
        ("language: fr", ("fr",)),
        ("language:\n- en\n- ja", ("en", "ja")),
        ("language: [multilingual]", ()),
        ("license: mit", ()),
        ("language: [", ()),
    ],
)
def test_a_card_names_one_several_or_none(
    tmp_path: Path, front_matter: str, languages: tuple[str, ...]
) -> None:
    assert languages_of(with_card(tmp_path, front_matter)) == languages


def test_of_a_model_without_a_card_nothing_is_known(tmp_path: Path) -> None:
    assert languages_of(str(tmp_path)) == ()
    assert languages_of("somebody/never-downloaded") == ()
