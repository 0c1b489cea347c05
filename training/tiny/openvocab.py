"""Edits of prompts about anything: what teaches the small language model to copy words it has never seen.

Prompts come from two places: drafts filled from word lists (with made-up words and names among them), and
real prompts from a file, if one is given. The first are edited in pieces by `model.tiny.changes`,
the second as text by `surgery`. Only texts are known here, no scenes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.tiny import instructions as say
from model.tiny import words as world
from model.tiny.changes import SINGLE, Change, combined
from model.tiny.drafts import Draft, NounPhrase, Slot, meaning
from model.tiny.world import QUALITIES
from training.tiny.captions import web_caption
from training.tiny.operations import lend, operate
from training.tiny.surgery import cut_to
from training.tiny.vocabulary import anything, listed, made_up, noun, open_vocabulary, place_phrase, somebody

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from model.tiny.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Source prompt, instruction, target prompt."""

    source: str
    instruction: str
    target: str


def random_draft(rng: random.Random) -> Draft:
    """A prompt about anything, short or long."""
    vocabulary = open_vocabulary()
    things = [anything(rng) for _ in range(rng.choices((1, 2, 3), (6, 3, 1))[0])]
    if rng.random() < 0.2:
        things[0] = replace(things[0], tail=rng.choice(listed("tails")))
    phrases: list[tuple[Slot, str]] = [("place", place_phrase(rng))] if rng.random() < 0.6 else []
    phrases += [("time", rng.choice(vocabulary.times)[1])] if rng.random() < 0.2 else []
    phrases += [("weather", rng.choice(vocabulary.weathers)[1])] if rng.random() < 0.12 else []
    tags: list[tuple[Slot, str]] = (
        [("style", rng.choice(vocabulary.styles)[1])] if rng.random() < 0.35 else []
    )
    opens = bool(tags) and rng.random() < 0.3
    tags += [_tag(text) for text in rng.sample(listed("tags"), rng.choice((0, 0, 0, 1, 2, 3, 4, 5)))]
    tags += [("filler", f"by {somebody(rng)}")] if rng.random() < 0.12 else []
    return Draft(
        things=tuple(things),
        phrases=tuple(phrases),
        opening=tags[0][1] if opens else "",
        tags=tuple(tags[1:] if opens else tags),
        layout=rng.choices(("spaces", "commas", "first"), (6, 1, 2))[0],
    )


def _tag(text: str) -> tuple[Slot, str]:
    return ("quality" if meaning(world.QUALITY_WORDS, text) else "filler", text)


# --- kinds of edits that only the open world has --------------------------------------------------------

_ADJECTIVE = (
    "make {old} {new}", "{old} should be {new}", "turn {old} {new}", "I want {old} to be {new}",
    "{new} {bare}", "have {old} be {new}", "let {old} be {new}", "make {old} look {new}",
)  # fmt: skip
_TAIL = (
    "{old} should be {new}", "make {old} {new}", "have {old} {new}", "{new}", "{old} is {new}", "but {new}",
    "I want {old} {new}", "show {old} {new}", "now {old} is {new}", "let {old} be {new}",
)  # fmt: skip
_TAG = (
    "add {new}", "{new}", "with {new}", "use {new}", "I want {new}", "give it {new}", "apply {new}",
    "{new} look",
)  # fmt: skip
_ARTIST = (
    "by {new}", "in the style of {new}", "as if painted by {new}", "as if it were by {new}", "like {new}",
    "make it look like a {new}", "paint it like {new}", "{new} style", "it should be by {new}",
    "by {new} instead", "in {new} style", "as a {new} painting",
)  # fmt: skip


