"""`make translations`: puts the bot's new texts into each language's file, and takes out what is gone.

A new entry is empty, with the German and the texts' names beside it; the tests fail until it is translated.
"""

import polib

from bot.i18n import TRANSLATED, TRANSLATIONS, Language
from tests.bot.texts.catalogue import CATALOGUE

NAMES = {
    Language.FRENCH: "French",
    Language.SPANISH: "Spanish",
    Language.PORTUGUESE: "Portuguese (Brazil)",
    Language.JAPANESE: "Japanese",
}
HEADER = (
    "The bot's texts in {name}. Made by a machine and read by nobody who grew up with it: please mend them."
)


def wanted() -> dict[str, polib.POEntry]:
    """An empty entry for each English sentence."""
    entries: dict[str, polib.POEntry] = {}
    for name, text in CATALOGUE.items():
        entry = entries.setdefault(text.en, polib.POEntry(msgid=text.en, comment=f"German: {text.de}"))
        entry.occurrences.append((name, ""))
    return entries


def update(language: Language) -> tuple[int, int]:
    """Write a language's file anew; how many entries there are, and how many want a translation."""
    path = TRANSLATIONS / f"{language.value}.po"
    known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.is_file() else {}
    file = polib.POFile(wrapwidth=100)
    file.header = HEADER.format(name=NAMES[language])
    file.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": language.value}
    for english, entry in wanted().items():
        entry.msgstr = known.get(english, "")
        file.append(entry)
    file.save(str(path))
    return len(file), len(file.untranslated_entries())


def main() -> None:
    for language in TRANSLATED:
        entries, missing = update(language)
        print(f"{language.value}: {entries} texts, {missing} to translate")  # noqa: T201 - it was asked


if __name__ == "__main__":
    main()
