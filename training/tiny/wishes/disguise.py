"""What typing does to a wish: politeness, short forms, emoji, letter case and typos. The meaning stays."""

from __future__ import annotations

import random
import re

from training.tiny.wishes.around import surrounded
from training.tiny.wishes.asking import asked
from training.tiny.wishes.manners import MANNERS, REQUEST, SAID_MANNERS
from training.tiny.wishes.spelling import BROKEN, BY_EAR, EMOJI, SHORT
from training.tiny.wishes.voice import Clause, Language, Voice

_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "j": "hk",
    "k": "jl", "l": "kö", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "rz",
    "u": "zi", "v": "cb", "w": "qe", "x": "yc", "y": "xt", "z": "tu",
}  # fmt: skip
_WITHOUT_UMLAUTS = str.maketrans(dict(zip("äöüß", ("ae", "oe", "ue", "ss"), strict=True)))
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\?"),
    "de": re.compile(
        r"[?:=>/*+-]|\b(bitte|aber|ja|nein|oki?|jetzt|ich|du|wir|ihr|man|es|mir|uns|"
        r"ist|sind|war\w*|soll\w*|muss|müss\w*|kann\w*|könn\w*|will|wollt?e?|möchte\w*|hätt\w*|wär\w*|würd\w*|"
        r"hab\w*|hat|fehl\w+|reich\w+|brauch\w*|pass\w*|gefällt|stört|sieht|mag|d[aü]rf\w*|steht|wird|werden|"
        r"gib\w*|geht|bleib\w*|fänd\w*|gehör\w*|spielt|dachte|lass|behalt|mach\w*|mal|malt|nimm|stell|mmh)\b"
    ),
}
"""Signs of a question, and in German of a whole sentence; the rest is a command or less than a sentence."""
_DRAWN_OUT = re.compile(
    r"\b(ple(?=ase\b)|bi(?=tte\b)|too(?= \w)|so(?= \w)|hey\b|bro\b|alter\b|man\b(?=,)|omg\b|wow\b)"
)
"""Words that are drawn out at the place where they match."""
_COUNTING = re.compile(
    r"\b(only|just|single|one|all but|another|nur|bloß|noch|genau|lediglich|allein|außer|eins|"
    r"(?:zwei|[123]) der)\b",
    re.IGNORECASE,
)
_SPARED: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"\bthere (?:should|must|could) be (?=\w)", ""),
        (r"\b(?:should|must|has to|have to|needs to|need to) be (?=\w)", ""),
        (r"^(?:make|turn|paint|color|colour) (?=the (?!.*\b(?:a|an|into|two|three|out of)\b))", ""),
        (r"\b(?:the|an?) (?=\w)(?!few|bit|couple|pair|lot|bunch|other|same|way)", ""),
    ),
    "de": (
        (r"\b(?:soll|sollte|muss|sollen|müssen) ([^,.?]{1,40}) sein\b", r"\1"),
        (r"^(?:mach|mal|färb) (?=d(?:en|ie|as) (?:\w+ )?[A-ZÄÖÜ](?!.*\b(?:eine?n?|zwei|drei|zu|aus)\b))", ""),
        (r"\b(?:d(?:er|ie|as|e[nm])|eine?[nmr]?) (?=(?:[a-zäöüß]+ ){0,2}[A-ZÄÖÜ])", ""),
    ),
}
"""What a wish can do without: copulas, "make", articles; each keeps its meaning."""
_BROKEN_UNDER_NOT = {word: said for word, said in BROKEN.items() if not said.startswith("mehr ")}
"""Without "mehr klein" for "kleiner", as "nicht mehr klein" means "no longer small"."""
_ASKED: dict[Language, float] = {"en": 0.14, "de": 0.2}
"""The share of commands whose verb takes another form (`asking`)."""


def worded(voice: Voice, clause: Clause, *, typed: bool = True) -> str:
    """The clause as someone types it: asked for, ordered or just said, then with its slips (`typed`)."""
    text = clause.text
    if text.startswith("/"):  # Nobody is polite to a slash command
        return slips(voice, text) if typed else text
    said = asked(voice, clause.command) if clause.command and voice.chance(_ASKED[voice.language]) else ""
    if said:
        text = said
    elif clause.infinitive and voice.chance(0.2):
        text = voice.pick(REQUEST, rest=clause.infinitive).text
    elif voice.chance(0.22):
        sentence = not clause.infinitive and _SENTENCE[voice.language].search(text)
        text = voice.pick(SAID_MANNERS if sentence else MANNERS, it=text).text.replace("?,", ",")
    elif voice.chance(0.1) and _WORD.search(text):
        text = surrounded(voice, text, reasons=bool(clause.infinitive))
    text = re.sub(r"\b(and|und|but|aber|oh|up) \1\b", r"\1", text)
    if typed and voice.chance(0.12):
        text = terse(voice, text)
    return slips(voice, text) if typed else text


