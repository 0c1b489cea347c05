"""What the bot answers: to commands, to buttons, and to words that were meant for it."""

from collections.abc import Iterable

from bot.i18n import Language, Text
from bot.texts import pictures

ONLY_ATTACHMENT = Text(
    "I read words, not attachments. Say what to change, for example “make it night”.",
    "Ich lese Worte, keine Anhänge. Sag, was sich ändern soll, zum Beispiel „make it night“.",
)
START_FROM_PICTURE = Text(
    "To start from your picture, open your message's menu › Apps › **Imagine from this picture**: I offer "
    "the settings that its file carries, too. `/describe` puts it into words.",
    "Um von deinem Bild auszugehen, öffne das Menü deiner Nachricht › Apps › **Aus diesem Bild malen**: Ich "
    "biete auch die Einstellungen an, die seine Datei in sich trägt. `/describe` bringt es in Worte.",
)
WELCOME = Text(
    "Hello! Type `/imagine` and say what to paint; then just reply to change the picture.",
    "Hallo! Tippe `/imagine` und sag, was ich malen soll; danach antworte einfach, um das Bild zu ändern.",
)
COMMAND_CHANGED = Text(
    "That command has changed. Reload Discord (Ctrl+R) and try again.",
    "Dieser Befehl hat sich geändert. Lade Discord neu (Strg+R) und versuch es noch einmal.",
)
BAD_VALUE = Text(
    "“{value}” is no value for that option. Pick one of those offered.",
    "„{value}“ passt nicht zu dieser Option. Nimm eine der angebotenen.",
)

STARTER = Text("🎨 {author} asked for **{prompt}**", "🎨 {author} möchte **{prompt}**")
STARTER_FROM_PICTURE = Text(
    "🎨 {author} starts from a picture{which}{said}", "🎨 {author} geht von einem Bild aus{which}{said}"
)
ONE_OF_SEVERAL = Text(" (number {number} of {of})", " (Nummer {number} von {of})")
WITH_WORDS = Text(": **{prompt}**", ": **{prompt}**")
CARRIED_SETTINGS = Text(
    "📋 This picture carries its settings: **{prompt}** · seed {seed} · {width}×{height} · {steps} steps · "
    "guidance {guidance:g} · {model}",
    "📋 Dieses Bild trägt seine Einstellungen in sich: **{prompt}** · Seed {seed} · {width}×{height} · "
    "{steps} Schritte · Guidance {guidance:g} · {model}",
)
CARRIED_BUTTON = Text(
    "The button paints with them, as far as my model takes them.",
    "Der Knopf malt damit, soweit mein Modell sie kennt.",
)
CARRIED_NEGATIVE_PROMPT = Text("Not to be seen: {words}.", "Nicht zu sehen sein soll: {words}.")
NEGATIVE_PROMPT_LEFT_OUT = Text(
    "What it is not to show is left out: my model does not look at a negative prompt.",
    "Was darauf nicht zu sehen sein soll, bleibt weg: Mein Modell achtet auf keinen negativen Prompt.",
)
THREAD_TITLE_WITHOUT_WORDS = Text("A picture", "Ein Bild")
CONTINUED = Text("🧵 Continued: {thread}", "🧵 Hier geht es weiter: {thread}")
DELETE_REALLY = Text(
    "Delete this picture, its words and its votes? It can be brought back for a minute.",
    "Dieses Bild, seine Worte und seine Stimmen löschen? Eine Minute lang lässt es sich zurückholen.",
)
DELETED = Text("🗑️ The picture is deleted.", "🗑️ Das Bild ist gelöscht.")
DELETED_FOR_NOW = Text(
    "🗑️ {person} deleted this picture. For a minute it can be brought back.",
    "🗑️ {person} hat dieses Bild gelöscht. Eine Minute lang lässt es sich zurückholen.",
)
REFINE_ACCEPTED = Text("✏️ {instruction}", "✏️ {instruction}")

