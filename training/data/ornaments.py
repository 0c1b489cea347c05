"""Words of a prompt or caption that picture nothing by themselves: their loss breaks no edit.

*Ornaments* (praise, shops, sites, goods, numbers) count where the instruction asks for them: "make it a
poster", "increase the resolution". *Fillers*, which ask or connect, never count.
"""

from __future__ import annotations

import re

from model.language.stems import stem

_PRAISE = """
    amazing award awesome beautiful best breathtaking detailed famous gorgeous gripping hd hdr
    highly hq hyper incredible insane intricate masterpiece perfect popular professional quality
    spectacular stunning super trending uhd ultra ultradetailed unique winner winning wonderful
"""
_PLACES = """
    artstation cc0 com copy deviant deviantart download flickr found free from gallery gif html http
    https id image instagram jpeg jpg net org picture pinterest pixabay pixiv png px stock through
    via www
"""
_GOODS = """
    art artist available background buy canvas club collection design desktop edition example
    exterior full idea interior limited original piece poster print published reproduction sale shop
    size space title titled wallpaper work workshop
"""
_FILLERS = """
    add adding all also another bit change changing convert create creating delete deleting down
    drop erase erasing fine get give giving have having inside instead keep kind less let like
    little look lose losing made make making more other out outside please put remove removing
    replace replacing rid section see set show some sort swap take taking thing time transform turn
    type up version very view want way
"""


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


_ORNAMENTS = _stems(_PRAISE) | _stems(_PLACES) | _stems(_GOODS)
_FILLING = _stems(_FILLERS)
_YEAR = re.compile(r"1\d{3}s?|20\d\ds?")


def is_filler(word: str) -> bool:
    """Whether a folded word only asks or connects.

    >>> [word for word in ("fox", "make", "replaced", "painting") if is_filler(word)]
    ['make', 'replaced']
    """
    return stem(word) in _FILLING


def is_ornament(word: str) -> bool:
    """Whether a folded word is praise, a shop's or site's, goods, or a number that is no year.

    >>> [word for word in ("fox", "8k", "posters", "1990s", "d7000", "stunning") if is_ornament(word)]
    ['8k', 'posters', 'd7000', 'stunning']
    """
    # A single digit counts things ("3 foxes")
    numbered = any(letter.isdigit() for letter in word) and len(word) > 1 and not _YEAR.fullmatch(word)
    return numbered or stem(word) in _ORNAMENTS
