"""Edits of prompts that are known as text only: find a spot, change it, and say so.

The places follow the rule of `model.tiny.changes`: what is named is changed in place; a new phrase goes to
the end of the prompt's head (up to its first comma, dash or `by`), a style right after it, tags to the end.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from model.language.stems import STOP_WORDS
from model.tiny import instructions as say
from model.tiny.vocabulary import MOODS, bare, place_name
from training.tiny.kinds import kinds, put
from training.tiny.vocabulary import anything, listed, noun, open_vocabulary, place_phrase, somebody

if TYPE_CHECKING:
    import random

Done = tuple[str, str]
"""Instruction clause and target prompt."""

_HEAD_END = re.compile(r",| - | \| | \(| by (?=\w)|[.;:](?:\s|$)|$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MEDIUM = re.compile(
    r"\b(?P<article>an? |the )?(?P<medium>(?:\w+ )?(?:painting|photograph|photo|drawing|sketch|watercolou?r"
    r"|illustration|render|sculpture|statue|poster|cartoon|engraving|mosaic|portrait))(?= of\b)",
    re.IGNORECASE,
)
_LAST_MEDIUM = re.compile(
    r"(?<=\w)(?:, (?:an? )?| - | \| | )(?P<medium>(?:(?:oil|acrylic|watercolou?r|pencil|digital|vector|stock"
    r"|fine art|art|canvas|matte) )?(?:painting|photograph|photography|photo|drawing|sketch|watercolou?r"
    r"|illustration|print|poster|wallpaper|artwork|engraving|etching|lithograph)"
    r"|(?:digital|vector|fine|canvas|wall) art|oil on canvas)(?=,| by | - | \||$)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:at|in the|during|by) (?:night|sunset|dusk|dawn|sunrise|evening|morning|noon|midnight)\b"
)
_WEATHER = re.compile(
    r"\b(?:in|during|under) (?:an? |the )?(?:(?:pouring|falling|heavy|thick|clear|snow|thunder) ?)?"
    r"(?:rain|snow|fog|mist|storm|snowstorm|blizzard|sky|thunderstorm)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|in the style of) [A-Z][\w.]+(?: (?:van|de|da|von) )?(?: [A-Z][\w.]+){0,2}"
    r"|\bby [a-z]+ [a-z]+(?=,|$)"
)
_WITH = re.compile(
    r" (?:with|wearing|holding|and) (?P<thing>(?:an? |the |two )?(?:[^\W\d_]+ ){0,2}[^\W\d_]+)(?=,|$|\.)"
)
_PARTS = (
    "sky",
    "background",
    "foreground",
    "ground",
    "light",
    "water",
    "grass",
    "floor",
    "hair",
    "face",
    "eyes",
)
_FORMS = (
    "movie",
    "poster",
    "painting",
    "photo",
    "sculpture",
    "game",
    "drawing",
    "print",
    "cartoon",
    "book cover",
)
_NEVER = STOP_WORDS | frozenset(
    {"and", "with", "wearing", "holding", "art", "style", "painting", "photo", "portrait"}
)


def cut_to(prompt: str, most: int) -> str:
    """The prompt cut after a comma part, or after `most` words, so that it has no more than these."""
    kept = ""
    for part in prompt.split(", "):
        longer = f"{kept}, {part}" if kept else part
        if len(longer.split()) > most:
            break
        kept = longer
    if kept:
        return kept
    words = prompt.split()[:most]
    while len(words) > 1 and words[-1].lower() in _NEVER and len(words) < len(prompt.split()):
        words.pop()
    return " ".join(words)


def head_end(text: str) -> int:
    """Where the head ends: at the first comma, dash, bracket, full stop, or `by`."""
    match = _HEAD_END.search(text, 1)
    return match.start() if match else len(text)


def into_head(text: str, phrase: str) -> str:
    """`a cat, sharp` and `with a hat` -> `a cat with a hat, sharp`."""
    end = head_end(text)
    return f"{text[:end].rstrip()} {phrase}{text[end:]}"


def after_head(text: str, tag: str) -> str:
    """`a cat, sharp` and `sketch` -> `a cat, sketch, sharp`."""
    end = head_end(text)
    return f"{text[:end].rstrip()}, {tag}{text[end:]}"


def at_end(text: str, tag: str) -> str:
    """The tag as the last part."""
    return f"{text.rstrip(' .,')}, {tag}"


def _a_word(source: str, rng: random.Random) -> re.Match[str] | None:
    """A content word that stands once in the source; early ones are likelier, for they are the subject."""
    found = [m for m in _WORD.finditer(source) if m.group().lower() not in _NEVER]
    once = [m for m in found if len(re.findall(rf"\b{re.escape(m.group())}\b", source, re.IGNORECASE)) == 1]
    if not once:
        return None
    return rng.choice(once[:5] if rng.random() < 0.7 else once)


def _as_typed(word: str, rng: random.Random) -> str:
    return word.lower() if rng.random() < 0.5 else word


def _a_span(source: str, rng: random.Random) -> tuple[int, int] | None:
    """Where a content word stands, one time in four together with the content word after it."""
    spot = _a_word(source, rng)
    if spot is None:
        return None
    following = _WORD.match(source, spot.end() + 1)
    if (
        following
        and source[spot.end()] == " "
        and rng.random() < 0.25
        and following.group().lower() not in _NEVER
    ):
        return spot.start(), following.end()
    return spot.span()


def replace_word(source: str, rng: random.Random) -> Done | None:
    """Another noun or name for a word or two; None where no word stands once."""
    span = _a_span(source, rng)
    if span is None:
        return None
    new = somebody(rng) if rng.random() < 0.2 else noun(rng)
    if rng.random() < 0.2:
        thing = anything(rng)
        new = f"{thing.adjective} {new}".strip()
    old = _as_typed(source[slice(*span)], rng)
    clause = _replacing(old, new, rng)
    return clause, put(source, (_with_adjectives(source, span[0]), span[1]), new)


def _with_adjectives(source: str, start: int) -> int:
    """Where what goes with a noun at `start` begins: its adjectives, but no colour or size."""
    for _ in range(2):
        word = re.search(r"([^\W\d_]+) $", source[:start])
        if word is None or word.group(1).lower() not in listed("adjectives") + listed("nouns"):
            break
        start = word.start()
    return start


def _replacing(old: str, new: str, rng: random.Random) -> str:
    article = rng.choice(("", "", "a ")) if new[0].islower() else ""
    the = rng.choice(("the ", "the ", ""))
    return rng.choice(say.REPLACE).format(old=the + old, bare=old, new=article + new, name=new)


def replace_unsaid(source: str, rng: random.Random) -> Done | None:
    """What people see in the picture need not be in the prompt: then the new thing is added."""
    old, new = rng.choice(listed("nouns")), noun(rng)
    if re.search(rf"\b{old}", source, re.IGNORECASE):
        return None
    return _replacing(old, new, rng), into_head(source, f"with {new}")


def describe_unsaid(source: str, rng: random.Random) -> Done | None:
    """`make the sky orange` of a prompt that does not speak of a sky."""
    old = rng.choice(_PARTS) if rng.random() < 0.5 else rng.choice(listed("nouns"))
    if re.search(rf"\b{old}", source, re.IGNORECASE):
        return None
    colour = rng.random() < 0.5
    new = rng.choice(listed("colours" if colour else "adjectives"))
    clause = rng.choice(say.RECOLOUR if colour else say.RESIZE).format(old=f"the {old}", bare=old, new=new)
    return clause, into_head(source, f"with {new} {old}")


def describe_word(source: str, rng: random.Random) -> Done | None:
    """A colour or an adjective before a word; None where no word stands once."""
    spot = _a_word(source, rng)
    if spot is None:
        return None
    colour = rng.random() < 0.5
    new = rng.choice(listed("colours" if colour else "adjectives"))
    old = _as_typed(spot.group(), rng)
    templates = say.RECOLOUR if colour else say.RESIZE
    clause = rng.choice(templates).format(old=f"the {old}", bare=old, new=new)
    return clause, _described(source, spot, new)


def _described(source: str, spot: re.Match[str], new: str) -> str:
    """The adjective before the word; a colour that stood there gives way."""
    before = source[: spot.start()]
    last = before.rstrip().rpartition(" ")[2]
    if last in listed("colours") and new in listed("colours"):
        before = before.rstrip()[: -len(last)]
    before = re.sub(r"\b([Aa])n? $", lambda m: m.group(1) + ("n " if new[0] in "aeiou" else " "), before)
    return f"{before}{new} {source[spot.start() :]}"


_ADD_TO = ("add {new} to the {old}", "put {new} on the {old}", "give the {old} {new}", "add {new} to {old}")


def add_thing(source: str, rng: random.Random) -> Done:
    """One more thing in the head of the prompt."""
    new, spot = anything(rng), _a_word(source, rng)
    clause = rng.choice(say.ADD).format(new=new)
    if spot and rng.random() < 0.25:
        clause = rng.choice(_ADD_TO).format(new=new, old=_as_typed(spot.group(), rng))
    return clause, into_head(source, f"with {new}")


def wear(source: str, rng: random.Random) -> Done:
    """Something that the subject wears, holds or has."""
    new = rng.choice(listed("tails"))
    who = rng.choice(("him", "her", "it", "them"))
    verb, _, thing = new.partition(" ")
    forms = {
        "wearing": ("make {who} wear {x}", "give {who} {x}"),
        "holding": ("give {who} {x}", "let {who} hold {x}"),
        "with": ("give {who} {x}", "add {x}"),
    }
    clause = rng.choice((*forms.get(verb, ()), "{all}", "make {who} {all}", "but {all}", "now {all}"))
    return clause.format(who=who, x=thing, all=new), into_head(source, new)


def add_tag(source: str, rng: random.Random) -> Done | None:
    """A tag at the end; None if it is there already."""
    new = rng.choice(listed("tags"))
    clause = rng.choice(("add {x}", "{x}", "with {x}", "use {x}", "I want {x}", "give it {x}", "more {x}"))
    return None if new in source else (clause.format(x=new), at_end(source, new))


def mood(source: str, rng: random.Random) -> Done:
    """A mood as a tag, with what belongs to it."""
    new = rng.choice(listed("adjectives")) if rng.random() < 0.6 else rng.choice([*MOODS])
    clause = rng.choice(say.VAGUE).format(new=new)
    target = source
    for slot, phrase in MOODS.get(new, ()):
        if phrase not in target:
            target = at_end(target, phrase) if slot == "quality" else into_head(target, phrase)
    return clause, at_end(target, new)


def remove_part(source: str, rng: random.Random) -> Done | None:
    """A comma part after the first, or a `with ...` at the end of a part, goes."""
    match = _WITH.search(source)
    if match and rng.random() < 0.6:
        named = re.sub(r"^(?:an?|the|two) ", "", match.group("thing"))
        gone = source[: match.start()] + source[match.end() :]
    else:
        parts = source.split(", ")
        if len(parts) < 2:
            return None
        spot = rng.randrange(1, len(parts))
        named, gone = parts[spot], ", ".join(parts[:spot] + parts[spot + 1 :])
    if not named or len(named.split()) > 5:
        return None
    return rng.choice(say.REMOVE).format(old=f"{rng.choice(('the ', ''))}{named}", bare=named), gone


def remove_word(source: str, rng: random.Random) -> Done | None:
    """A word goes, with the `and` or article that would be left over."""
    spot = _a_word(source, rng)
    if spot is None or len(source.split()) < 3:
        return None
    before = re.sub(r"(?:\b(?:an?|the|and|with|of) )+$", "", source[: spot.start()], flags=re.IGNORECASE)
    gone = re.sub(r" +([,.])", r"\1", re.sub(r"  +", " ", before + source[spot.end() :]))
    gone = re.sub(r"^[\s,]+(?:(?:and|of|with) )*", "", gone).strip()
    old = _as_typed(spot.group(), rng)
    clause = rng.choice(say.REMOVE).format(old=f"{rng.choice(('the ', 'the ', ''))}{old}", bare=old)
    return (clause, gone) if gone else None


def when_where(source: str, rng: random.Random) -> Done | None:
    """A place, a time or a weather, in the place of the one that is named."""
    vocabulary = open_vocabulary()
    kind = rng.randrange(3)
    if kind == 0:
        phrase = place_phrase(rng)
        by_name = phrase.startswith(("in ", "on ", "at ")) and rng.random() < 0.4
        asked = place_name(phrase) if by_name else phrase
        clause = rng.choice(say.PLACE_NAME if by_name else say.PLACE).format(new=asked)
        return clause, _set(source, _places().search(source), phrase)
    asked, phrase = rng.choice(vocabulary.times if kind == 1 else vocabulary.weathers)
    templates = say.TIME if kind == 1 else say.WEATHER
    clause = (
        rng.choice(say.PHRASE).format(new=phrase)
        if rng.random() < 0.25
        else rng.choice(templates).format(new=asked)
    )
    return clause, _set(source, (_TIME if kind == 1 else _WEATHER).search(source), phrase)


def _set(source: str, said: re.Match[str] | None, phrase: str) -> str:
    """The phrase in place of the one of its kind that was said, else in the head."""
    return source[: said.start()] + phrase + source[said.end() :] if said else into_head(source, phrase)


@functools.cache
def _places() -> re.Pattern[str]:
    """Phrases of place: the listed ones, and `in a dark forest`."""
    named = [name for kind in kinds() if kind.article == "the" for name in kind.members]
    listed_ones = sorted((place for place in listed("places") if " " in place), key=len, reverse=True)
    ways = "|".join(re.escape(place) for place in listed_ones)
    return re.compile(
        rf"(?<= )(?:{ways}"
        rf"|(?:in|on|at|by|near|through|over) (?:an?|the) (?:[^\W\d_]+ )?(?:{'|'.join(named)}))"
        r"(?=,| - | \||\.|$| at | with | by | in | on | and )",
        re.IGNORECASE,
    )


def restyle(source: str, rng: random.Random) -> Done:
    """A style: another medium in the head, or a tag."""
    asked, tag = rng.choice(open_vocabulary().styles)
    if rng.random() < 0.25:
        tag = f"{noun(rng)} {rng.choice(_FORMS)}"
        asked = f"{'an' if tag[0] in 'aeiou' else 'a'} {tag}"
    clause = rng.choice(say.RESTYLE).format(new=asked, bare=bare(asked))
    medium = _MEDIUM.search(source)
    if medium:
        article = medium.group("article") or ""
        if article.strip().lower() in ("a", "an"):
            article = article[0] + ("n " if tag[0] in "aeiou" else " ")
        return clause, source[: medium.start()] + article + tag + source[medium.end() :]
    last = _LAST_MEDIUM.search(source)
    if last:
        return clause, put(source, last.span("medium"), tag)
    parts = source.split(", ")
    media = {line.partition("|")[2] for line in listed("styles")}
    old = next((part for part in parts[1:] if part in media), None)
    if old:
        return clause, ", ".join(tag if part == old else part for part in parts)
    return clause, after_head(source, tag)


_SIGNATURES = (
    ("by {x}", "by {x}"), ("by {x} instead", "by {x}"), ("make it by {x}", "by {x}"),
    ("as if it were by {x}", "by {x}"), ("as if painted by {x}", "by {x}"),
    ("as a painting by {x}", "by {x}"),
    ("in the style of {x}", "in the style of {x}"), ("{x} style", "in the style of {x}"),
    ("like {x}", "in the style of {x}"), ("more like {x}", "in the style of {x}"),
    ("make it in the style of {x}", "in the style of {x}"),
    ("change the style to {x}", "in the style of {x}"),
)  # fmt: skip
"""How a painter is asked for, and what then stands in the prompt."""


def sign(source: str, rng: random.Random) -> Done:
    """An artist's name, in the place of the one that is named."""
    name = somebody(rng)
    asked, said = (form.format(x=name) for form in rng.choice(_SIGNATURES))
    old = _BY.search(source)
    if old:
        return asked, source[: old.start()] + said + source[old.end() :]
    return asked, at_end(source, said) if "," in source else f"{source.rstrip(' .')} {said}"


def polish(source: str, rng: random.Random) -> Done:
    """A quality tag, if it is not there yet."""
    tag, ways = rng.choice(list(say.QUALITY.items()))
    return rng.choice(ways), source if tag in source.split(", ") else at_end(source, tag)


def leave(source: str, rng: random.Random) -> Done:
    """An instruction that changes nothing."""
    return rng.choice(say.NOTHING), source
