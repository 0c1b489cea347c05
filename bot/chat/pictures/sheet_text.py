"""Words in a drawn picture: the font, what it can draw, and how a text is broken into lines of a width.

The font is M PLUS 1p Regular (`fonts/`, unchanged, under the SIL Open Font License 1.1 beside it): one small
file with the Latin letters of all the bot's languages, Greek, Cyrillic, kana and the kanji in everyday use.
A system's fonts are not looked for, so a sheet looks the same on every machine. What the font lacks (emoji,
Hangul, rare kanji, scripts written from the right) is left out of the picture; the words in full are its
alternative text.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

_FILE = Path(__file__).parent / "fonts" / "MPLUS1p-Regular.ttf"
_NOT_A_CHARACTER = "\uffff"  # Unicode keeps it free, so every font draws what it draws for a missing one
_MORE = "…"
_NOT_FIRST = "、。，．・：；？！…）」』】〕ーっゃゅょッャュョ々"
"""What no line begins with in Japanese (JIS X 4051, the main ones)."""
# a word with the space after it, or one character of a script that is written without spaces
_BREAKABLE = re.compile(
    r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]|[^\s\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+|\s+"
)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font in a size in pixels."""
    return ImageFont.truetype(_FILE, size)


def drawable(text: str) -> str:
    """The text without what the font has no picture of, and with single spaces."""
    return " ".join("".join(c for c in text if c.isspace() or _has(c)).split())


@lru_cache(maxsize=4096)
def _has(character: str) -> bool:
    return _look(character) != _look(_NOT_A_CHARACTER)


def _look(character: str) -> tuple[tuple[int, int], bytes]:
    mask = font(14).getmask(character)
    return mask.size, bytes(mask)


def lines(text: str, size: int, width: int, most: int) -> list[str]:
    """What of the text can be drawn, in at most `most` lines of `width` pixels; "…" where it goes on.

    Lines break between words, and between any two characters of Japanese; a longer word is broken too.
    """
    found = [""]
    for part in _parts(drawable(text), size, width):
        joined = found[-1] + part
        if font(size).getlength(joined.rstrip()) <= width or part in _NOT_FIRST:
            found[-1] = joined
        elif not part.isspace():
            found.append(part)
    shown = [line.strip() for line in found if line.strip()]
    if len(shown) > most:
        shown = [*shown[: most - 1], _shortened(shown[most - 1], size, width)]
    return shown


def _parts(text: str, size: int, width: int) -> list[str]:
    """The pieces between which a line may break; what is wider than a line comes in characters."""
    parts: list[str] = []
    for part in _BREAKABLE.findall(text):
        parts += [part] if font(size).getlength(part) <= width else list(part)
    return parts


def _shortened(line: str, size: int, width: int) -> str:
    """A line with "…" at its end, without the words that have no place beside it; a lone one is cut."""
    words = _BREAKABLE.findall(line)
    while len(words) > 1 and font(size).getlength("".join(words).rstrip() + _MORE) > width:
        words.pop()
    line = "".join(words).rstrip()
    while line and font(size).getlength(line + _MORE) > width:
        line = line[:-1].rstrip()
    return line + _MORE
