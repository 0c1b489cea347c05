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
_LEAST_APART = 3  # letters that stand apart and are one word
# Single letters with up to three signs between two of them, the same between all of a word
_APART = re.compile(r"(?<![^\W_])[^\W_](?:[\W_]{1,3}[^\W_](?![^\W_])){2,}")
_PICTURE_INSIDE = re.compile(r"(?<=[^\W\d_])[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]+(?=[^\W\d_])")
_FIGURES = str.maketrans("013457@$", "oieastas")


def written(text: str) -> str:
    """`text` in small letters without accents, compatibility forms, and characters that show nothing.

    Vowel signs of Indian scripts go too (category Mc): they are no letters, and would part words.
    """
    return " ".join(_visible(text).split())


def _visible(text: str) -> str:
    """`written`, with as many spaces as the text has: they tell words from letters written apart."""
    # first, as line ends and tabs are control characters too: what they part must not grow together
    spaced = re.sub(r"\s", " ", text.translate(_FLAGS | _PICTOGRAMS))
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
    """`seen`, with letters that stand apart or twice made words, figures inside words as the letters that
    they stand for, and spaces between words only. A word that a line's end cuts stays cut: only a list
    of words can tell that from two words (`model.moderation.revealing`).

    >>> fold("N4KED, 1975"), fold("s t o n e   b.r.i.d.g.e"), fold("ssttoonnee"), fold("st🌟one")
    ('naked 1975', 'stone bridge', 'stone', 'stone')
    """
    together = _APART.sub(_together, _PICTURE_INSIDE.sub("", _visible(text)))
    letters = " ".join(_unfigured(undoubled(word)) for word in seen(together).split())
    return " ".join(re.findall(r"\w+", letters))


def folded_readings(text: str) -> set[str]:
    """`fold` of a text, with pictures between letters as nothing (`st🌟one`) and as a space (`cat🌟box`)."""
    return {fold(text), fold(_PICTURE_INSIDE.sub(" ", _visible(text)))}


def undoubled(word: str) -> str:
    """A word with each letter written twice, with each once; any other word as it is.

    >>> undoubled("ssttoonnee"), undoubled("noon")
    ('stone', 'noon')
    """
    while len(word) >= 2 * _LEAST_APART and word[::2] == word[1::2]:
        word = word[::2]
    return word


def _together(apart: re.Match[str]) -> str:
    """`s t o n e   b r i d g e` as two words: a letter has one sign before the next one, a word more."""
    return " ".join(re.sub(r"[\W_]", "", word) for word in re.split(r"[\W_]{2,}", apart[0]))


def _unfigured(word: str) -> str:
    """Digits are letters only in a word that has letters: `n4ked` but not `1975`."""
    return word.translate(_FIGURES) if any(c.isalpha() for c in word) else word
