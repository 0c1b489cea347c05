"""What stands around a picture: the status line before it, the words and buttons under it."""

from bot.i18n import Language, Text

HOW_TO_REFINE = Text(
    "-# Reply to change it, for example “make it night”. React to say how you like it.",
    "-# Antworte, um es zu ändern, zum Beispiel „make it night“. Reagiere, um zu sagen, wie es dir gefällt.",
)
HOW_TO_REFINE_BY_MENTION = Text(
    "-# Press ✏️ Refine or mention me to change it, for example “make it night”. "
    "React to say how you like it.",
    "-# Drück ✏️ Ändern oder erwähne mich, um es zu ändern, zum Beispiel „make it night“. "
    "Reagiere, um zu sagen, wie es dir gefällt.",
)

# Words of people's that the demo's painter does not know.
NOT_IN_TINYWORLD = Text(
    "-# 🐣 This demo’s little model cannot show {words}: it paints what it knows. `/help` says what that is.",
    "-# 🐣 Das kleine Modell dieser Demo kann {words} nicht zeigen: Es malt, was es kennt. `/help` sagt, was "
    "das ist.",
)
TOO_MANY_THINGS = Text(
    "-# 🐣 This demo’s little model paints two kinds of things at once. Of {things} one may be missing.",
    "-# 🐣 Das kleine Modell dieser Demo malt zwei Arten von Dingen auf einmal. Von {things} kann eins "
    "fehlen.",
)

# The status line.
NEXT = Text("⏳ You are next.", "⏳ Du bist als Nächstes dran.")
WAITING = Text("⏳ Waiting, number {position} in line.", "⏳ In der Warteschlange, Nummer {position}.")
BEGINNING = Text(
    "{place} I begin <t:{at}:R>, by my estimate.", "{place} Ich fange nach meiner Schätzung <t:{at}:R> an."
)
ANY_MOMENT = Text("{place} I begin any moment now.", "{place} Ich fange jeden Moment an.")
READING = Text("🔍 Looking at the picture…", "🔍 Ich sehe mir das Bild an…")
WRITING = Text("✍️ Writing the prompt…", "✍️ Ich schreibe den Prompt…")
LOADING = Text(
    "📦 Loading the model {model}; that takes a moment…", "📦 Ich lade das Modell {model}; das dauert kurz…"
)
PAINTING_ALONE = Text("🎨 Painting…", "🎨 Ich male…")
PAINTING = Text("🎨 Painting {bar} step {step} of {of}", "🎨 Ich male {bar} Schritt {step} von {of}")
STALLED = Text(
    "⏳ My memory takes nothing right now: it is full, locked, or out of reach. Your picture is not lost: "
    "I go on by myself as soon as I can.",
    "⏳ Mein Gedächtnis nimmt gerade nichts an: Es ist voll, gesperrt oder unerreichbar. Dein Bild ist "
    "nicht verloren: Ich mache von selbst weiter, sobald es geht.",
)
AWAY = Text(
    "⏳ The server that does my work cannot be reached right now. Your request is kept: "
    "I go on by myself as soon as it is back.",
    "⏳ Der Server, der meine Arbeit macht, ist gerade nicht erreichbar. Dein Wunsch ist aufgehoben: "
    "Ich mache von selbst weiter, sobald er wieder da ist.",
)
FAILED = Text("⚠️ <@{author_id}> {sentence}", "⚠️ <@{author_id}> {sentence}")
REMARK = Text("-# 💬 {sentence}", "-# 💬 {sentence}")
FAILED_ELSEWHERE = Text("⚠️ About “{title}”: {sentence}", "⚠️ Zu „{title}“: {sentence}")

# What is said under it.
REROLLED = Text("Reroll", "Neu gewürfelt")
VARIED = Text("Variation", "Variante")
ENLARGED = Text("Larger: {width}×{height} pixels", "Vergrößert: {width}×{height} Pixel")
RECOMPOSED = Text("{instruction} (composition kept)", "{instruction} (Komposition behalten)")
SEEDS = Text("seed {seeds}", "Seed {seeds}")

