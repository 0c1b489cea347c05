"""How long a turn is kept: the operator's [retention], as a pure rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.settings import RetentionSettings


@dataclass(frozen=True, slots=True)
class Ages:
    """Days after which a turn goes: any, one that people voted on, one that training may use; 0 is never."""

    plain: int
    voted: int
    opted_in: int


def ages(rules: RetentionSettings) -> Ages:
    """The settings as they work: no exception makes a turn go earlier."""
    plain = rules.days
    voted, opted_in = (
        max(plain, more) if plain and more else 0 for more in (rules.voted_days, rules.opted_in_days)
    )
    return Ages(plain, voted, opted_in)


def expired(
    rules: RetentionSettings, created_at: datetime, now: datetime, *, voted: bool, opted_in: bool
) -> bool:
    """Whether a turn of that age goes. `voted`: a vote on it stands; `opted_in`: its author allows training.

    Of the ages that fit it the longest counts, and "never" is the longest.
    """
    days = [rules.days]
    days += [rules.voted_days] if voted else []
    days += [rules.opted_in_days] if opted_in else []
    return 0 not in days and created_at < now - timedelta(days=max(days))