# Said where everybody reads it, as a reply to the picture it is about.
PICKED = Text(
    "👉 {person} picked number {number}: the next change starts from it.",
    "👉 {person} hat Nummer {number} genommen: Die nächste Änderung geht davon aus.",
)
UNDONE = Text(
    "↩️ {person} went back: this picture is the current one again.",
    "↩️ {person} ist zurückgegangen: Dieses Bild ist wieder das aktuelle.",
)
REDONE = Text(
    "↪️ {person} went forward: this picture is the current one again.",
    "↪️ {person} ist wieder vorgegangen: Dieses Bild ist wieder das aktuelle.",
)
BRANCHED = Text(
    "🌿 {person} goes on from here: this picture is the current one.",
    "🌿 {person} macht von hier aus weiter: Dieses Bild ist jetzt das aktuelle.",
)

ONE_PICTURE = Text("1 picture", "1 Bild")
PICTURES = Text("{count} pictures", "{count} Bilder")
LATEST = Text("{pictures}, the latest {shown} shown", "{pictures}, die letzten {shown} zu sehen")
HISTORY = Text(
    "🗺️ {pictures}. `/branch` goes on from any of them.", "🗺️ {pictures}. `/branch` macht von jedem aus weiter."
)

INFO = Text(
    "{prompt}**Seed** {seeds}\n**Steps** {steps} · **Guidance** {guidance:g}\n"
    "**Size** {width}×{height}\n**Models** {models}",
    "{prompt}**Seed** {seeds}\n**Schritte** {steps} · **Guidance** {guidance:g}\n"
    "**Größe** {width}×{height}\n**Modelle** {models}",
)
INFO_PROMPT_BELOW = Text("**Prompt** in the file below\n", "**Prompt** in der Datei unten\n")
INFO_PAINTED_OVER = Text(
    "**Painted over** the picture before, {keep:.0%} of it kept",
    "**Über das vorige Bild gemalt**, {keep:.0%} davon behalten",
)
INFO_NOT_WANTED = Text("**Not wanted** {prompt}", "**Nicht erwünscht** {prompt}")

HELP = Text(
    """\
**Paint by talking**
🎨 `/imagine a fox in the snow` opens a thread with a picture.
💬 {reply} Reply to an older picture to go on from that one.
✏️ {refine} asks what to change · 🎲 {reroll} takes another seed · \
🎨 {vary} paints it a little differently · ↩️ {undo}
**{more}** 🌀 Vary a lot · 🖼️ Keep composition paints your change over the picture before · ⬆️ Larger · \
↪️ Redo · 📋 Info, to copy · 🧵 New thread · 🗑️ Delete
🗺️ `/history` shows all pictures here, `/branch` goes on from one{region}
🔎 `/describe` puts any picture into words, to copy or to paint
⭐ React with {reactions} to say how you like a picture; take the reaction away and the vote is gone.
🎛️ `--ar 3:2 --no people --seed 7` sets how · `{{red|blue}}` draws · `/style` keeps words of your own
🌟 `/gallery` shows your pictures, this server’s best and your favourites (⭐)
⚙️ `/settings` keeps your style, size, count and language · 🔒 `/privacy` says what I keep""",
    """\
**Malen durch Reden**
🎨 `/imagine a fox in the snow` öffnet einen Thread mit einem Bild.
💬 {reply} Antworte auf ein älteres Bild, um von dem aus weiterzumachen.
✏️ {refine} fragt, was sich ändern soll · 🎲 {reroll} nimmt einen anderen Seed · \
🎨 {vary} malt es ein wenig anders · ↩️ {undo}
**{more}** 🌀 Ganz anders · 🖼️ Komposition behalten malt deine Änderung über das Bild davor · ⬆️ Größer · \
↪️ Vor · 📋 Info, zum Kopieren · 🧵 Neuer Thread · 🗑️ Löschen
🗺️ `/history` zeigt alle Bilder hier, `/branch` macht von einem aus weiter{region}
🔎 `/describe` bringt jedes Bild in Worte, zum Kopieren oder zum Malen
⭐ Sag mit {reactions}, wie dir ein Bild gefällt; nimmst du die Reaktion weg, ist die Stimme weg.
🎛️ `--ar 3:2 --no people --seed 7` sagt, wie · `{{red|blue}}` würfelt · `/style` merkt sich deine Worte
🌟 `/gallery` zeigt deine Bilder, die besten hier und deine Favoriten (⭐)
⚙️ `/settings` merkt sich Stil, Format, Anzahl und Sprache · 🔒 `/privacy` sagt, was ich aufbewahre
🗣️ Meine Bilder verstehen am besten englische Worte.""",
)
HELP_REGION = Text(
    "\n🖌️ `/region` changes one place and leaves the rest as it is",
    "\n🖌️ `/region` ändert eine Stelle und lässt den Rest, wie er ist",
)
HELP_REPLY = Text(
    "Reply in it to change the picture: “make it night and add a lantern”.",
    "Antworte darin, um das Bild zu ändern: „make it night and add a lantern“.",
)
HELP_MENTION = Text(
    "I only read replies that mention me here: “@me make it night”. `/refine` and ✏️ {refine} do the same.",
    "Ich lese hier nur Antworten, die mich erwähnen: „@ich make it night“. "
    "`/refine` und ✏️ {refine} tun dasselbe.",
)


