"""How long a turn is kept: the operator's [retention], as a pure rule."""

from datetime import datetime, timedelta

from bot.config import RetentionSettings


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
