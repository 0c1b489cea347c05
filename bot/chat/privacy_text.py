"""What /privacy says is kept about a person."""

from bot.domain.retention import Ages
from bot.i18n import Language
from bot.texts import privacy as words


def kept(language: Language, turns: int, pictures: int, votes: int, *, consent: bool, ages: Ages) -> str:
    """The answer to /privacy."""
    use = words.MAY_BE_USED if consent else words.NOT_USED
    return words.KEPT(
        language, turns=turns, pictures=pictures, votes=votes, use=use, how_long=_how_long(language, ages)
    )


def _how_long(language: Language, ages: Ages) -> str:
    if not ages.plain:
        return words.UNTIL_DELETED(language)
    plain, voted, opted_in = (
        words.AFTER_DAYS.with_(days=days) if days else words.NEVER
        for days in (ages.plain, ages.voted, ages.opted_in)
    )
    return words.FORGOTTEN(language, plain=plain, voted=voted, opted_in=opted_in)