# Buttons, at most 80 characters, and the words above them behind More….
REFINE = Text("Refine", "Ändern")
REROLL = Text("Reroll", "Neu würfeln")
UNDO = Text("Undo", "Zurück")
REDO = Text("Redo", "Vor")
DELETE = Text("Delete", "Löschen")
DELETE_NOW = Text("Yes, delete it", "Ja, löschen")
BRING_BACK = Text("Bring back", "Zurückholen")
CANCEL = Text("Cancel", "Abbrechen")
SETTINGS = Text("Paint with its settings", "Mit seinen Einstellungen malen")
PICK = Text("Pick", "Nehmen")
REPORT = Text("Report", "Melden")
MORE = Text("More…", "Mehr…")
MORE_OF_USE = Text("Go on from here", "Von hier aus weiter")
MORE_PICTURES = Text("Another picture from this one", "Ein anderes Bild aus diesem")
MORE_OF_CONVERSATION = Text("This conversation", "Dieses Gespräch")
MORE_OF_PICTURE = Text("This picture", "Dieses Bild")
VARY = Text("Vary", "Variieren")
REMIX = Text("Vary a lot", "Ganz anders")
RECOMPOSE = Text("Keep composition", "Komposition behalten")
UPSCALE = Text("Larger", "Größer")
MUCH_LARGER = Text("4× larger", "4× größer")
LARGER_THAN_UPLOADS = Text(
    "It becomes {width}×{height} pixels. A file may have {limit} MiB here, so I shall probably show it as "
    "WebP, or smaller.",
    "Es bekommt {width}×{height} Pixel. Eine Datei darf hier {limit} MiB haben, darum zeige ich es "
    "wahrscheinlich als WebP oder kleiner.",
)
HISTORY = Text("History", "Verlauf")
THREAD = Text("New thread", "Neuer Thread")
INFO = Text("Info", "Info")
FAVOURITE = Text("Favourite", "Favorit")

# The form behind Refine: title and label at most 45 characters.
MODAL_TITLE = Text("Change this picture", "Dieses Bild ändern")
MODAL_LABEL = Text("What should change?", "Was soll sich ändern?")
MODAL_PLACEHOLDER = Text("make it night and add a lantern", "make it night and add a lantern")

MODAL_HOW = Text("How shall I take that?", "Wie soll ich das nehmen?")
MODAL_AS_CHANGE = Text("As a change to the picture", "Als Änderung am Bild")
MODAL_EXACTLY = Text("Exactly: my words are the whole prompt", "Genau so: Meine Worte sind der ganze Prompt")

# The sheet of /history.
ANOTHER_ONE = Text("another one", "noch eines")
CARD_VARIED = Text("varied", "Variante")
CARD_LARGER = Text("larger", "größer")
CARD_RECOMPOSED = Text("composition kept", "Komposition behalten")
CARD_FROM = Text("from {parent}: {words}", "aus {parent}: {words}")

_BAR = 10


def queued(language: Language, position: int, starts_at: int | None = None, *, now: float = 0.0) -> str:
    """`position` counts from 1, the next to be taken; `starts_at` is in UNIX seconds, if it can be told.

    Discord counts on by itself what is written as a time, also beyond it: an estimate that is `now` past is
    said without one.
    """
    place = NEXT(language) if position <= 1 else WAITING(language, position=position)
    if starts_at is None:
        return place
    return (
        BEGINNING(language, place=place, at=starts_at)
        if starts_at > now
        else ANY_MOMENT(language, place=place)
    )


def painting(language: Language, step: int, of: int) -> str:
    """A bar that fills with the steps; no bar where `of` is 0, as nobody tells them."""
    if not of:
        return PAINTING_ALONE(language)
    filled = _BAR * step // of
    return PAINTING(language, bar="▰" * filled + "▱" * (_BAR - filled), step=step, of=of)
