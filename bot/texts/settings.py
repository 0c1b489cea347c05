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
WAY_AUTO = Text("Changes: edit or paint anew, as fits", "Änderungen: bearbeiten oder neu malen, je nachdem")
WAY_EDIT = Text("Changes: edit the picture", "Änderungen: das Bild bearbeiten")
WAY_REPAINT = Text("Changes: paint anew", "Änderungen: neu malen")
PLACE_THREAD = Text("First picture: in a thread of its own", "Erstes Bild: in einem eigenen Thread")
PLACE_CHANNEL = Text("First picture: here in the channel", "Erstes Bild: hier im Kanal")
DISCORDS = Text("Language: that of your Discord", "Sprache: die deines Discords")
LANGUAGE = Text("Language: {name}", "Sprache: {name}")
LANGUAGES = {"en": Text("English", "English"), "de": Text("Deutsch", "Deutsch")}
"""Languages call themselves by their own names, so that everybody finds theirs."""
