"""What typing does to a wish: politeness, short forms, emoji, letter case and typos. The meaning stays."""

from __future__ import annotations

import random
import re

from training.tiny.wishes.voice import Clause, Voice, patterns

REQUEST = patterns(
    """
    (could|can|would|will) you (please|pls|maybe|perhaps|quickly|) {rest}(?|)
    (can|could) (we|u|ya) {rest}(?|)
    (i'd like you to|i want you to|i need you to|you should|you have to) {rest}
    (would you mind, just|do me a favor and|be so kind and|be a dear and) {rest}
    (go ahead and|just|now|ok|ok now|and now|next,|then|alright,|hmm ok) {rest}
    (let's|lets|we should|let us) {rest}
    (is it possible to|is there a way to|any chance to) {rest}?
    why (don't|dont) you {rest}(?|)
    (bot,|hey,|hey bot|yo,) {rest}
    """,
    """
    (kannst|könntest|würdest|magst) du (bitte|mal|vielleicht|bitte mal|) {rest}(?|)
    (können|könnten) wir (bitte|mal|) {rest}(?|)
    (du sollst|du musst|ich will, du sollst) {rest}
    (ist es möglich,|geht es,|wäre es möglich,) (du könntest|wir könnten) {rest}?
    (bitte|jetzt|bitte noch|als nächstes) {rest}
    (wir sollten|lass uns|lasst uns) {rest}
    (könnte man|kann man) (bitte|mal|) {rest}(?|)
    """,
)
MANNERS = patterns(
    """
    (please|pls|plz|pretty please) {it}
    {it} (please|pls|plz|pretty please|thx|thanks|ty|kthx)
    (ok|okay|cool|nice|great|hmm|hm|well|so|um|oh|ah|actually|wait,) {it}
    (nice, now|perfect, but|good but|almost, but|love it, but|lovely! now) {it}
    {it} (already|dammit|damn it|ffs|you stupid bot|come on|now!!|!!!)
    (ugh|omg|dude|bro|man|jeez|no no no), {it}
    {it} (if you can|if possible|when you get a chance|lol|haha|xd)
    {it} :)
    {it} (🙏|😊|😂|❤️|👀)
    """,
    """
    (bitte|biddeee|bitte bitte) {it}
    {it} (bitte|danke|pls|bitte danke|wenn's geht|wenn möglich)
    (ok|okay|super|schön|hm|hmm|also|ach|eigentlich|naja,) {it}
    (super, aber|perfekt, aber|fast, aber|gut so, aber) {it}
    {it} (verdammt|du blöder Bot|aber flott|mann|jetzt!!|!!!)
    (mann|alter|boah|och nö), {it}
    {it} (haha|lol|🙏|😊|😂)
    {it} :)
    """,
)
EMOJI = {
    "cat": "🐱", "fox": "🦊", "house": "🏠", "tree": "🌳", "flower": "🌸", "mushroom": "🍄", "boat": "⛵",
    "car": "🚗", "balloon": "🎈", "rocket": "🚀", "robot": "🤖", "night": "🌙", "snow": "❄️", "rain": "🌧️",
    "sunset": "🌅", "fog": "🌫️", "sunny": "☀️", "dog": "🐶",
    "Katze": "🐱", "Fuchs": "🦊", "Haus": "🏠", "Baum": "🌳", "Blume": "🌸", "Pilz": "🍄", "Boot": "⛵",
    "Auto": "🚗", "Ballon": "🎈", "Rakete": "🚀", "Roboter": "🤖", "Nacht": "🌙", "Schnee": "❄️",
    "Regen": "🌧️", "Sonnenuntergang": "🌅", "Nebel": "🌫️", "sonnig": "☀️", "Hund": "🐶",
}  # fmt: skip
SHORT = {
    "please": "pls", "without": "w/o", "with": "w/", "background": "bg", "picture": "pic", "and": "&",
    "you": "u", "instead of": "instd of", "something": "sth", "and then": "n then", "bitte": "bt",
    "und": "u.", "vielleicht": "vllt", "nicht": "nich", "eine": "ne", "einen": "nen",
}  # fmt: skip
BY_EAR = {
    "night": "nite", "lantern": "lantren", "house": "hous", "tree": "tre", "flower": "flour",
    "mushroom": "mushrum",
    "balloon": "baloon", "rocket": "roket", "purple": "purpel", "yellow": "yelow", "orange": "ornge",
    "colour": "culor", "bigger": "biger", "smaller": "smoller", "remove": "remoove", "replace": "replase",
    "could": "cud", "make": "mak", "watercolor": "watercoler", "beautiful": "beatiful",
    "everything": "evrything",
    "except": "exept", "desert": "dessert", "beach": "beech", "add": "ad", "sketch": "scetch",
    "winter": "wintr",
    "Haus": "Hauß", "Laterne": "Laterna", "Rakete": "Rackete", "Katze": "Kazze", "Fuchs": "Fuks",
    "Schiff": "Schif",
    "entfern": "entfärn", "größer": "grösser", "Nacht": "Nachd", "Strand": "Schtrand", "weiß": "weis",
    "schwarz": "schwartz", "lila": "liela", "mehr": "mer", "Blume": "Bluhme", "Roboter": "Robotter",
}  # fmt: skip
_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "j": "hk",
    "k": "jl", "l": "kö", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "rz",
    "u": "zi", "v": "cb", "w": "qe", "x": "yc", "y": "xt", "z": "tu",
}  # fmt: skip
_WITHOUT_UMLAUTS = str.maketrans(dict(zip("äöüß", ("ae", "oe", "ue", "ss"), strict=True)))
_WORD = re.compile(r"[^\W\d_]+")


def worded(voice: Voice, clause: Clause, *, typed: bool = True) -> str:
    """The clause as someone types it: asked for, ordered or just said, then with its slips (`typed`)."""
    text = clause.text
    if clause.infinitive and voice.chance(0.2):
        text = voice.pick(REQUEST, rest=clause.infinitive).text
    elif voice.chance(0.22):
        text = voice.pick(MANNERS, it=text).text
    return slips(voice, text) if typed else text


def slips(voice: Voice, text: str) -> str:
    """Emoji, short forms, typos, and letter case, each in a share of messages."""
    rng = voice.rng
    if voice.chance(0.08):
        text = _swapped(text, EMOJI, rng, 1)
    if voice.chance(0.08):
        text = _swapped(text, SHORT, rng, 2)
    if voice.chance(0.16):
        text = mistyped(text, rng, voice.protected)
    if voice.language == "de" and voice.chance(0.08):
        text = text.translate(_WITHOUT_UMLAUTS)
    case = rng.random()
    if case < 0.5:
        text = text.lower()
    elif case < 0.55:
        text = text.upper()
    elif case < 0.75:
        text = text[:1].upper() + text[1:]
    if voice.chance(0.12) and text[-1:].isalpha():
        text += rng.choice((".", "!", "!!", "...", " "))
    return text.strip()


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
