"""What people read of the way a picture came to be, and of the other way that there would have been."""

from bot.i18n import Text

# Buttons, at most 80 characters.
PAINT_ANEW = Text("Paint anew", "Neu malen")
EDIT_INSTEAD = Text("Edit instead", "Stattdessen bearbeiten")
REPLAY = Text("All at once", "Alles auf einmal")

# One line by the picture.
EDITED = Text(
    "-# 🪄 I edited the picture: the rest should be as it was. “Paint anew” follows all words afresh.",
    "-# 🪄 Ich habe das Bild bearbeitet: Der Rest sollte gleich sein. „Neu malen“ folgt allen Worten neu.",
)
REGION_CHANGED = Text(
    "-# 🖌️ Only the chosen place changed. “Paint anew” follows all words afresh.",
    "-# 🖌️ Nur die gewählte Stelle ist anders. „Neu malen“ folgt allen Worten von vorn.",
)
PAINTED = Text(
    "-# 🖼️ I painted this anew, so more may differ. “Edit instead” changes only what you asked.",
    "-# 🖼️ Das ist neu gemalt, mehr kann anders sein. „Stattdessen bearbeiten“ ändert nur das Gesagte.",
)

WORN = Text(
    "-# 🪄 {count} edits in a row: the picture may look worn. “All at once” does them in one step from the "
    "picture before them, “Paint anew” follows all words afresh.",
    "-# 🪄 {count} Änderungen hintereinander: Das Bild kann gelitten haben. „Alles auf einmal“ macht sie in "
    "einem Schritt aus dem Bild davor, „Neu malen“ folgt allen Worten von vorn.",
)

# Titles, and cards of /history.
ANEW_TITLE = Text("{instruction} (painted anew)", "{instruction} (neu gemalt)")
EDITED_TITLE = Text("{instruction} (edited)", "{instruction} (bearbeitet)")
REPLAYED_TITLE = Text("{instruction} (all at once)", "{instruction} (alles auf einmal)")
CARD_ANEW = Text("painted anew", "neu gemalt")
CARD_EDITED = Text("edited", "bearbeitet")

INFO_EDITED = Text(
    "**Edited** the picture before: `{instruction}`", "**Bearbeitet** aus dem Bild davor: `{instruction}`"
)
INFO_REGION = Text(
    "**One place changed** of the picture before: `{instruction}`",
    "**Eine Stelle geändert** am Bild davor: `{instruction}`",
)

# Further pictures, and pictures that somebody brings.
ONE_PICTURE_ONLY = Text(
    "The model here changes one picture at a time and cannot take things from a second one. Say in words "
    "what to add, or go on from your own picture with `/imagine image:`.",
    "Das Modell hier ändert ein Bild und kann aus keinem zweiten etwas nehmen. Sag in Worten, was dazu soll, "
    "oder geh mit `/imagine bild:` von deinem eigenen Bild aus.",
)
TOO_MANY_PICTURES = Text(
    "I look at {most} further pictures at most.", "Ich sehe mir höchstens {most} weitere Bilder an."
)
UPLOADS_NOT_EDITED = Text(
    "Attached pictures are not edited for you here: this server's moderators decide about that.",
    "Angehängte Bilder bearbeite ich hier nicht für dich: Darüber entscheidet die Moderation dieses Servers.",
)
