"""Reports: the form, what its person is answered, and what the moderators read."""

from bot.i18n import Language, Text

# The form: title and label at most 45 characters.
FORM_TITLE = Text("Report this picture", "Dieses Bild melden")
FORM_LABEL = Text("What is wrong with it?", "Was stimmt damit nicht?")
FORM_PLACEHOLDER = Text(
    "The moderators of this server read this, and who wrote it.",
    "Das lesen die Moderatoren dieses Servers, und von wem es ist.",
)
THANKS = Text(
    "🚩 Thank you. The moderators have your report and the picture; nobody else sees it.",
    "🚩 Danke. Die Moderatoren haben deine Meldung und das Bild; sonst sieht es niemand.",
)

# The moderators' message.
REPORTED = Text(
    "🚩 {link} was reported by {reporter}. {author} had asked for it.\n> {reason}",
    "🚩 {link} wurde von {reporter} gemeldet. {author} hatte es sich gewünscht.\n> {reason}",
)
REPORTED_TOO = Text("🚩 {reporter} reports it too.\n> {reason}", "🚩 {reporter} meldet es auch.\n> {reason}")
PICTURE_LOST = Text("-# The picture itself could not be attached.", "-# Das Bild selbst konnte nicht dazu.")
REMOVE = Text("Delete the picture", "Bild löschen")
DISMISS = Text("Dismiss", "Verwerfen")
REMOVED = Text("🗑️ {moderator} deleted the picture.", "🗑️ {moderator} hat das Bild gelöscht.")
DISMISSED = Text("✅ {moderator} dismissed it.", "✅ {moderator} hat es verworfen.")


def reported(language: Language, *, link: str, reporter_id: int, author_id: int, reason: str) -> str:
    """The moderators' message; `reason` is escaped and one line."""
    people = {"reporter": f"<@{reporter_id}>", "author": f"<@{author_id}>"}
    return REPORTED(language, link=link, reason=reason, **people)