def terse(voice: Voice, text: str) -> str:
    """The text without articles, copulas or "make", or in a learner's grammar: "house red", "cat no want".

    Where an article may count ("only a tree") it stays.
    """
    if voice.chance(0.4):
        text = _swapped(text, _BROKEN_UNDER_NOT if "nicht" in text else BROKEN, voice.rng, 2)
    for pattern, rest in _SPARED[voice.language]:
        if voice.chance(0.85) and not _COUNTING.search(text):
            text = re.sub(pattern, rest, text)
    return text


def slips(voice: Voice, text: str) -> str:
    """Emoji, short forms, typos, and letter case, each in a share of messages."""
    rng = voice.rng
    if voice.chance(0.08):
        text = _swapped(text, EMOJI, rng, 1)
    if voice.chance(0.08):
        text = _swapped(text, SHORT, rng, 2)
    if voice.chance(0.16):
        text = mistyped(text, rng, voice.protected)
    elif voice.chance(0.015):
        text = corrected(text, rng, voice.protected)
    if voice.chance(0.03):
        text = stretched(text, rng)
    if voice.chance(0.3):
        text = re.sub(r"(?<=\w)['’](?=\w)", "", text)
    if voice.language == "de" and voice.chance(0.08):
        text = text.translate(_WITHOUT_UMLAUTS)
    text = _cased(text, rng)
    if voice.chance(0.12) and text[-1:].isalpha():
        text += rng.choice((".", "!", "!!", "...", " "))
    return text.strip()


def _cased(text: str, rng: random.Random) -> str:
    case = rng.random()
    if case < 0.5:
        return text.lower()
    if case < 0.55:
        return text.upper()
    return text[:1].upper() + text[1:] if case < 0.75 else text


def _swapped(text: str, table: dict[str, str], rng: random.Random, most: int) -> str:
    found = [word for word in table if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    for word in rng.sample(found, min(most, len(found))):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", table[word], text, count=1)
    return text


def mistyped(text: str, rng: random.Random, protected: set[str]) -> str:
    """The text with one or two slips: a key beside, a letter doubled, missing or swapped, as it sounds, or a
    blank left out. Words of fewer than four letters and `protected` ones (lower case) keep their spelling.
    """
    for _ in range(rng.choice((1, 1, 1, 2))):
        matches = [m for m in _WORD.finditer(text) if not _within(m.group().lower(), protected)]
        heard = [m for m in matches if m.group() in BY_EAR]
        longer = [m for m in matches if len(m.group()) > 3]
        if heard and rng.random() < 0.3:
            match = rng.choice(heard)
            slip = BY_EAR[match.group()]
        elif len(matches) > 2 and rng.random() < 0.12 and not protected:
            return re.sub(r"(\w{2,}) (\w{2,})", r"\1\2", text, count=1)
        elif longer:
            match = rng.choice(longer)
            slip = _slip(match.group(), rng)
        else:
            return text
        text = text[: match.start()] + slip + text[match.end() :]
    return text


def corrected(text: str, rng: random.Random, protected: set[str]) -> str:
    """The text with a word mistyped, and that word again as it should be: "mkae it red *make"."""
    words = [
        m for m in _WORD.finditer(text) if len(m.group()) > 3 and not _within(m.group().lower(), protected)
    ]
    if not words or not text[-1].isalpha():
        return text
    match = rng.choice(words)
    word = match.group()
    slip = _slip(word, rng)
    if slip == word:
        return text
    return f"{text[: match.start()]}{slip}{text[match.end() :]} *{word}"


def stretched(text: str, rng: random.Random) -> str:
    """The text with a word of feeling drawn out, "pleeease", or its last letter: "make it night!!!!"."""
    found = list(_DRAWN_OUT.finditer(text))
    if found:
        at = rng.choice(found).end(1)
        return text[:at] + text[at - 1] * rng.randint(2, 4) + text[at:]
    return text + rng.choice(("!!", "!!!!", "....", "!1!", " !!")) if text[-1:].isalpha() else text


def _within(word: str, protected: set[str]) -> bool:
    return any(word in kept for kept in protected)


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    letter = word[at]
    return rng.choice(
        (
            word[:at] + rng.choice(_NEAR.get(letter, letter)) + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + letter + word[at + 2 :],
        )
    )
