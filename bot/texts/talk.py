"""What the bot answers to words that ask for no picture: moves, what a picture is, what was unclear."""

from bot.i18n import Text

ONLY_ONE = Text("There is only one picture here.", "Hier gibt es nur ein Bild.")
NO_SUCH_NUMBER = Text(
    "There is no number {number} here: I have {count}.",
    "Eine Nummer {number} gibt es hier nicht, nur {count}.",
)
NO_SUCH_PICTURE = Text(
    "I do not find that earlier picture here. 🗺️ History shows all of them.",
    "Dieses frühere Bild finde ich hier nicht. 🗺️ Verlauf zeigt alle.",
)

RESTARTED = Text(
    "⏮️ {person} started over: the first picture is the current one again.",
    "⏮️ {person} fängt von vorn an: Das erste Bild ist wieder das aktuelle.",
)
BACK = Text(
    "↩️ {person} went back to this picture: it is the current one again.",
    "↩️ {person} ist zu diesem Bild zurückgegangen: Es ist wieder das aktuelle.",
)

# The answer to a question about a picture.
ABOUT = Text("-# 💬 I painted this from: {prompt}", "-# 💬 Das habe ich hieraus gemalt: {prompt}")
ABOUT_CHANGE = Text(
    "-# For “{instruction}” I changed: {changes}", "-# Für „{instruction}“ habe ich geändert: {changes}"
)
ABOUT_FIRST = Text("-# It is the first picture here.", "-# Es ist das erste Bild hier.")
NO_CHANGE = Text("no word", "kein Wort")
ABOUT_NUMBERS = Text("-# Seed {seeds} · {models}", "-# Seed {seeds} · {models}")
ABOUT_MODELS = Text("-# {models}", "-# {models}")

# Not understood: what, and what could be said instead.
UNCLEAR = Text(
    "-# 💬 Sorry, I did not understand “{words}”. You could say {offers}.",
    "-# 💬 Entschuldige, „{words}“ habe ich nicht verstanden. Du könntest sagen: {offers}.",
)
MODEL_READS = Text(
    "-# My language model understands you only {languages}.",
    "-# Mein Sprachmodell versteht dich nur {languages}.",
)
IN_LANGUAGE = {
    "en": Text("in English", "auf Englisch"),
    "de": Text("in German", "auf Deutsch"),
    "fr": Text("in French", "auf Französisch"),
    "es": Text("in Spanish", "auf Spanisch"),
    "pt": Text("in Portuguese", "auf Portugiesisch"),
    "ja": Text("in Japanese", "auf Japanisch"),
}
ABLE = Text(
    "-# 💬 I change this picture as you say: {offers}. “undo”, “again” and “how was this made?” work, too. "
    "`/help` tells of the rest.",
    "-# 💬 Ich ändere dieses Bild, wie du es sagst: {offers}. Auch „rückgängig“, „noch einmal“ und „welcher "
    "Seed?“ gehen. Alles Weitere sagt `/help`.",
)
BEHIND_A_BUTTON = Text(
    "-# 💬 **{button}** does that: it is under the picture, behind **{more}**",
    "-# 💬 Das macht **{button}**: unter dem Bild, hinter **{more}**",
)
NOBODY_TO_REPORT_TO = Text(
    "-# 💬 Nobody moderates a private chat. **{button}** takes the picture away, behind **{more}**",
    "-# 💬 Ein privates Gespräch moderiert niemand. **{button}** entfernt das Bild, hinter **{more}**",
)
OFFERS = Text("“{first}”, “{second}” or “{third}”", "„{first}“, „{second}“ oder „{third}“")
MAKE_IT_NIGHT = Text("make it night", "mach es Nacht")
MAKE_IT_DAY = Text("make it day", "mach es Tag")
ADD_A_LANTERN = Text("add a lantern", "füge eine Laterne hinzu")
ADD_A_TREE = Text("add a tree", "füge einen Baum hinzu")
MAKE_IT_RED = Text("make the {thing} red", "make the {thing} red")
MAKE_IT_BLUE = Text("make the {thing} blue", "make the {thing} blue")
LET_IT_SNOW = Text("let it snow", "lass es schneien")

HEART = "💛"
"""The reaction to praise and small talk; none of those that count as votes by default."""
NOTHING_TO_TALK_ABOUT = Text("-# 💬 Thank you!", "-# 💬 Danke!")

# An edit that changed more than it was asked to, or that the language model was not sure of.
NOT_SURE = Text("🤔 I was not sure what you meant", "🤔 Ich war nicht sicher, was du meinst")
ALSO_CHANGED = Text("⚠️ I also changed", "⚠️ Ich habe auch geändert")
NOT_MEANT = Text("That is not what I meant", "Das meinte ich nicht")
OR_DID_YOU_MEAN = Text("💡 Or did you mean: {change}", "💡 Oder meintest du: {change}")
PAINT_THAT = Text("Paint that", "Das malen")
NOT_MEANT_NOTED = Text(
    "↩️ {person} did not mean that: this picture is the current one again. Say it in other words?",
    "↩️ {person} hat das nicht gemeint: Dieses Bild ist wieder das aktuelle. Sag es mit anderen Worten?",
)
NOT_MEANT_STAYED = Text(
    "🙅 {person} did not mean this picture. That is noted; the current picture stays.",
    "🙅 {person} hat dieses Bild so nicht gemeint. Das ist notiert; das aktuelle Bild bleibt.",
)
