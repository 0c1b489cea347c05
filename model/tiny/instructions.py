"""How people ask for edits: templates per kind, small talk, and the noise of real typing.

In templates `{old}` names a thing or phrase of the source and `{new}` what is wanted; kinds say below what
else they fill in. The tables were written by hand; nothing is taken from a data set.
"""

import random

ADD = (
    "add {new}", "add {new}", "add {new} to it", "put {new} in it", "put {new} there", "also {new}",
    "with {new}",
    "there should be {new}", "I want {new} too", "include {new}", "now with {new}", "throw in {new}",
    "and {new}",
    "place {new} in the scene", "let there be {new}", "give me {new} as well", "insert {new}",
    "add {new} to the picture", "can we have {new}", "I'd like to see {new}", "have {new} in it", "+ {new}",
    "it needs {new}", "there is {new}", "show {new} as well", "bring in {new}",
)  # fmt: skip
ADD_NEXT_TO = (
    "add {new} next to {old}", "put {new} next to {old}", "place {new} next to {old}",
    "there should be {new} next to {old}", "I want {new} right next to {old}",
)  # fmt: skip
REMOVE = (
    "remove {old}", "remove {old}", "without {old}", "no {bare}", "delete {old}", "get rid of {old}",
    "take away {old}", "take {old} out", "lose {old}", "drop {old}", "I don't want {old}", "no more {bare}",
    "make {old} disappear", "{old} should not be there", "erase {old}", "minus {old}", "{old} has to go",
    "leave out {old}", "there should be no {bare}", "cut {old}", "I don't like {old}",
)  # fmt: skip
REPLACE = (
    "replace {old} with {new}", "replace {old} by {new}", "swap {old} for {new}", "change {old} to {new}",
    "change {old} into {new}", "turn {old} into {new}", "make {old} {new}", "{new} instead of {old}",
    "{bare} -> {name}",
    "use {new} instead of {old}", "I want {new} instead of {old}", "convert {old} to {new}",
    "{old} should be {new}", "make it {new} instead of {old}", "substitute {new} for {old}",
    "exchange {old} for {new}", "not {old} but {new}", "have {old} be {new}", "swap {old} with {new}",
    "switch {old} to {new}", "{old} becomes {new}",
)  # fmt: skip
REPLACE_ONLY = (
    "make it {new}", "make it {new} instead", "{new} instead", "turn it into {new}", "change it to {new}",
    "actually {new}", "I want {new} instead", "it should be {new}", "no, {new}",
)  # fmt: skip
"""For pictures with one thing."""

RECOLOUR = (
    "make {old} {new}", "make {old} {new}", "paint {old} {new}", "colour {old} {new}", "turn {old} {new}",
    "{old} should be {new}", "change the colour of {old} to {new}", "change {old} to {new}",
    "dye {old} {new}",
    "I want {old} to be {new}", "{new} {bare}", "{new} {bare} please", "let {old} be {new}",
    "change the color of {old} to {new}", "have {old} be {new}", "recolor {old} to {new}", "{old} in {new}",
    "use {new} for {old}", "the color of {old} should be {new}",
)  # fmt: skip
RESIZE = (
    "make {old} {new}", "make {old} {new}", "{old} should be {new}", "I want {old} to be {new}",
    "{new} {bare}", "turn {old} {new}", "have {old} be {new}", "let {old} be {new}",
)  # fmt: skip
BIGGER = (
    "make {old} bigger", "make {old} larger", "bigger {bare}", "{old} should be bigger", "enlarge {old}",
    "increase the size of {old}", "make {old} much bigger", "grow {old}",
)  # fmt: skip
SMALLER = (
    "make {old} smaller", "smaller {bare}", "{old} should be smaller", "shrink {old}",
    "reduce the size of {old}", "make {old} a bit smaller",
)  # fmt: skip
COUNT = (
    "make it {new}", "I want {new}", "{new}", "there should be {new}", "change it to {new}", "{new} please",
    "have {new}", "make that {new}", "turn it into {new}", "give me {new}", "{new} instead",
)  # fmt: skip
ANOTHER = (
    "add another {one}", "one more {one}", "add one more {one}", "another {one}", "another {one} please",
    "put another {one} in", "add a second {one}",
)  # fmt: skip
PLACE = (
    "put it {new}", "make it {new}", "{new}", "set it {new}", "but {new}", "now {new}", "I want it {new}",
    "it should be {new}", "place it {new}", "have it {new}", "show it {new}", "the same {new}",
    "{new} please",
    "let it be {new}", "what if it was {new}", "this should take place {new}",
)  # fmt: skip
PLACE_NAME = (
    "move it to {new}", "move everything to {new}", "change the place to {new}",
    "change the background to {new}",
    "change the location to {new}", "take it to {new}", "use {new} as background",
    "make the background {new}",
    "replace the background with {new}", "set the scene in {new}", "move to {new}", "let's go to {new}",
    "with {new} in the background", "change the setting to {new}",
)  # fmt: skip
TIME = (
    "make it {new}", "make it {new}", "make it {new}", "change it to {new}", "turn it into {new}", "{new}",
    "change the time to {new}", "it should be {new}", "I want it to be {new}", "set it to {new}",
    "{new} please",
    "can it be {new}", "change the time of day to {new}", "{new} instead", "let it be {new}", "now {new}",
)  # fmt: skip
PHRASE = ("{new}", "make it {new}", "set it {new}", "but {new}", "same {new}", "now {new}", "show it {new}")
"""For a phrase as it will stand in the prompt: `at night`, `in the rain`."""

