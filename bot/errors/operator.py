"""Errors that the operator puts right; members get a general sentence."""

from bot.errors.base import BotError
from bot.texts import errors as words


class OperatorError(BotError):
    """Something the operator puts right; `str(error)` is for the operator, members get `sentence`."""

    sentence = words.OPERATORS_TURN

    def __init__(self, message: str) -> None:
        super().__init__()
        self.args = (message,)


class SettingsError(OperatorError):
    """Wrong settings. `problems` has one line for each, naming key, value and what is allowed."""

    def __init__(self, source: str, problems: list[str]) -> None:
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n".join([f"{count} in the settings ({source}):", *(f"  {p}" for p in problems)]))


class StoreError(OperatorError):
    """The database or the picture folder cannot be used."""


class NotADatabase(StoreError):
    """The file is something else, or damaged."""


class DatabaseNewer(StoreError):
    """The database was written by a newer version of this program."""


class DataFolderInUse(StoreError):
    """Another process of this program works with the data folder."""


class DatabaseBusy(StoreError):
    """Another program has held the database's write lock for longer than we wait."""

    sentence = words.DATABASE_BUSY


class DatabaseAway(StoreError):
    """The database server cannot be reached, or ended the connection; it may come back by itself."""

    sentence = words.DATABASE_AWAY


class DiskFull(StoreError):
    """No room is left on the disk."""

    sentence = words.DISK_FULL


class PicturesUnreachable(StoreError):
    """The place of the picture files cannot be reached, is too slow, or refuses us."""

    sentence = words.PICTURES_UNREACHABLE


class CannotConnect(OperatorError):
    """Discord refuses the bot for good: a wrong token, a privileged intent that is not switched on."""


class LeaseLost(OperatorError):
    """Another process has taken a job over, or it has ended: what was made here is thrown away."""


class WrongTransition(OperatorError):
    """A job was moved to a state it cannot reach from its present one."""
