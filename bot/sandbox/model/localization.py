"""Discord's locales, and commands as somebody reads them whose client is set to one."""

from bot.sandbox.model.records import Json

DEFAULT = "en-US"
LOCALES = frozenset(
    (
        "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
        "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
        "zh-TW", "ko",
    )
)  # fmt: skip
_INNER = ("options", "choices")


def known_locale(wanted: object) -> str:
    """Discord's locale for a browser's language such as "de-AT"; "en-US" where it has none."""
    tag = str(wanted)
    primary = tag.partition("-")[0]
    return next((locale for locale in (tag, primary) if locale in LOCALES), DEFAULT)


def localized(node: Json, locale: str) -> Json:
    """A command, option or choice with `name_localized` and `description_localized` where it has them."""
    found = dict(node)
    for key in ("name", "description"):
        translation = (node.get(f"{key}_localizations") or {}).get(locale)
        if translation is not None:
            found[f"{key}_localized"] = translation
    for key in _INNER:
        if key in node:
            found[key] = [localized(inner, locale) for inner in node[key]]
    return found
