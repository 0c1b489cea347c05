"""The answers of /privacy, and its buttons."""

from bot.i18n import Language, Text

BUTTONS = {
    "allow": Text("Let training use my data", "Meine Daten fürs Training freigeben"),
    "stop": Text("Keep my data out of training", "Meine Daten nicht fürs Training nutzen"),
    "copy": Text("Send me a copy", "Schick mir eine Kopie"),
    "delete": Text("Delete my data…", "Meine Daten löschen…"),
    "now": Text("Yes, delete everything", "Ja, alles löschen"),
    "all": Text("Delete, and the posted pictures too", "Löschen, auch die geposteten Bilder"),
}
TRAINING_ALLOWED = Text(
    "Thank you. What you ask for and like may be used to teach the model. You can change that here.",
    "Danke. Was du dir wünschst und magst, darf das Modell lehren. Du kannst das hier wieder ändern.",
)
TRAINING_STOPPED = Text(
    "Nothing of yours is used for training, also nothing from before.",
    "Nichts von dir wird zum Training genutzt, auch nichts von früher.",
)
COPY_HERE = Text(
    "Everything I keep about you. Pictures that did not fit are listed in `data.json`.",
    "Alles, was ich über dich aufbewahre. Bilder, die nicht hineinpassten, stehen in `data.json`.",
)
COPY_SENT = Text(
    "📬 I sent you a private message with the copy.",
    "📬 Ich habe dir die Kopie als private Nachricht geschickt.",
)
DELETE_REALLY = Text(
    "This removes your prompts, pictures, votes and settings for good, and cancels what is being painted for "
    "you. What others made from your pictures stays theirs.",
    "Das entfernt deine Prompts, Bilder, Stimmen und Einstellungen für immer und bricht ab, was gerade für "
    "dich gemalt wird. Was andere aus deinen Bildern gemacht haben, bleibt ihres.",
)
ALL_DELETED = Text(
    "🗑️ Everything I kept about you is deleted.", "🗑️ Alles, was ich über dich hatte, ist gelöscht."
)
MESSAGES_LEFT = Text(
    "{deleted} {left} messages could not be removed; a moderator can.",
    "{deleted} {left} Nachrichten konnte ich nicht entfernen; ein Moderator kann es.",
)
MESSAGES_STAY = Text(
    "{deleted} Messages that were posted stay until someone deletes them.",
    "{deleted} Gepostete Nachrichten bleiben, bis jemand sie löscht.",
)
MAY_BE_USED = Text("**may** be used to teach the model", "**dürfen** genutzt werden, um das Modell zu lehren")
NOT_USED = Text("are **not** used for training", "werden **nicht** zum Training genutzt")
KEPT_HEAD = Text("**What I keep about you**", "**Was ich über dich aufbewahre**")
KEPT_NOTHING = Text("Nothing.", "Nichts.")
KEPT_TURNS = Text(
    "✏️ the words of pictures and changes you asked for, with the prompts made from them: {count}",
    "✏️ die Worte von Bildern und Änderungen, um die du gebeten hast, mit den Prompts daraus: {count}",
)
KEPT_PICTURES = Text("🖼️ pictures: {count}", "🖼️ Bilder: {count}")
KEPT_VOTES = Text(
    "⭐ votes and choices, rerolls and undos among them: {count}",
    "⭐ Stimmen und Entscheidungen, auch Neuwürfe und Rückgängiges: {count}",
)
KEPT_EXPOSURES = Text(
    "👀 that you could see pictures in a thread: {count}",
    "👀 dass du Bilder in einem Thread sehen konntest: {count}",
)
KEPT_REPORTS = Text("🚩 reports you made: {count}", "🚩 Meldungen von dir: {count}")
KEPT_OWN_WORDS = Text(
    "🏷️ your styles, saved prompts and lists: {count}", "🏷️ deine Stile, gemerkten Prompts und Listen: {count}"
)
KEPT_FAVOURITES = Text("🌟 your favourites: {count}", "🌟 deine Favoriten: {count}")
KEPT_SHOWING = Text(
    "🖼️ whether others may be shown your pictures", "🖼️ ob andere deine Bilder gezeigt bekommen dürfen"
)
KEPT_PREFERENCES = Text("⚙️ your defaults from `/settings`", "⚙️ deine Vorgaben aus `/settings`")
KEPT_NEVER = Text(
    "Messages that are not meant for me are never kept.",
    "Nachrichten, die nicht für mich gedacht sind, hebe ich nie auf.",
)
KEPT_USE = Text("Your words and votes {use}.", "Deine Worte und Stimmen {use}.")
KEPT_WHERE = Text(
    "Everything stays on the computer that I run on.", "Alles bleibt auf dem Rechner, auf dem ich laufe."
)


UNTIL_DELETED = Text(
    "I keep it until you, or somebody who may, delete it.",
    "Ich bewahre es auf, bis du, oder jemand, der es darf, es löscht.",
)
FORGOTTEN = Text(
    "I forget a picture and its words {plain}; where people voted on it, {voted}; where training may use it, "
    "{opted_in}.",
    "Ich vergesse ein Bild und seine Worte {plain}; wo Leute abgestimmt haben, {voted}; wo das Training es "
    "nutzen darf, {opted_in}.",
)
AFTER_DAYS = Text("after {days} days", "nach {days} Tagen")
NEVER = Text("never", "nie")


def deleted_everything(language: Language, left: int, *, messages_too: bool) -> str:
    """After a deletion; `left` messages could not be removed."""
    if not messages_too:
        return MESSAGES_STAY(language, deleted=ALL_DELETED)
    return MESSAGES_LEFT(language, deleted=ALL_DELETED, left=left) if left else ALL_DELETED(language)