WEATHER = (
    "make it {new}", "add {new}", "add some {new}", "let there be {new}", "with {new}",
    "there should be {new}",
    "I want {new}", "{new}", "{new} please", "change the weather to {new}", "give it some {new}",
    "have {new}",
)  # fmt: skip
BACK = (
    "put it back to {new}", "back to {new}", "go back to {new}", "make it {new} again", "{new} again",
    "change it back to {new}", "I liked {new} better", "return to {new}", "undo that, {new} again",
)  # fmt: skip
STOP = (
    "no {bare}", "no more {bare}", "without the {bare}", "without {bare}", "remove the {bare}", "not {said}",
    "stop the {bare}", "get rid of the {bare}", "the {bare} should stop", "undo the {bare}",
    "drop the {bare}",
    "take the {bare} away", "I don't want {bare}", "no {bare} please", "less {bare}",
)  # fmt: skip
RESTYLE = (
    "as {new}", "in the style of {new}", "make it {new}", "turn it into {new}", "make it look like {new}",
    "change it to {new}", "draw it as {new}", "{new}", "{bare} style", "in {bare} style", "redo it as {new}",
    "change the style to {bare}", "more like {new}", "convert it to {new}", "render it as {new}",
    "but as {new}",
    "I want {new}", "{bare}", "style: {bare}", "could it be {new}", "show it as {new}", "make this {new}",
    "as if it were {new}",
)  # fmt: skip
UNSTYLE = (
    "not as {new}", "remove the {bare} style", "no {bare} style", "without the {bare} look", "no {bare}",
    "I don't want {new}", "undo the {bare} style", "drop the {bare} style", "less {bare}",
)  # fmt: skip
PRETTIER = (
    "make it prettier", "make it nicer", "make it more beautiful", "better quality", "improve it",
    "enhance it",
    "make it better", "beautify", "make it look better", "higher quality", "make it look amazing",
    "more beautiful", "make it beautiful", "make it pop", "can you make it look nicer", "improve the quality",
    "more quality", "make it look professional", "polish it", "upgrade it",
)  # fmt: skip
QUALITY: dict[str, tuple[str, ...]] = {
    "highly detailed": (
        "more detailed", "make it more detailed", "add more detail", "add details", "more details",
    "highly detailed",
        "make it highly detailed", "increase the detail", "I want more detail",
    ),
    "soft light": (
        "softer light", "soft light", "add soft light", "make the light softer", "use soft light",
        "with soft light", "gentle light",
    ),
    "soft lighting": ("soft lighting", "add soft lighting", "with soft lighting", "softer lighting"),
    "volumetric lighting": ("add volumetric lighting", "volumetric lighting", "use volumetric lighting"),
    "dramatic lighting": (
        "dramatic lighting", "more dramatic lighting", "add dramatic lighting", "make the lighting dramatic",
    ),
    "god rays": ("add god rays", "god rays", "with god rays"),
    "vivid colors": (
        "more vivid colors", "vivid colors", "more colour", "more color", "stronger colors", "more saturated",
        "add more color", "make the colors stronger", "brighter colours",
    ),
    "colorful": ("more colorful", "more colourful", "make it colorful", "make it more colourful"),
    "sharp focus": (
        "sharper", "make it sharper", "sharp focus", "less blurry", "more focus", "sharpen it",
    "in sharp focus",
    ),
    "masterpiece": ("make it a masterpiece", "masterpiece", "turn it into a masterpiece"),
    "award winning": ("award winning", "make it award winning"),
}  # fmt: skip
"""Words of quality (one of `words.QUALITY_WORDS`) and how people ask for them."""

