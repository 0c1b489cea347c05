"""People's words, cleaned and checked before anything else is done with them.

What cleaning does, in this order:
1. Line breaks, tabs and every kind of space become a plain space.
2. Characters nobody can see go: control characters, direction marks and overrides (right-to-left text itself
   stays and is shown rightly without them), zero-width characters, fillers, tags, lone surrogates, private
   ones. The two joiners stay between visible characters, where Persian, Indic scripts and emoji need them.
3. Unicode NFC.
4. Discord's own marks go: mentions of people, roles, channels and commands, custom emoji, time stamps; of
   "@everyone" and "@here" the at sign goes.
5. Runs of spaces become one, none is left at the ends.
"""

import re
import unicodedata

from bot.errors import EmojiOnly, EmptyText, TextTooLong

_JOINERS = "\u200c\u200d"
_STRAY_JOINER = re.compile(f"(?<![^\\s{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]+(?![^\\s{_JOINERS}])")
_DISCORD_MARK = re.compile(
    rf"[{_JOINERS}]?<(?:@[!&]?\d+|#\d+|/[^:<>]{{1,100}}:\d+|a?:\w{{1,64}}:\d+|t:-?\d+(?::[a-zA-Z])?|id:\w+)>[{_JOINERS}]?"
)
_EVERYONE = re.compile(r"@+(?=everyone|here)")
_GAP = re.compile(r"[\s,.;]+")
_ACCENT = re.compile("[\u0300-\u036f]")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
# Letters, marks and symbols by category that show nothing: Hangul fillers, the braille blank, grapheme joiner
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")


def clean(text: str) -> str:
    """`text` in one line, without Discord's marks and without anything invisible; it may come out empty."""
    visible = _STRAY_JOINER.sub("", "".join(_visible(character) for character in text))
    words = _EVERYONE.sub("", _DISCORD_MARK.sub(" ", unicodedata.normalize("NFC", visible)))
    return " ".join(words.split())


def checked(text: str, limit: int) -> str:
    """`text` cleaned, with at least one letter or digit and at most `limit` characters.

    Raises `EmptyText`, `EmojiOnly` or `TextTooLong`.
    """
    cleaned = clean(text)
    if not _has_words(cleaned):
        raise (
            EmojiOnly if any(unicodedata.category(c) == "So" or c == "\u20e3" for c in cleaned) else EmptyText
        )
    if len(cleaned) > limit:
        raise TextTooLong(length=len(cleaned), limit=limit)
    return cleaned


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"} or character in "\t\n\v\f\r\x85":
        return " "
    if character in _JOINERS:
        return character
    return "" if category[0] == "C" or character in _BLANKS else character


def _has_words(text: str) -> bool:
    """Whether a letter or digit is in `text`; the digits of keycap emoji do not count."""
    return any(unicodedata.category(character)[0] in "LN" for character in _KEYCAP.sub("", text))


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, apart from case, spaces and commas; brackets may weigh a word."""
    return _GAP.split(one.casefold().strip(" ,.;")) == _GAP.split(other.casefold().strip(" ,.;"))


def folded(text: str) -> str:
    """The text as forms in tables are compared with it: NFKC, no case, no accents, plain apostrophes."""
    return without_accents(unicodedata.normalize("NFKC", text).casefold()).replace("’", "'")


def without_accents(text: str) -> str:
    """The text without the marks over and under Latin letters, which people often leave out.

    The marks of other scripts stay: they make another letter of kana.

    >>> without_accents("Réinitialise à ça, mañana")
    'Reinitialise a ca, manana'
    """
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", text)))
