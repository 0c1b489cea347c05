"""What people read when they change a region of a picture: the private answer, its buttons and its forms."""

from bot.i18n import Text

# Buttons, at most 80 characters.
REGION = Text("Region", "Bereich")
BY_WORDS = Text("By words", "Mit Worten")
BY_SQUARES = Text("By squares", "Mit Feldern")
PAINT_HERE = Text("Change this place", "Diese Stelle ändern")

# The private answer.
CHOOSE = Text(
    "🖌️ Which place should change? Press squares{words}. Everything else stays as it is, to the pixel.",
    "🖌️ Welche Stelle soll sich ändern? Drück Felder{words}. Alles andere bleibt, wie es ist, auf den Pixel.",
)
OR_WORDS = Text(", or say in words what it is", " oder sag in Worten, was es ist")
CHOSEN = Text(
    "🖌️ The bright place would change; all else stays as it is, to the pixel. Is that right?",
    "🖌️ Die helle Stelle würde sich ändern; alles andere bleibt, wie es ist, auf den Pixel. Stimmt das?",
)
FOUND = Text("🖌️ “{words}”: is that the place?", "🖌️ „{words}“: Ist das die Stelle?")
TAKEN = Text("🖌️ {instruction}", "🖌️ {instruction}")
ALT = Text("The picture, with the place to change bright", "Das Bild, die Stelle zum Ändern hell")

# Forms: titles and labels at most 45 characters.
WORDS_TITLE = Text("A region by words", "Ein Bereich mit Worten")
WORDS_LABEL = Text("What is it?", "Was ist es?")
WORDS_PLACEHOLDER = Text("the sky", "the sky")
CHANGE_TITLE = Text("Change this place", "Diese Stelle ändern")
CHANGE_LABEL = Text("What should be there?", "Was soll dort sein?")
CHANGE_PLACEHOLDER = Text("add a yellow balloon", "füge einen gelben Ballon hinzu")

# What does not work.
NO_REGIONS = Text(
    "The model that paints here cannot change a place by itself. Reply with words to change the picture.",
    "Das Modell hier kann keine einzelne Stelle ändern. Antworte mit Worten, um das Bild zu ändern.",
)
NO_REGIONS_BY_WORDS = Text(
    "No model here finds things by words. Choose squares with 🖌️ Region, or attach a mask to `/region`.",
    "Hier findet kein Modell etwas nach Worten. Wähl Felder mit 🖌️ Bereich oder häng `/region` eine Maske an.",
)
NOT_FOUND = Text(
    "I find nothing in the picture that looks like “{words}”. Name it in other words, or choose squares.",
    "Ich finde im Bild nichts, das nach „{words}“ aussieht. Nenn es anders oder wähl Felder.",
)
OTHER_SHAPE = Text(
    "The mask has another shape than the picture, which has {width}×{height} pixels.",
    "Die Maske hat ein anderes Format als das Bild, das {width}×{height} Pixel hat.",
)
