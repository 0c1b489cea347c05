"""Disguises undone: letters written apart, figures for letters, stretched, cut and glued words.

Everything works towards the vocabulary: a word is only read as another one where that one is a word of the
lists, so that an ordinary text stays as it is.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from model.moderation.folding import seen, undoubled, written
from model.moderation.vocabulary import Vocabulary, tokens

# 1, ! and | may be an i or an l
_FIGURES = tuple(str.maketrans("013457@$!|€8+", f"o{i}eastas{i}{j}ebt") for i, j in (("i", "l"), ("l", "i")))
_FIGURE = re.compile(r"[013457@$!|€8+*]")
_STRETCHED = re.compile(r"(.)\1{2,}")
_MOST_STARS = 2  # in one word
_MOST_STARRED = 20  # words with stars that are tried: each has some hundred spellings
_LETTERS = "aeiouycknrtsldhmpgbfvwjqxz"
_CYRILLIC = str.maketrans("aeopcyxkmthb", "аеорсухкмтнв")
_CHARACTER = r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]"  # kana, kanji, Hangul, Thai
_BETWEEN_CHARACTERS = re.compile(rf"(?<={_CHARACTER})[・･·•._/-]+(?={_CHARACTER})")
_SHORT = 3  # letters of a piece of a word that was cut
_LEAST_GLUED, _MOST_GLUED = 6, 30  # letters of two words written as one


def revealed(text: str, vocabulary: Vocabulary) -> list[str]:
    """The words of a text, each as one of the vocabulary where it is one in disguise.

    Takes time in proportion to the text's length.
    """
    spaced = vocabulary.spaceless.sub(r" \g<0> ", _BETWEEN_CHARACTERS.sub("", written(text)))
    stars = _MOST_STARRED
    words: list[str] = []
    for piece in spaced.split():
        starred = "*" in piece and stars > 0
        stars -= starred
        words += _piece(piece, vocabulary, stars=starred)
    return _uncut(_joined_letters(words, vocabulary), vocabulary)


def _piece(piece: str, vocabulary: Vocabulary, *, stars: bool) -> list[str]:
    """The words of what stands between two spaces."""
    letters = tokens(piece)
    if len(letters) > 1 and all(len(letter) == 1 for letter in letters):
        joined = _alphabet("".join(letters), vocabulary)  # n-u-d-e
        letters = [joined] if vocabulary.knows(joined) else letters
    plain = [_alphabet(word, vocabulary) for word in letters]
    if not _FIGURE.search(piece):
        return [known for word in plain for known in _unglued(_unstretched(word, vocabulary), vocabulary)]
    if any(map(vocabulary.knows, plain)):
        # a word of the lists before the figure must not hide the longer one that is meant
        words = [known for word in plain for known in _unglued(_unstretched(word, vocabulary), vocabulary)]
        spelled = [word for table in _FIGURES for word in tokens(seen(piece).translate(table))]
        return words + [
            word for word in dict.fromkeys(spelled) if word in vocabulary.clear_words.difference(words)
        ]
    doubtful: list[str] = []
    for spelling in _spellings(seen(piece), stars=stars):
        words = [
            known
            for word in tokens(spelling)
            for known in _unglued(_unstretched(word, vocabulary), vocabulary)
        ]
        if not vocabulary.clear_words.isdisjoint(words):
            return words
        if not doubtful and any(map(vocabulary.knows, words)):
            doubtful = words
    return doubtful or plain


def _alphabet(word: str, vocabulary: Vocabulary) -> str:
    """A word with look-alike letters made those of one alphabet, where the vocabulary has that."""
    if word.isascii() or len(word) == 1 or vocabulary.has(word):
        return word
    latin, cyrillic = seen(word), word.translate(_CYRILLIC)
    if vocabulary.has(cyrillic) and not vocabulary.has(latin):
        return cyrillic
    return latin if latin.isascii() or vocabulary.has(latin) else word


def _spellings(piece: str, *, stars: bool) -> Iterator[str]:
    """What figures, and stars for one or two letters, may stand for."""
    for table in _FIGURES:
        yield piece.translate(table)
    if stars and 0 < piece.count("*") <= _MOST_STARS:
        parts = piece.translate(_FIGURES[0]).split("*")
        for hidden in itertools.product(_LETTERS, repeat=len(parts) - 1):
            yield parts[0] + "".join(letter + part for letter, part in zip(hidden, parts[1:], strict=True))


def _unstretched(word: str, vocabulary: Vocabulary) -> str:
    """`nuuude` and `kidz` as `nude` and `kids`."""
    if vocabulary.knows(word):
        return word
    candidates = [_STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word), undoubled(word)]
    candidates += [word.replace("v", "u")] if "v" in word else []  # as the Romans wrote
    candidates += [word[:-1] + "s"] if word.endswith("z") else []
    candidates += [word[:-1] + "cks"] if word.endswith("x") else []
    for candidate in candidates:
        if candidate != word and vocabulary.knows(candidate):
            return candidate
    return word


def _unglued(word: str, vocabulary: Vocabulary) -> list[str]:
    """`nakedkid` as its two words, where both are of the lists; of a longer run, all words in it."""
    if len(word) > _MOST_GLUED:
        return list(_within(word, vocabulary)) or [word]
    if len(word) >= _LEAST_GLUED and word not in vocabulary.whole_words:
        for cut in range(3, len(word) - 2):
            if word[:cut] in vocabulary.clear_words and vocabulary.knows(word[cut:]):
                return [word[:cut], word[cut:]]
            if word[cut:] in vocabulary.clear_words and vocabulary.knows(word[:cut]):
                return [word[:cut], word[cut:]]
    return [word]


def _joined_letters(words: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Where three or more single letters follow each other, the words of the lists that they spell."""
    result: list[str] = []
    for single, run in itertools.groupby(words, key=lambda word: len(word) == 1):
        letters = list(run)
        joined = "".join(letters) if single and len(letters) > 2 else ""
        spellings = dict.fromkeys((joined, seen(joined)))  # one, unless there are look-alike letters
        result += list(itertools.chain(*(_within(each, vocabulary) for each in spellings))) or letters
    return result


def _within(letters: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The words of the lists within letters without spaces: the longest from each letter on, as they may
    overlap (`teensex`)."""
    longest = max(map(len, vocabulary.whole_words))
    for at in range(len(letters)):
        for end in range(min(len(letters), at + longest), at + 2, -1):
            if letters[at:end] in vocabulary.whole_words:
                yield letters[at:end]
                break


def _uncut(words: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """`na ked` and `n ude` as one word, where that is one of the lists and no piece is."""
    result: list[str] = []
    at = 0
    while at < len(words):
        for count in (3, 2):
            pieces = words[at : at + count]
            if len(pieces) == count and _is_cut(pieces, vocabulary):
                result.append("".join(pieces))
                at += count
                break
        else:
            result.append(words[at])
            at += 1
    return result


def _is_cut(pieces: Sequence[str], vocabulary: Vocabulary) -> bool:
    return (
        (len(pieces) == 2 or all(len(piece) <= _SHORT for piece in pieces))
        and len("".join(pieces)) > _SHORT
        and "".join(pieces) in vocabulary.whole_words
        and not any(piece in vocabulary.clear_words for piece in pieces)
    )
