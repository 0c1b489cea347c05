"""Commands, menus and their options, as Discord shows them while people type: at most 100 characters each.

Slash commands have the same name in every language, so that all can speak of /imagine and mean one thing.
"""

from bot.i18n import Text

IMAGINE = Text("Paint a picture from your words", "Male ein Bild aus deinen Worten")
IMAGINE_PROMPT = Text(
    "What to paint, for example: a red house in a meadow",
    "Was ich malen soll, zum Beispiel: a red house in a meadow",
)
IMAGINE_STYLE = Text("The look of the picture", "Wie das Bild aussehen soll")
IMAGINE_MODEL = Text("Which of my models paints", "Welches meiner Modelle malt")
IMAGINE_LORAS = Text(
    "LoRAs of the model, with weights if you like: name:0.6 + other",
    "LoRAs des Modells, auf Wunsch mit Gewicht: name:0.6 + anderes",
)
IMAGINE_SEED = Text(
    "The same seed and words give the same picture again",
    "Gleicher Seed und gleiche Worte ergeben wieder dasselbe Bild",
)
IMAGINE_COUNT = Text("How many pictures", "Wie viele Bilder")
IMAGINE_SIZE = Text("The shape of the picture", "Das Format des Bildes")
IMAGINE_IMAGE = Text(
    "A picture to start from: I say what is in it and paint that",
    "Ein Bild als Anfang: Ich sage, was darauf ist, und male das",
)
IMAGINE_EXACT = Text("Use your words exactly, nothing is added", "Nimm genau meine Worte, nichts kommt hinzu")
IMAGINE_NEGATIVE = Text("What the picture is not to show", "Was nicht zu sehen sein soll")
IMAGINE_STEPS = Text("More steps take longer", "Mehr Schritte dauern länger")
IMAGINE_GUIDANCE = Text(
    "How strictly the picture follows the words", "Wie streng sich das Bild an die Worte hält"
)
IMAGINE_SCHEDULER = Text("How noise becomes a picture", "Wie aus Rauschen ein Bild wird")
IMAGINE_REFERENCE = Text(
    "A picture after which I paint: its style, or who it shows",
    "Ein Bild, nach dem ich male: sein Stil, oder wen es zeigt",
)
IMAGINE_REFERENCE_AS = Text("What I take from the reference", "Was ich aus der Vorlage nehme")
REFERENCES = {"style": Text("its style", "ihren Stil"), "character": Text("its character", "ihre Figur")}
STYLE = Text("Words of your own for prompts", "Deine eigenen Worte für Prompts")
STYLE_ADD = Text(
    "Keep a style, a prompt, or a list to draw from", "Merk dir einen Stil, einen Prompt oder eine Liste"
)
STYLE_NAME = Text("What it is called", "Wie es heißt")
STYLE_WORDS = Text(
    "The words; a list's with commas or | between them",
    "Die Worte; bei einer Liste mit Komma oder | dazwischen",
)
STYLE_KIND = Text("A style if you say nothing", "Ohne Angabe ein Stil")
STYLE_LIST = Text("What you can use here", "Was du hier verwenden kannst")
STYLE_REMOVE = Text("Forget one of them", "Vergiss etwas davon")
STYLE_SHARE = Text(
    "Share one with this server; for who manages it",
    "Teile etwas mit diesem Server; für die, die ihn verwalten",
)
STYLE_END = Text("Share it no more", "Nicht länger teilen")
FROM_PICTURE = Text("Imagine from this picture", "Aus diesem Bild malen")
DESCRIBE = Text("Put a picture into words", "Bring ein Bild in Worte")
DESCRIBE_IMAGE = Text("The picture; only you see the words", "Das Bild; die Worte siehst nur du")
DESCRIBE_MENU = Text("Describe this picture", "Dieses Bild beschreiben")
REFINE = Text("Change the latest picture here with an instruction", "Ändere das letzte Bild hier")
REFINE_INSTRUCTION = Text(
    "What to change, for example: make it night", "Was sich ändern soll, zum Beispiel: make it night"
)
REFINE_EXACT = Text(
    "Your words are the whole new prompt, nothing is added or changed",
    "Deine Worte sind der ganze neue Prompt, nichts kommt hinzu oder ändert sich",
)
REGION = Text("Change only one place of the latest picture", "Ändere nur eine Stelle des letzten Bildes")
REGION_PLACE = Text("What that place is, for example: the sky", "Was die Stelle ist, zum Beispiel: the sky")
REGION_MASK = Text(
    "A picture of the same shape, white where it may change",
    "Ein Bild vom selben Format, weiß, wo es sich ändern darf",
)
HELP = Text("How to paint by talking", "Wie man durch Reden malt")
UNDO = Text("Go one picture back in this conversation", "Geh in diesem Gespräch ein Bild zurück")
REDO = Text("Take the last undo back", "Nimm das letzte Zurück wieder zurück")
HISTORY = Text(
    "All pictures of this conversation on one sheet", "Alle Bilder dieses Gesprächs auf einem Blatt"
)
BRANCH = Text("Go on from an older picture", "Mach von einem älteren Bild aus weiter")
BRANCH_PICTURE = Text(
    "The picture's number, as on the sheet of /history",
    "Die Nummer des Bildes, wie auf dem Blatt von /history",
)
GALLERY = Text(
    "Pictures: your own, this server's best, your favourites",
    "Bilder: deine, die besten hier, deine Favoriten",
)
GALLERY_SHOW = Text("Which pictures; without it, your own", "Welche Bilder; sonst deine eigenen")
GALLERY_WORDS = Text(
    "Only pictures with these words in their prompt", "Nur Bilder mit diesen Worten im Prompt"
)
SHELVES = {
    "mine": Text("my pictures", "meine Bilder"),
    "best": Text("this server's best", "die besten dieses Servers"),
    "favourites": Text("my favourites", "meine Favoriten"),
}
PRIVACY = Text(
    "What I keep about you, and what you can do about it",
    "Was ich über dich aufbewahre, und was du damit tun kannst",
)

