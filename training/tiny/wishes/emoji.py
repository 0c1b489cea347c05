"""Wishes in emoji: `➕🐱` adds, `❌🏠` removes, `🌳➡️🍄` replaces, `🏠🟥` paints, `🌙` makes it night."""

from __future__ import annotations

from dataclasses import replace

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, Slot, meaning
from training.tiny.wishes.kinds import Worded, changed, known, numbered, seen, with_things
from training.tiny.wishes.naming import colour_of, noun_of
from training.tiny.wishes.voice import Voice, patterns

KNOWN = {
    "house": "🏠 🏡", "castle": "🏰", "hut": "🛖", "tree": "🌳", "pine": "🌲", "flower": "🌸 🌼 💐",
    "rose": "🌹", "tulip": "🌷", "sunflower": "🌻", "mushroom": "🍄", "cat": "🐱 🐈 😺",
    "fox": "🦊", "dog": "🐶 🐕", "wolf": "🐺", "boat": "⛵ 🚤 🛶", "ship": "🚢", "car": "🚗 🚙",
    "taxi": "🚕", "truck": "🚚 🚛", "balloon": "🎈", "lantern": "🏮", "lamp": "💡", "rocket": "🚀",
    "robot": "🤖",
}  # fmt: skip
STRANGE = {
    "dragon": "🐉 🐲", "owl": "🦉", "horse": "🐴 🐎", "cow": "🐮 🐄", "pig": "🐷 🐖", "sheep": "🐑",
    "duck": "🦆", "frog": "🐸", "bear": "🐻", "panda": "🐼", "lion": "🦁", "tiger": "🐯",
    "elephant": "🐘", "giraffe": "🦒", "monkey": "🐵 🐒", "rabbit": "🐰 🐇", "hedgehog": "🦔",
    "mouse": "🐭", "snake": "🐍", "turtle": "🐢", "whale": "🐳 🐋", "dolphin": "🐬", "shark": "🦈",
    "octopus": "🐙", "penguin": "🐧", "parrot": "🦜", "eagle": "🦅", "swan": "🦢",
    "butterfly": "🦋", "bee": "🐝", "snail": "🐌", "unicorn": "🦄", "ghost": "👻",
    "snowman": "⛄ ☃️", "bicycle": "🚲", "train": "🚂", "bus": "🚌", "tractor": "🚜", "plane": "✈️",
    "helicopter": "🚁", "tent": "⛺", "rainbow": "🌈", "pizza": "🍕", "apple": "🍎", "banana": "🍌",
    "strawberry": "🍓", "pumpkin": "🎃", "cookie": "🍪", "guitar": "🎸", "crown": "👑",
    "umbrella": "☂️", "chair": "🪑", "bed": "🛏️", "teddy": "🧸", "ball": "⚽", "cactus": "🌵",
    "volcano": "🌋", "mermaid": "🧜", "alien": "👽", "dinosaur": "🦕 🦖", "hat": "🎩", "bell": "🔔",
    "ufo": "🛸", "crab": "🦀", "fish": "🐟",
}  # fmt: skip
COLOURS = {
    "red": "🔴 🟥", "orange": "🟠 🟧", "yellow": "🟡 🟨", "green": "🟢 🟩", "blue": "🔵 🟦",
    "purple": "🟣 🟪", "pink": "🩷", "white": "⚪ ⬜", "black": "⚫ ⬛", "brown": "🟤 🟫",
}  # fmt: skip
SURROUNDINGS: tuple[tuple[Slot, str, str], ...] = (
    ("time", "at night", "🌙 🌃 🌌 🌚 🌛"), ("time", "at sunset", "🌅 🌇 🌆"),
    ("time", "on a sunny day", "☀️ 🌞"),
    ("weather", "in the rain", "🌧️ ☔"), ("weather", "in a storm", "⛈️ 🌩️"),
    ("weather", "in falling snow", "❄️ 🌨️"), ("weather", "in the fog", "🌫️"),
    ("place", "on a beach", "🏖️"), ("place", "in the desert", "🏜️"), ("place", "in a city", "🏙️"),
    ("place", "in the mountains", "🏔️ ⛰️"), ("place", "at sea", "🌊"),
)  # fmt: skip