VAGUE = (
    "make it {new}", "make it more {new}", "more {new}", "{new}", "a bit more {new}", "I want it {new}",
    "it should feel {new}", "can you make it {new}", "give it a {new} mood", "give it a {new} feeling",
    "make everything {new}", "it should look {new}", "much more {new}", "a little more {new}",
)  # fmt: skip
NOTHING = (
    "nice!", "thanks", "thank you", "lol", "I love it", "great", "ok", "wow", "perfect", "good bot", "cool",
    "haha", "keep it", "looks good", "love this", "that's it", "awesome", "amazing!", "thx", "nice one",
    "yes",
    "beautiful!", "leave it like that", "don't change anything", "wonderful", "that is so cool", "well done",
    "very nice", "so good", "I like it", "👍", "❤️", "hm", "great, thanks!", "exactly what I wanted", "yay",
    "this is great", "omg", "nothing to change", "stay like this", "good job", "same again", "hello",
)  # fmt: skip
LINKS = (
    " and ",
    " and ",
    " and ",
    ", ",
    ", and ",
    " and then ",
    ", then ",
    ". ",
    " + ",
    " & ",
    "; ",
    ", also ",
)

SLIPS = 0.06
"""The share of instructions with a slip of the keyboard."""

_BEFORE = (
    "please ", "please ", "can you ", "could you ", "pls ", "now ", "ok now ", "hmm, ", "actually ", "let's ",
    "nice! now ", "ok, ", "great, but ", "and ", "just ", "I think you should ", "would you ", "cool, now ",
)  # fmt: skip
_AFTER = (
    " please",
    " please",
    "!",
    ".",
    ".",
    " pls",
    " thanks",
    "?",
    "!!",
    " :)",
    ", thanks",
    " now",
    " if you can",
)
_KEYS = {
    "a": "sq", "e": "wr", "i": "uo", "o": "ip", "t": "ry", "n": "bm", "r": "et", "s": "ad", "h": "gj",
    "d": "sf",
}  # fmt: skip


def typed(
    instruction: str, rng: random.Random, exact: frozenset[str] = frozenset(), slips: float = SLIPS
) -> str:
    """The instruction as somebody types it: politeness, capitals, punctuation, and a slip in a share `slips`
    of them, but none in the words of `exact`, which nobody could guess."""
    text = instruction
    if rng.random() < 0.15 and not text.endswith(("!", ".", "?")):
        text = rng.choice(_BEFORE) + text
    if rng.random() < 0.2 and not text.endswith(("!", ".", "?", "please")):
        text += rng.choice(_AFTER)
    if rng.random() < slips:
        text = misspelt(text, rng, exact)
    case = rng.random()
    if case < 0.25:
        return text[0].upper() + text[1:]
    return text.upper() if case > 0.98 else text


def misspelt(text: str, rng: random.Random, exact: frozenset[str] = frozenset()) -> str:
    """The text with one slip inside one of its words of four letters or more that is not in `exact`."""
    parts = text.split(" ")
    spots = [i for i, word in enumerate(parts) if len(word) >= 4 and word.isalpha() and word not in exact]
    if not spots:
        return text
    spot = rng.choice(spots)
    parts[spot] = _slip(parts[spot], rng)
    return " ".join(parts)


def _slip(word: str, rng: random.Random) -> str:
    """Two letters swapped, one dropped, one doubled, or a neighbour on the keyboard; never the first."""
    i = rng.randint(1, len(word) - 2)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if kind == 1:
        return word[:i] + word[i + 1 :]
    if kind == 2:
        return word[:i] + word[i] + word[i:]
    return word[:i] + rng.choice(_KEYS.get(word[i], word[i])) + word[i + 1 :]
