"""`python -m bot db upgrade | check`: the database without the bot."""

from bot.check import database_finding
from bot.config import Settings
from bot.store import migrate


def upgrade_or_check(settings: Settings, action: str) -> int:
    """Bring the database to this version, or only say how it is; 0 when it is (then) usable."""
    if action == "upgrade":
        migrate.upgrade(settings.store.database)
    finding = database_finding(settings)
    print(finding)
    return 0 if finding.good else 1
