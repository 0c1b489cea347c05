"""The word diff of two prompts: right words, nothing lost, within the limit, and never broken markup."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.wording.prompt_diff import (
    Change,
    diff,
    escape,
    render_change,
    render_removed,
    render_target,
    shorten,
)
from tests.bot.chat.discord_markdown import Reader, kinds, markdown_reader, shown

WORDS = st.lists(
    st.sampled_from(["a", "red", "house,", "House", "in", "the", "*night*", "~~snow~~", "—"]), max_size=12
)
TEXTS = st.text(max_size=200)
# what could begin or end a mark, glued together in any order
BLOCKS = ["# ", "-# ", "> ", ">>> ", "- ", "* ", "1. ", "\n"]
INLINE = [
    "||",
    "**",
    "__",
    "~~",
    "_",
    "*",
    "`",
    "```",
    "\\",
    "[",
    "](",
    ")",
    "(",
    "h",
    "http",
    "://",
    "a",
    "b ",
]
WHOLE = [
    "[free nitro](https://evil.example/x)",
    "https://a.b",
    "<@1>",
    "<#2>",
    "<t:1:R>",
    "<:x:1>",
    "</go:3>",
]
MARKED = st.lists(st.sampled_from([*WHOLE, "@everyone", *BLOCKS, *INLINE, " ", "é", "🦊"]), max_size=14).map(
    "".join
)


@pytest.fixture(scope="module")
def read_markdown() -> Iterator[Reader]:
    with markdown_reader() as reader:
        yield reader


def words(pieces, *changes):
    return [word for piece in pieces if piece.change in changes for word in piece.words]


def keys(text_words):
    return [word.strip(".,").casefold() for word in text_words]


def test_an_edit_reads_as_what_was_added_and_removed():
    pieces = diff("a red house in a meadow, sunny day", "a red house in a meadow, night, full moon")
    assert render_target(pieces, 200) == "a red house in a meadow, **night, full moon**"
    assert render_removed(pieces, 200) == "~~sunny day~~"


def test_an_edit_is_read_in_one_line():
    pieces = diff("a red house, sunny day, oil painting", "a red house, night, oil painting")
    assert render_change(pieces, 200) == "a red house, ~~sunny day~~ **night,** oil painting"
    assert render_change(diff("a fox", "a fox"), 200) == "a fox"


def test_of_a_long_prompt_only_what_is_near_a_change_is_shown():
    far = " ".join(f"word{number}" for number in range(40))
    pieces = diff(f"{far} day {far} end", f"{far} night {far} end, bright")
    near, begin = "word36 word37 word38 word39", "word0 word1 word2 word3"
    assert render_change(pieces, 500) == (
        f"… {near} ~~day~~ **night** {begin} … word37 word38 word39 end, **bright**"
    )
    whole = render_change(diff(far, far), 500)
    assert whole == far, "without a change it is shown as it is"
    assert len(render_change(diff("", far), 120)) <= 120


def test_a_comma_that_moves_is_no_change():
    pieces = diff("a fox in snow", "a fox, in snow, lantern")
    assert words(pieces, Change.ADDED) == ["lantern"]
    assert words(pieces, Change.REMOVED) == []


def test_the_same_prompt_has_no_changes():
    assert {piece.change for piece in diff("a fox", "A fox")} == {Change.KEPT}
    assert diff("", "") == ()


@given(WORDS, WORDS)
def test_kept_and_added_are_the_target_kept_and_removed_the_source(before, after):
    pieces = diff(" ".join(before), " ".join(after))
    assert words(pieces, Change.KEPT, Change.ADDED) == after
    assert keys(words(pieces, Change.KEPT, Change.REMOVED)) == keys(before)


@given(TEXTS, TEXTS, st.integers(min_value=1, max_value=300))
def test_every_rendering_stays_within_its_limit_and_closes_its_marks(before, after, limit):
    pieces = diff(before, after)
    change = render_change(pieces, limit)
    for text, mark in (
        (render_target(pieces, limit), "*"),
        (render_removed(pieces, limit), "~"),
        (change, "*"),
        (change, "~"),
    ):
        assert len(text) <= limit
        assert len(re.findall(rf"(?<!\\)(?:\\\\)*{re.escape(mark)}", text)) % 2 == 0


@pytest.mark.parametrize(
    "text", ["**bold**", "||spoiler||", "`code`", "<@123>", "<:x:1>", "[a](http://b.c)", "http://a_b_c.d"]
)
def test_markup_in_a_prompt_is_shown_as_text(text):
    assert re.sub(r"\\(.)", r"\1", escape(text)) == text
    assert escape(text) != text


@given(st.text(max_size=300), st.integers(min_value=1, max_value=100))
def test_shortened_text_is_one_line_within_its_limit(text, limit):
    short = shorten(text, limit)
    assert len(short) <= limit
    assert "\n" not in short


def test_shortening_cuts_at_a_word():
    assert shorten("a red house in a meadow", 16) == "a red house in…"


@given(MARKED | TEXTS, MARKED | TEXTS)
@settings(max_examples=400, deadline=None)
def test_whatever_the_prompts_readers_see_their_characters_and_nothing_else(read_markdown, before, after):
    pieces = diff(before, after)
    target = read_markdown(render_target(pieces, 100_000))
    assert shown(target) == " ".join(after.split())
    assert kinds(target) <= {"paragraph", "text", "bold"}
    removed = read_markdown(render_removed(pieces, 100_000))
    assert kinds(removed) <= {"paragraph", "text", "strike"}


@given(MARKED)
@settings(max_examples=200, deadline=None)
def test_escaped_text_is_shown_character_by_character(read_markdown, text):
    for shortened in (text.strip(), shorten(text, 20)):
        tree = read_markdown(escape(shortened))
        assert shown(tree) == shortened
        assert kinds(tree) <= {"paragraph", "text", "break"}
        assert len(escape(shortened)) <= 2 * len(shortened)


def test_a_masked_link_in_a_prompt_is_no_link(read_markdown):
    pieces = diff("a red house", "a red house [free nitro](https://evil.example/x)")
    tree = read_markdown(render_target(pieces, 4096))
    assert shown(tree) == "a red house [free nitro](https://evil.example/x)"
    assert "link" not in kinds(tree)


@pytest.mark.parametrize("text", ["> x", ">>> x", "# x", "-# x", "- x", "* x", "1. x", "  - x"])
def test_a_line_that_begins_like_a_block_is_plain(read_markdown, text):
    assert kinds(read_markdown(escape(text))) == {"paragraph", "text"}


def test_a_line_after_an_empty_one_gets_one_backslash():
    assert escape("x\n\n# y") == "x\n\n\\# y"


@pytest.mark.parametrize("text", ["discord.gg/abc", "Discord.gg/abc", "discord.com/invite/abc"])
def test_an_invitation_becomes_no_card(read_markdown, text):
    assert text not in escape(f"a house {text}")
    assert shown(read_markdown(escape(text))) == text
