"""A text as its reader sees it: one form for all the ways to write the same letters.

`written` keeps the alphabet, so that Russian and Japanese words can be found; `seen` also turns look-alike
letters of other alphabets into the Latin ones that they imitate (Unicode's Technical Standard 39, whose table
the library disarm carries).
"""

import re
import unicodedata

from disarm import strip_obfuscation

_VOICED = "\u3099\u309a"  # the marks that make a ga of a ka: letters of their own in Japanese, no accents
_FLAGS = {0x1F1E6 + i: chr(ord("a") + i) for i in range(26)}  # 🇳🇺, the letters that flags are made of
# A reader takes these for words
_PICTOGRAMS = {
    ord("👶"): " baby ",
    ord("🧒"): " child ",
    ord("👧"): " girl ",
    ord("👦"): " boy ",
    ord("🔞"): " nsfw ",
}
_FIGURES = str.maketrans("013457@$", "oieastas")


def written(text: str) -> str:
    """`text` in small letters without accents, compatibility forms, and characters that show nothing.

    Vowel signs of Indian scripts go too (category Mc): they are no letters, and would part words.
    """
    # first, as line ends and tabs are control characters too: what they part must not grow together
    spaced = " ".join(text.translate(_FLAGS | _PICTOGRAMS).split())
    small = unicodedata.normalize("NFKD", spaced).casefold()
    plain = unicodedata.normalize("NFKD", small)
    visible = "".join(
        c for c in plain if c in _VOICED or unicodedata.category(c) not in ("Mn", "Mc", "Cf", "Cc")
    )
    return unicodedata.normalize("NFC", visible)


def seen(text: str) -> str:
    """`written`, with the letters that only look Latin made Latin.

    >>> seen("nudе"), seen("сhild")  # a Cyrillic e, a Cyrillic s
    ('nude', 'child')
    """
    return written(strip_obfuscation(written(text)))


def fold(text: str) -> str:
    """`seen`, with figures inside words as the letters that they stand for, and spaces between words only.

    >>> fold("N4KED, 1975")
    'naked 1975'
    """
    letters = " ".join(_unfigured(word) for word in seen(text).split())
    return " ".join(re.findall(r"\w+", letters))


def _unfigured(word: str) -> str:
    """Digits are letters only in a word that has letters: `n4ked` but not `1975`."""
    return word.translate(_FIGURES) if any(c.isalpha() for c in word) else word
