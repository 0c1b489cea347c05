"""Every text of the bot by its name, as `errors.PERMISSIONS[attach_files]`."""

import importlib
import pkgutil
from collections.abc import Iterator

from bot import texts
from bot.i18n import Text


def every_text() -> Iterator[tuple[str, Text]]:
    """Every text of the catalogue with its name."""
    for found in pkgutil.iter_modules(texts.__path__, "bot.texts."):
        if found.ispkg:
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for key, text in value.items() if isinstance(value, dict) else [("", value)]:
                if isinstance(text, Text):
                    yield f"{found.name.removeprefix('bot.texts.')}.{name}{key and f'[{key}]'}", text


CATALOGUE = dict(every_text())
