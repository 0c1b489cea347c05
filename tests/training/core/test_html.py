"""The reports' templates: they are in the package, words stay words, and nothing may be forgotten."""

from importlib import resources

import pytest
from jinja2 import UndefinedError

from training.core.html import render


def test_the_templates_belong_to_the_package() -> None:
    names = {file.name for file in (resources.files("training") / "templates").iterdir()}
    assert {"evaluation.html.j2", "reactions.html.j2", "base.html.j2"} <= names


def test_a_value_that_a_page_needs_and_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="runs"):
        render("evaluation.html.j2", colours=8, baseline="source")


def test_words_never_become_markup() -> None:
    text = render(
        "evaluation.html.j2",
        colours=2, baseline="<b>base</b>", edits=1, runs={"<i>x</i>": 2}, columns=(), says={}, painters=[],
        curves=[], key={}, split="test", judge="own", benchmarks=[],
    )  # fmt: skip
    assert "&lt;b&gt;base&lt;/b&gt;" in text
    assert "Trained more than once: &lt;i&gt;x&lt;/i&gt; (2 runs)." in text
    assert "<i>" not in text
