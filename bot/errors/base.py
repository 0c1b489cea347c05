"""What all errors of the bot share: a sentence for the member who reads it."""

from typing import ClassVar

from bot.i18n import Language, Text
from bot.texts import errors as words


class BotError(Exception):
    """Base of the tree. `sentence` is what a member reads; `fields` fill its placeholders.

    A field may be a `Text` itself. `str(error)` is English, for the log.
    """

    sentence: ClassVar[Text] = words.UNEXPECTED

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.sentence(Language.ENGLISH, **fields))