_ADD = "➕{e}\n{e}➕\n+{e}\n+ {e}\n{e} ✅\n🆕{e}\n🆕 {e}\n➕ {e} 🙏\n✅{e}"
_REMOVE = "❌{e}\n{e}❌\n🚫{e}\n{e} 🚫\n➖{e}\n🗑️{e}\n{e}🗑️\n{e}➡️🗑️\n{e}👋\n✂️{e}\n-{e}\n{e} ❌❌\n👎{e}\n{e}👎"
_REPLACE = (
    "{e}➡️{f}\n{e} ➡️ {f}\n{e}→{f}\n{e} -> {f}\n{e}=>{f}\n{e}🔄{f}\n{e}❌{f}✅\n"
    "❌{e}➕{f}\n{e}>{f}\n❌{e} ✅{f}\n{e}👉{f}"
)
_PAINT = "{e}{c}\n{e} {c}\n{e}➡️{c}\n{e}🎨{c}\n{e} = {c}\n{e}: {c}\n{c}{e}\n{c} {e}\n🎨 {e} {c}\n{e}🖌️{c}"
_SET = "{e}\n{e}{e}\n{e}✅\n{e} 🙏\n➡️{e}\n🖼️➡️{e}\n{e}{e}{e}\n➕{e}\n{e}!"
ADD = patterns(
    _ADD + "\nadd {e}\nput {e} in\n{e} pls\n{e} too\nwant {e}",
    _ADD + "\n{e} dazu\nnoch {e}\n{e} bitte\n{e} auch\nwill {e}\nfehlt {e}",
)
REMOVE = patterns(
    _REMOVE + "\nno {e}\nremove {e}\n{e} gone\nwithout {e}\n{e} out\nbye {e}\nno more {e}",
    _REMOVE + "\nkein {e}\n{e} weg\nohne {e}\n{e} raus\ntschüss {e}\n{e} löschen",
)
REPLACE = patterns(
    _REPLACE + "\n{f} instead of {e}\n{e} to {f}\n{e} becomes {f}\n{f} not {e}\nswap {e} for {f}",
    _REPLACE + "\n{f} statt {e}\n{e} wird {f}\n{e} zu {f}\n{f} nicht {e}\ntausch {e} gegen {f}",
)
PAINT = patterns(_PAINT + "\nmake {e} {c}\n{e} in {c} pls", _PAINT + "\nmach {e} {c}\n{e} in {c} bitte")
SET = patterns(
    _SET + "\nmake it {e}\n{e} pls\nbut {e}\nnow {e}", _SET + "\nmach {e}\n{e} bitte\naber {e}\njetzt {e}"
)
_COUNT = "{n}x{e}\n{n}{e}\n{n} {e}\n{e}x{n}\n{e} x {n}\n{row}"
COUNT = patterns(_COUNT, _COUNT)


def emoji(voice: Voice, draft: Draft) -> Worded | None:
    """A wish without a word, or hardly one."""
    way = voice.rng.choice((_add, _remove, _replace, _paint, _count, _set, _set))
    return way(voice, draft)


def _sign(voice: Voice, table: dict[str, str], word: str) -> str:
    return voice.rng.choice(table[word].split(" "))


def _shown(voice: Voice, draft: Draft) -> tuple[NounPhrase, str] | None:
    """A thing of the picture and its emoji."""
    if not known(draft):
        return None
    thing = voice.rng.choice(known(draft))
    return thing, _sign(voice, KNOWN, thing.noun if thing.noun in KNOWN else noun_of(thing) or "house")


def _new(voice: Voice, draft: Draft, *, strange: float) -> tuple[str, str]:
    taken = {noun_of(thing) for thing in draft.things}
    strangers = voice.chance(strange)
    table = STRANGE if strangers else KNOWN
    noun = voice.rng.choice([n for n in table if strangers or meaning(words.NOUN_WORDS, n) not in taken])
    return noun, _sign(voice, table, noun)


def _add(voice: Voice, draft: Draft) -> Worded | None:
    if len(draft.things) > 2:
        return None
    noun, sign = _new(voice, draft, strange=1.0 if len(draft.things) == 2 else 0.4)
    return voice.pick(ADD, e=sign), with_things(draft, (*draft.things, NounPhrase(noun)))


def _remove(voice: Voice, draft: Draft) -> Worded | None:
    shown = _shown(voice, draft)
    if shown is None:
        return None
    left = tuple(thing for thing in draft.things if thing is not shown[0])
    return voice.pick(REMOVE, e=shown[1]), with_things(draft, left)


def _replace(voice: Voice, draft: Draft) -> Worded | None:
    shown = _shown(voice, draft)
    if shown is None or shown[0].count > 1:
        return None
    noun, sign = _new(voice, draft, strange=0.4)
    clause = voice.pick(REPLACE, e=shown[1], f=sign)
    return clause, changed(draft, shown[0], replace(shown[0], noun=noun))


def _paint(voice: Voice, draft: Draft) -> Worded | None:
    shown = _shown(voice, draft)
    if shown is None:
        return None
    colour = voice.rng.choice(list(COLOURS))
    if meaning(words.COLOUR_WORDS, colour_of(shown[0])) == colour:
        return None
    clause = voice.pick(PAINT, e=shown[1], c=_sign(voice, COLOURS, colour))
    return clause, changed(draft, shown[0], replace(shown[0], colour=colour))


def _count(voice: Voice, draft: Draft) -> Worded | None:
    shown = _shown(voice, draft)
    if shown is None:
        return None
    number = voice.rng.choice([n for n in (2, 3) if n != shown[0].count])
    clause = voice.pick(COUNT, n=number, e=shown[1], row=shown[1] * number)
    return clause, changed(draft, shown[0], numbered(shown[0], number))


def _set(voice: Voice, draft: Draft) -> Worded | None:
    slot, phrase, signs = voice.rng.choice(SURROUNDINGS)
    after = draft.saying(slot, phrase)
    if (slot == "place" and not draft.things) or seen(after) == seen(draft):
        return None
    return voice.pick(SET, e=voice.rng.choice(signs.split(" "))), after
