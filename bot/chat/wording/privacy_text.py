"""What /privacy says is kept about a person: only the kinds of data of which there is some."""

from bot.domain.retention import Ages
from bot.i18n import Language
from bot.store.people import Kept
from bot.texts import privacy as words


def kept(language: Language, summary: Kept, ages: Ages) -> str:
    """The answer to /privacy."""
    use = words.MAY_BE_USED if summary.consent else words.NOT_USED
    said = bool(summary.turns or summary.pictures or summary.votes)
    lines = [
        words.KEPT_HEAD(language),
        *(_kinds(language, summary) or [words.KEPT_NOTHING(language)]),
        words.KEPT_NEVER(language),
        *([words.KEPT_USE(language, use=use)] if said or summary.consent else []),
        *([_how_long(language, ages)] if summary.turns or summary.pictures else []),
        words.KEPT_WHERE(language),
    ]
    return "\n".join(lines)


def _kinds(language: Language, summary: Kept) -> list[str]:
    """A line for each kind of data that there is."""
    counted = (
        (summary.turns, words.KEPT_TURNS),
        (summary.pictures, words.KEPT_PICTURES),
        (summary.votes, words.KEPT_VOTES),
        (summary.exposures, words.KEPT_EXPOSURES),
        (summary.reports, words.KEPT_REPORTS),
        (summary.own_words, words.KEPT_OWN_WORDS),
        (summary.favourites, words.KEPT_FAVOURITES),
    )
    lines = [text(language, count=count) for count, text in counted if count]
    decided = ((summary.preferences, words.KEPT_PREFERENCES), (summary.showing, words.KEPT_SHOWING))
    return [*lines, *(text(language) for there, text in decided if there)]


def _how_long(language: Language, ages: Ages) -> str:
    if not ages.plain:
        return words.UNTIL_DELETED(language)
    plain, voted, opted_in = (
        words.AFTER_DAYS.with_(days=days) if days else words.NEVER
        for days in (ages.plain, ages.voted, ages.opted_in)
    )
    return words.FORGOTTEN(language, plain=plain, voted=voted, opted_in=opted_in)