def adjective(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """An adjective for one of the things."""
    old = rng.choice(draft.things)
    new = rng.choice(listed("adjectives"))
    clause = rng.choice(_ADJECTIVE).format(old=_named(old, rng), bare=old.name, new=new)
    return _changed(draft, old, replace(old, adjective=new), clause)


def tail(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Something that one of the things wears, holds or has; None if it has something already."""
    old = rng.choice(draft.things)
    new = rng.choice(listed("tails"))
    if old.tail:
        return None
    return _changed(
        draft, old, replace(old, tail=new), rng.choice(_TAIL).format(old=_named(old, rng), new=new)
    )


def tag(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """A tag at the end."""
    new = rng.choice(listed("tags"))
    had = new in [text for _, text in draft.tags]
    return Change(rng.choice(_TAG).format(new=new), draft if had else draft.tagged("filler", new), "tag")


def untag(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """One tag less; None where there is none."""
    if not draft.tags:
        return None
    gone = rng.choice(draft.tags)
    clause = rng.choice(
        ("remove {x}", "no {x}", "without {x}", "delete {x}", "drop the {x}", "remove the {x}")
    )
    return Change(
        clause.format(x=gone[1]), replace(draft, tags=tuple(t for t in draft.tags if t != gone)), "tag"
    )


def untail(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """What one of the things wears, holds or has is taken away; None where none has anything."""
    tailed = [thing for thing in draft.things if thing.tail]
    if not tailed:
        return None
    old = rng.choice(tailed)
    _, _, thing = old.tail.partition(" ")
    named = thing.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    templates = (
        "remove the {x}",
        "without the {x}",
        "no {x}",
        "take away the {x}",
        "get rid of the {x}",
        "not {t}",
    )
    return _changed(draft, old, replace(old, tail=""), rng.choice(templates).format(x=named, t=old.tail))


def artist(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """An artist's name or style, in the place of any other."""
    name = somebody(rng)
    others = tuple(t for t in draft.tags if not t[1].startswith(("by ", "in the style of ")))
    clause = rng.choice(_ARTIST)
    styled = "style" in clause or clause.startswith("like")
    said = f"in the style of {name}" if styled else f"by {name}"
    return Change(clause.format(new=name), replace(draft, tags=(*others, ("filler", said))), "artist")


def _named(old: NounPhrase, rng: random.Random) -> str:
    return old.name if not old.lead or rng.random() < 0.05 else f"the {old.name}"


def _changed(draft: Draft, old: NounPhrase, new: NounPhrase, clause: str) -> Change:
    things = tuple(new if thing is old else thing for thing in draft.things)
    return Change(clause, replace(draft, things=things), f"{new.noun} words")


OPEN = {
    **SINGLE, "adjective": adjective, "tail": tail, "tag": tag, "untag": untag, "untail": untail,
    "artist": artist,
}  # fmt: skip


# --- whole edits ----------------------------------------------------------------------------------------


def drafted_edit(rng: random.Random) -> TextEdit:
    """An edit of a drafted prompt about anything."""
    while True:
        source = random_draft(rng)
        if rng.random() < 0.12:
            return _beautified(str(source), [text for _, text in source.tags], rng)
        make = combined if rng.random() < 0.2 else OPEN[rng.choice(list(OPEN))]
        change = make(source, open_vocabulary(), rng)
        if change:
            written = _hand(rng)
            exact = frozenset(change.clause.split())
            return TextEdit(
                written(str(source)), say.typed(change.clause, rng, exact), written(str(change.draft))
            )


def _hand(rng: random.Random) -> Callable[[str], str]:
    """How this prompt is written: plain, with a capital, In Title Case, or with something around it."""
    capital, title = rng.random() < 0.15, rng.random() < 0.06
    ending = (
        f" {rng.choice(('-', '|'))} {made_up(rng)} {rng.choice(listed('nouns'))}"
        if rng.random() < 0.04
        else ""
    )
    ending = "." if not ending and rng.random() < 0.05 else ending

    def written(text: str) -> str:
        text = text.title() if title else text[0].upper() + text[1:] if capital else text
        return text + ending

    return written


def _beautified(text: str, tags: list[str], rng: random.Random) -> TextEdit:
    """A prompt with few tags gets two to five words of quality; one that has some already stays."""
    has = {meaning(world.QUALITY_WORDS, tag) for tag in tags}
    missing = [q for q in QUALITIES if q not in has]
    chosen = rng.sample(missing, min(len(missing), rng.randint(2, 5))) if len(tags) < 2 else []
    return TextEdit(
        text, "", ", ".join([text.rstrip("."), *(q for q in QUALITIES if q in chosen)]) if chosen else text
    )


def beautified_text(text: str, rng: random.Random) -> TextEdit:
    """The same for a real prompt: its tags are the parts after its first comma that we know as tags."""
    return _beautified(text, [part for part in text.split(", ")[1:] if part in listed("tags")], rng)


_LETTERS = (
    "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHKLMNPRSTVWXZ0123456789_-", "0123456789",
    "абвгдежзиклмнопрстуфхцчшыья",
    "日月山水火木金土人大小中国図画風花鳥夜空海", "àáâçèéêíñóôöøúüß", "가나다라마바사아자차카타파하",
)  # fmt: skip


def odd_word(rng: random.Random) -> str:
    """Letters of some alphabet, digits, codes: what titles and file names carry around."""
    letters = rng.choice(_LETTERS)
    return "".join(rng.choices(letters, k=rng.randint(2, 8)))


def untidy(text: str, rng: random.Random) -> str:
    """The text as captions from the web look: sometimes in Title Case, with codes, sites, brackets, slugs."""
    if rng.random() < 0.2:
        text = text.title()
    if rng.random() < 0.12:
        code = odd_word(rng)
        text += rng.choice(
            (" ({x})", " - {x}", " | {x}", " {x}", ", {x}", " on {x}.com", ", {y}", " by {z}")
        ).format(x=code, y=rng.randint(1500, 2026), z=somebody(rng))
    if rng.random() < 0.06:
        parts = text.split(" ")
        parts.insert(rng.randint(0, len(parts)), odd_word(rng))
        text = " ".join(parts)
    if rng.random() < 0.03:
        text = "-".join(text.split(" ")[:8])
    return text


def real_edit(prompts: tuple[str, ...], rng: random.Random) -> TextEdit:
    """An edit of a real prompt, as text."""
    while True:
        source = untidy(cut_to(rng.choice(prompts), rng.choice((8, 16, 30, 45, 90))), rng)
        if rng.random() < 0.08:
            return beautified_text(source, rng)
        done = lend(source, rng.choice(prompts), rng) if rng.random() < 0.15 else operate(source, rng)
        if done:
            return TextEdit(source, *done)


def caption_edit(prompts: tuple[str, ...], rng: random.Random) -> TextEdit:
    """An edit of a caption as the web has them, about what a real prompt or a draft speaks of."""
    while True:
        real = prompts and rng.random() < 0.6
        plain = replace(random_draft(rng), tags=(), opening="")
        core = cut_to(rng.choice(prompts), 8) if real else str(plain)
        source = web_caption(core.strip(" ."), rng)
        lends = prompts and rng.random() < 0.1
        done = lend(source, rng.choice(prompts), rng) if lends else operate(source, rng)
        if done:
            return TextEdit(source, *done)


def gibberish_edit(rng: random.Random, most: int = 12) -> TextEdit:
    """Copying practice: strings of words that mean nothing, left alone or changed in one place."""
    makers = (made_up, made_up, odd_word, noun, noun)
    spoken = [rng.choice(makers)(rng) for _ in range(rng.randint(3, most))]
    if rng.random() < 0.4:
        spoken = [word + "," * (rng.random() < 0.2) for word in spoken]
    source = untidy(" ".join(spoken).strip(","), rng)
    if rng.random() < 0.35:
        return TextEdit(source, rng.choice(say.NOTHING), source)
    done = operate(source, rng)
    return TextEdit(source, *done) if done else TextEdit(source, rng.choice(say.NOTHING), source)
