"""The panel of /settings: a menu for each default. Each entry names the default it sets,
since Discord shows nothing of a menu but the chosen entry."""

from bot.i18n import Text

PANEL = Text(
    "**Your defaults**, on every server. What you say with a command counts more; the language is that of "
    "my answers to you alone.",
    "**Deine Vorgaben**, auf jedem Server. Was du bei einem Befehl sagst, zählt mehr; die Sprache ist die "
    "meiner Antworten an dich allein.",
)
PANEL_GOES_ON = Text("**More of your defaults**", "**Mehr von deinen Vorgaben**")
NO_STYLE = Text("Style: none", "Stil: keiner")
STYLE = Text("Style: {name}", "Stil: {name}")
SIZE = Text("Size: {name}", "Format: {name}")
ONE = Text("Count: 1 picture", "Anzahl: 1 Bild")
COUNT = Text("Count: {count} pictures", "Anzahl: {count} Bilder")
ENRICHED = Text("Words: I enrich them", "Worte: Ich schmücke sie aus")
EXACT = Text("Words: exactly as you say them", "Worte: genau wie du sie sagst")
WAY_AUTO = Text("Changes: whichever way fits", "Änderungen: wie es passt")
WAY_EDIT = Text("Changes: edit the picture", "Änderungen: das Bild bearbeiten")
WAY_REPAINT = Text("Changes: paint anew", "Änderungen: neu malen")
PLACE_THREAD = Text("First picture: in its own thread", "Erstes Bild: im eigenen Thread")
PLACE_CHANNEL = Text("First picture: in the channel", "Erstes Bild: hier im Kanal")
DISCORDS = Text("Language: that of your Discord", "Sprache: die deines Discords")
LANGUAGE = Text("Language: {name}", "Sprache: {name}")
OTHERS_PANEL = Text(
    "**What others see** in `/gallery` and in showcase channels, on servers where the picture was made. "
    "Whatever you choose holds at once, for older pictures too.",
    "**Was andere sehen** in `/gallery` und in Schaukanälen, auf Servern, auf denen das Bild entstand. "
    "Was du wählst, gilt sofort, auch für ältere Bilder.",
)
HIDDEN = Text("My pictures: shown to nobody", "Meine Bilder: niemandem gezeigt")
NAMED = Text("My pictures: shown with my name", "Meine Bilder: mit meinem Namen")
UNNAMED = Text("My pictures: shown anonymously", "Meine Bilder: ohne meinen Namen")
LANGUAGES = {
    "en": Text("English", "English"),
    "de": Text("Deutsch", "Deutsch"),
    "fr": Text("Français", "Français"),
    "es": Text("Español", "Español"),
    "pt": Text("Português", "Português"),
    "ja": Text("日本語", "日本語"),
}
"""Languages call themselves by their own names, so that everybody finds theirs."""