ADMIN = Text("Look after me on this server", "Kümmere dich auf diesem Server um mich")
ADMIN_STATUS = Text(
    "How I am: the queue, the models, the disk, the last errors",
    "Wie es mir geht: Warteschlange, Modelle, Platte, letzte Fehler",
)
ADMIN_PAUSE = Text(
    "Take nothing new on; what was asked for is still made",
    "Nichts Neues annehmen; was gewünscht war, wird noch gemalt",
)
ADMIN_RESUME = Text("Take new requests on again", "Wieder Wünsche annehmen")
ADMIN_DRAIN = Text(
    "Finish what is under way, begin nothing more, and say when it is done",
    "Angefangenes beenden, nichts mehr anfangen, und sagen, wann es so weit ist",
)
ADMIN_PURGE = Text("Cancel what waits", "Wartendes abbrechen")
ADMIN_RELOAD = Text(
    "Load the language model and its adapter anew; nothing is lost",
    "Sprachmodell und Adapter neu laden; nichts geht verloren",
)
ADMIN_LIMITS = Text(
    "How much people may ask for here; without options: show it",
    "Wie viel man sich hier wünschen darf; ohne Optionen: zeigen",
)
ADMIN_SERVE = Text(
    "The only channels and roles I serve here; without options: show them",
    "Nur für diese Kanäle und Rollen male ich; ohne Optionen: zeigen",
)
ADMIN_REPORTS = Text(
    "Where people's reports about pictures go; without options: show it",
    "Wohin Meldungen über Bilder gehen; ohne Optionen: zeigen",
)
ADMIN_REPORTS_CHANNEL = Text("A channel that moderators read", "Ein Kanal, den Moderatoren lesen")
ADMIN_REPORTS_REMOVE = Text("No channel of this server any more", "Kein Kanal dieses Servers mehr")
ADMIN_SHOWCASE = Text(
    "A channel that shows the pictures people like best; without options: say which",
    "Ein Kanal, der die beliebtesten Bilder zeigt; ohne Optionen: sagen, welcher",
)
ADMIN_SHOWCASE_CHANNEL = Text("Where they are shown", "Wo sie gezeigt werden")
ADMIN_SHOWCASE_HEARTS = Text("❤️ of other people that a picture needs", "❤️ von anderen, die ein Bild braucht")
ADMIN_SHOWCASE_REMOVE = Text("Show no more there", "Dort nichts mehr zeigen")
ADMIN_MODELS = Text(
    "Where and for whom a model is; without options: show it",
    "Wo und für wen ein Modell ist; ohne Optionen: zeigen",
)
ADMIN_MODEL = Text("A model beside the usual one", "Ein Modell neben dem üblichen")
ADMIN_MODEL_CHANNEL = Text("Only in this channel or category", "Nur in diesem Kanal oder dieser Kategorie")
ADMIN_MODEL_ROLE = Text("Only for people with this role", "Nur für Leute mit dieser Rolle")
ADMIN_MODEL_REMOVE = Text(
    "Take that away again; with neither: the model is for everybody",
    "Das wieder wegnehmen; ohne beides: Das Modell ist für alle",
)
ADMIN_UPLOADS = Text(
    "Who may have attached pictures edited; without options: show it",
    "Wer angehängte Bilder bearbeiten lassen darf; ohne Optionen: zeigen",
)
ADMIN_UPLOADS_POLICY = Text("Who may", "Wer das darf")
UPLOADS = {
    "allow": Text("everybody", "alle"),
    "moderated": Text("moderators only", "nur Moderatoren"),
    "off": Text("nobody", "niemand"),
}
ADMIN_EVERYWHERE = Text(
    "All my servers; for the owner of the bot", "Alle meine Server; für den Besitzer des Bots"
)
ADMIN_PERSON = Text("Only what this person has waiting", "Nur was bei dieser Person wartet")
ADMIN_WAITING = Text(
    "Pictures one person may have waiting; 0 is no limit of this server's own",
    "Bilder, die bei einer Person warten dürfen; 0 ist keine eigene Grenze",
)
ADMIN_HOURLY = Text(
    "Pictures one person may have within an hour; 0 is no limit of this server's own",
    "Bilder einer Person innerhalb einer Stunde; 0 ist keine eigene Grenze",
)
ADMIN_DAILY = Text(
    "Pictures one person may have within a day; 0 is no limit of this server's own",
    "Bilder einer Person innerhalb eines Tages; 0 ist keine eigene Grenze",
)
ADMIN_ROLE = Text("Only for the members of this role", "Nur für Mitglieder dieser Rolle")
ADMIN_CHANNEL = Text("A channel or category to serve", "Ein Kanal oder eine Kategorie")
ADMIN_SERVED_ROLE = Text("A role to serve", "Eine Rolle")
ADMIN_REMOVE = Text("Take it off the list instead", "Stattdessen von der Liste nehmen")

