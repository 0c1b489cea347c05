"""The gallery, favourites, the showcase, and the question whether others may be shown somebody's pictures."""

from bot.i18n import Text

TITLES = {
    "mine": Text("🖼️ **Your pictures**", "🖼️ **Deine Bilder**"),
    "best": Text("🖼️ **This server’s best**, by votes", "🖼️ **Die besten dieses Servers**, nach Stimmen"),
    "favourites": Text("🖼️ **Your favourites**", "🖼️ **Deine Favoriten**"),
}
WITH_WORDS = Text("{title} with “{words}”", "{title} mit „{words}“")
PAGE = Text("{title}, page {page}", "{title}, Seite {page}")
ENTRY = Text("**{number}** {words}\n-# {about}", "**{number}** {words}\n-# {about}")
LINK = Text("[open]({link})", "[öffnen]({link})")
BY = Text("by {author}", "von {author}")
LOST = Text("its file is lost", "seine Datei ist verloren")
NOTHING = {
    "mine": Text(
        "There is nothing yet: `/imagine` makes your first one.", "Noch nichts: `/imagine` malt dein erstes."
    ),
    "best": Text(
        "Nothing yet that has votes here and whose author lets others see it.",
        "Noch nichts, was hier Stimmen hat und was sein Urheber andere sehen lässt.",
    ),
    "favourites": Text(
        "Nothing yet: react with ⭐ to a picture, or press **More…** → ⭐.",
        "Noch nichts: Reagiere mit ⭐ auf ein Bild oder drück **Mehr…** → ⭐.",
    ),
}
NOT_FOUND = Text("No picture here has these words.", "Kein Bild hier hat diese Worte.")
GO_ON = Text("Go on", "Weiter")
BACK = Text("Newer", "Zurück")
FURTHER = Text("Next", "Weiter")

ASK = Text(
    "**May others on a server be shown the pictures that you make there?** In the gallery, and in a showcase "
    "channel if there is one. Until you say so, nobody is. `/settings` changes it at any time.",
    "**Darf ich auf einem Server auch anderen die Bilder zeigen, die du dort machst?** In der Galerie und, "
    "falls es einen gibt, in einem Schaukanal. Solange du nichts sagst, zeige ich sie niemandem. Mit "
    "`/settings` kannst du es jederzeit ändern.",
)
ANSWERS = {
    "named": Text("Yes, with my name", "Ja, mit meinem Namen"),
    "unnamed": Text("Yes, without it", "Ja, ohne Namen"),
    "hidden": Text("No", "Nein"),
}
DECIDED = {
    "named": Text(
        "👍 Others may see your pictures, with your name. `/settings` changes it.",
        "👍 Andere dürfen deine Bilder sehen, mit deinem Namen. `/settings` ändert es.",
    ),
    "unnamed": Text(
        "👍 Others may see your pictures, without your name. `/settings` changes it.",
        "👍 Andere dürfen deine Bilder sehen, ohne deinen Namen. `/settings` ändert es.",
    ),
    "hidden": Text(
        "👍 Nobody is shown your pictures; what was shown goes. `/settings` changes it.",
        "👍 Ich zeige deine Bilder niemandem; was schon zu sehen war, nehme ich weg. `/settings` ändert es.",
    ),
}

KEPT = Text("⭐ Kept: `/gallery` shows your favourites.", "⭐ Gemerkt: `/gallery` zeigt deine Favoriten.")
LET_GO = Text("It is no favourite of yours any more.", "Es ist kein Favorit von dir mehr.")

SHOWCASE = Text("{words}\n-# {about}", "{words}\n-# {about}")
SOMEBODY = Text("by somebody here", "von jemandem hier")
SEE_IT = Text("Go to the picture", "Zum Bild")