def history(language: Language, shown: int, of: int) -> str:
    """Above the sheet; only the latest pictures are `shown` when there are too many."""
    pictures = ONE_PICTURE(language) if of == 1 else PICTURES(language, count=of)
    if shown < of:
        pictures = LATEST(language, pictures=pictures, shown=shown)
    return HISTORY(language, pictures=pictures)


TINYWORLD_KNOWS = Text(
    "houses, trees, flowers, mushrooms, cats, foxes, boats, cars, balloons, lanterns, rockets and robots, "
    "in any colour, size and number up to three; in a meadow, a city, a desert, mountains, on a beach or the "
    "sea; day, sunset or night; rain, snow or fog; as a watercolour, sketch, pixel art, neon or flat",
    "Häuser, Bäume, Blumen, Pilze, Katzen, Füchse, Boote, Autos, Ballons, Laternen, Raketen und Roboter, "
    "in jeder Farbe, Größe und bis zu drei; auf einer Wiese, in einer Stadt, der Wüste, den Bergen, am "
    "Strand oder auf dem Meer; am Tag, bei Sonnenuntergang oder nachts; Regen, Schnee oder Nebel; "
    "als Aquarell, Skizze, Pixel-Art, Neon oder flach",
)
HELP_TINYWORLD = Text(
    "-# 🐣 A little model for trying out paints here, two kinds of things at once. It knows {known}. "
    "It reads English and German.",
    "-# 🐣 Hier malt ein kleines Modell zum Ausprobieren, zwei Arten von Dingen zugleich. "
    "Es kennt {known}. Es liest Deutsch und Englisch.",
)


def help_text(
    language: Language,
    reactions: Iterable[str],
    *,
    around: Language,
    readable: bool,
    tinyworld: bool,
    region: bool = False,
) -> str:
    """The answer to /help; `readable` says whether plain replies in servers can be read.

    The buttons under pictures, which everybody reads, are named in `around`, the language of the place; those
    behind More… are shown to a person in their own. With `tinyworld` it also says what the embedded picture
    model knows, with `region` how to change a place.
    """
    reply = HELP_REPLY(language) if readable else HELP_MENTION(language, refine=pictures.REFINE(around))
    text = HELP(
        language,
        reply=reply,
        reactions=" ".join(reactions),
        region=HELP_REGION if region else "",
        refine=pictures.REFINE(around),
        reroll=pictures.REROLL(around),
        vary=pictures.VARY(around),
        undo=pictures.UNDO(around),
        more=pictures.MORE(around),
    )
    return f"{text}\n{HELP_TINYWORLD(language, known=TINYWORLD_KNOWS)}" if tinyworld else text


STAYS_PRIVATE = Text(
    "This thread is private, and a new thread would show the picture to everybody in the channel. "
    "You can go on right here.",
    "Dieser Thread ist privat, und ein neuer würde das Bild allen im Kanal zeigen. Du kannst gleich hier "
    "weitermachen.",
)