SETTINGS = Text(
    "Your defaults for /imagine, and my language", "Deine Vorgaben für /imagine, und meine Sprache"
)
NO_STYLE = Text("no style", "kein Stil")
SIZES = {
    "square": Text("square", "Quadrat"),
    "portrait": Text("portrait", "Hochformat"),
    "landscape": Text("landscape", "Querformat"),
}

OPTIONS = {
    "prompt": Text("prompt", "prompt"),
    "style": Text("style", "stil"),
    "seed": Text("seed", "seed"),
    "count": Text("count", "anzahl"),
    "size": Text("size", "format"),
    "exact": Text("exact", "genau"),
    "image": Text("image", "bild"),
    "model": Text("model", "modell"),
    "loras": Text("loras", "loras"),
    "instruction": Text("instruction", "anweisung"),
    "picture": Text("picture", "bild"),
    "policy": Text("policy", "regel"),
    "place": Text("place", "stelle"),
    "mask": Text("mask", "maske"),
    "everywhere": Text("everywhere", "überall"),
    "person": Text("person", "person"),
    "waiting": Text("waiting", "wartend"),
    "hourly": Text("hourly", "stündlich"),
    "daily": Text("daily", "täglich"),
    "role": Text("role", "rolle"),
    "channel": Text("channel", "kanal"),
    "remove": Text("remove", "entfernen"),
    "show": Text("show", "zeige"),
    "hearts": Text("hearts", "herzen"),
    "negative": Text("negative", "ohne"),
    "steps": Text("steps", "schritte"),
    "guidance": Text("guidance", "guidance"),
    "scheduler": Text("scheduler", "scheduler"),
    "name": Text("name", "name"),
    "words": Text("words", "worte"),
    "kind": Text("kind", "art"),
    "end": Text("end", "beenden"),
    "reference": Text("reference", "vorlage"),
    "reference_as": Text("reference_as", "vorlage_für"),
}
"""Names of options: small letters, digits, - and _, at most 32. One that is not here stays English."""
