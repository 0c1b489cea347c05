"""Edits of prompts that are known as text only: find a spot, change it, and say so.

The places follow the rule of `model.tiny.changes`: what is named is changed in place; a new phrase goes to
the end of the prompt's head (up to its first comma, dash or `by`), a style right after it, tags to the end.
"""

from __future__ import annotations

import random
import re

from model.tiny import instructions as say
from model.tiny.vocabulary import MOODS, bare, place_name
from model.words import STOP_WORDS
from training.tiny.vocabulary import anything, listed, noun, open_vocabulary, place_phrase, somebody

Done = tuple[str, str]
"""Instruction clause and target prompt."""

_HEAD_END = re.compile(r",| - | \| | \(| by (?=\w)|[.;:](?:\s|$)|$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MEDIUM = re.compile(
    r"\b(?P<article>an? |the )?(?P<medium>(?:\w+ )?(?:painting|photograph|photo|drawing|sketch|watercolou?r"
    r"|illustration|render|sculpture|statue|poster|cartoon|engraving|mosaic|portrait))(?= of\b)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:at|in the|during|by) (?:night|sunset|dusk|dawn|sunrise|evening|morning|noon|midnight)\b"
)
_BY = re.compile(
    r"\bby [A-Z][\w.]+(?: (?:van|de|da|von) )?(?: [A-Z][\w.]+){0,2}"
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
    return kept or " ".join(prompt.split()[:most])


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
    span = _a_span(source, rng)
    if span is None:
        return None
    new = somebody(rng) if rng.random() < 0.2 else noun(rng)
    if rng.random() < 0.2:
        thing = anything(rng)
        new = f"{thing.adjective} {new}".strip()
    old = _as_typed(source[slice(*span)], rng)
    clause = _replacing(old, new, rng)
    return clause, source[: span[0]] + new + source[span[1] :]


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


def add_thing(source: str, rng: random.Random) -> Done:
    new = anything(rng)
    return rng.choice(say.ADD).format(new=new), into_head(source, f"with {new}")


def wear(source: str, rng: random.Random) -> Done:
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
    new = rng.choice(listed("tags"))
    clause = rng.choice(("add {x}", "{x}", "with {x}", "use {x}", "I want {x}", "give it {x}", "more {x}"))
    return None if new in source else (clause.format(x=new), at_end(source, new))


def mood(source: str, rng: random.Random) -> Done:
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
    vocabulary = open_vocabulary()
    kind = rng.randrange(3)
    if kind == 0:
        phrase = place_phrase(rng)
        by_name = phrase.startswith(("in ", "on ", "at ")) and rng.random() < 0.4
        asked = place_name(phrase) if by_name else phrase
        return rng.choice(say.PLACE_NAME if by_name else say.PLACE).format(new=asked), into_head(
            source, phrase
        )
    asked, phrase = rng.choice(vocabulary.times if kind == 1 else vocabulary.weathers)
    templates = say.TIME if kind == 1 else say.WEATHER
    clause = (
        rng.choice(say.PHRASE).format(new=phrase)
        if rng.random() < 0.25
        else rng.choice(templates).format(new=asked)
    )
    said = _TIME.search(source) if kind == 1 else None
    if said:
        return clause, source[: said.start()] + phrase + source[said.end() :]
    return clause, into_head(source, phrase)


def restyle(source: str, rng: random.Random) -> Done:
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
    parts = source.split(", ")
    media = {line.partition("|")[2] for line in listed("styles")}
    old = next((part for part in parts[1:] if part in media), None)
    if old:
        return clause, ", ".join(tag if part == old else part for part in parts)
    return clause, after_head(source, tag)


def sign(source: str, rng: random.Random) -> Done:
    name = somebody(rng)
    forms = (
        "by {x}", "in the style of {x}", "as if it were by {x}", "as if painted by {x}", "{x} style",
        "like {x}",
        "more like {x}", "by {x} instead", "as a painting by {x}", "as a {x} photo", "make it by {x}",
    )  # fmt: skip
    clause = rng.choice(forms).format(x=name)
    old = _BY.search(source)
    if old:
        return clause, source[: old.start()] + f"by {name}" + source[old.end() :]
    return clause, at_end(source, f"by {name}") if "," in source else f"{source.rstrip(' .')} by {name}"


def polish(source: str, rng: random.Random) -> Done:
    tag, ways = rng.choice(list(say.QUALITY.items()))
    return rng.choice(ways), source if tag in source.split(", ") else at_end(source, tag)


def leave(source: str, rng: random.Random) -> Done:
    return rng.choice(say.NOTHING), source


OPERATIONS = (
    (replace_word, 11), (describe_word, 5), (add_thing, 4), (wear, 2), (add_tag, 2), (mood, 2),
    (remove_part, 6), (when_where, 5), (restyle, 4), (sign, 2), (polish, 1), (leave, 1),
    (replace_unsaid, 0.7),
    (describe_unsaid, 2), (remove_word, 4),
)  # fmt: skip


def operate(source: str, rng: random.Random) -> Done | None:
    """One operation on a prompt, or two in one instruction; None where none fits this prompt."""
    makers, weights = zip(*OPERATIONS, strict=True)
    first = rng.choices(makers, weights)[0](source, rng)
    if first is None:
        return None
    clause, target = first
    if rng.random() < 0.12 and target != source:
        second = rng.choices(makers[1:8], weights[1:8])[0](target, rng)
        if second:
            clause, target = clause + rng.choice(say.LINKS) + second[0], second[1]
    return say.typed(clause, rng, frozenset(clause.split())), target
