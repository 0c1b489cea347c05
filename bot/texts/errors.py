"""What people read when something does not work: what is wrong, and what they can do. See `bot.errors`."""

from bot.i18n import Text

UNEXPECTED = Text(
    "Something went wrong on my side. Please try again; the operator can find the cause in my log.",
    "Bei mir ist etwas schiefgegangen. Versuch es bitte noch einmal; der Betreiber findet den Grund im Log.",
)

# The words.
EMPTY_TEXT = Text(
    "There are no words in that. Describe the picture or the change in a few words.",
    "Darin stehen keine Worte. Beschreib das Bild oder die Änderung mit ein paar Worten.",
)
EMOJI_ONLY = Text(
    "I cannot draw from emoji alone. Add a few words about the picture or the change.",
    "Aus Emoji allein kann ich nicht malen. Schreib ein paar Worte über das Bild oder die Änderung dazu.",
)
TEXT_TOO_LONG = Text(
    "That is {length} characters long; please stay within {limit}.",
    "Das ist {length} Zeichen lang; bitte höchstens {limit}.",
)

# Options.
BAD_OPTION = Text(
    "{option} cannot be {value}; allowed is {allowed}.",
    "{option} kann nicht {value} sein; erlaubt ist {allowed}.",
)
BAD_OPTIONS = Text(
    "{others}\n{option} cannot be {value}; allowed is {allowed}.",
    "{others}\n{option} kann nicht {value} sein; erlaubt ist {allowed}.",
)
QUOTED = Text("“{value}”", "„{value}“")
THE_STYLE = Text("The style", "Der Stil")
THE_MODEL = Text("The model", "Das Modell")
THE_SIZE = Text("The size", "Das Format")
THE_SEED = Text("The seed", "Der Seed")
THE_NEGATIVE = Text("A negative prompt", "Ein negativer Prompt")
THE_STEPS = Text("The number of steps", "Die Zahl der Schritte")
THE_GUIDANCE = Text("The guidance", "Die Guidance")
THE_SCHEDULER = Text("The scheduler", "Der Scheduler")
AN_ASPECT = Text("a shape from 1:2 to 2:1, as 3:2", "ein Format von 1:2 bis 2:1, etwa 3:2")
A_WHOLE_NUMBER = Text("a whole number", "eine ganze Zahl")
ANY_NUMBER = Text("a number", "eine Zahl")
SOME_WORDS = Text("some words after it", "ein paar Worte dahinter")
NOT_OF_THIS_MODEL = Text(
    "{option} has no effect with the model that paints here: leave it out.",
    "{option} bewirkt bei dem Modell, das hier malt, nichts: Lass das weg.",
)
UNKNOWN_WILDCARD = Text(
    "There is no list “{name}”. {known} `/style add` keeps a new one; or write the choices in the braces, "
    "with | between them.",
    "Eine Liste „{name}“ gibt es nicht. {known} `/style add` merkt sich eine neue; oder schreib die Auswahl "
    "in die Klammern, mit | dazwischen.",
)
NO_SUCH_OWN_WORDS = Text(
    "You keep nothing called “{name}”. `/style list` shows what there is.",
    "Du hast nichts namens „{name}“. `/style list` zeigt, was es gibt.",
)
TOO_MANY_OWN_WORDS = Text(
    "You keep {limit} already, which is the most. `/style remove` makes room.",
    "Du hast schon {limit}, mehr geht nicht. `/style remove` schafft Platz.",
)
NOT_A_SERVER_MANAGER = Text(
    "Only who manages this server can share words with it.",
    "Nur wer diesen Server verwaltet, kann Worte mit ihm teilen.",
)
BAD_NAME = Text(
    "“{name}” is no name: take up to {limit} letters, digits, spaces, - or _, and none of my own styles.",
    "„{name}“ geht nicht als Name: Nimm bis zu {limit} Buchstaben, Ziffern, Leerzeichen, - oder _, und "
    "keinen meiner eigenen Stile.",
)
THE_COUNT = Text("The count", "Die Anzahl")
ONE_OF = Text("one of {names}", "eines von {names}")
NONE = Text("none", "keines")
A_NUMBER = Text("a whole number from {least} to {most}", "eine ganze Zahl von {least} bis {most}")

# Permissions, with their names in Discord's own settings.
MISSING_PERMISSIONS = Text(
    "I cannot post pictures here without **{names}**. "
    "Ask an admin to allow me that in this channel, then try again.",
    "Ohne **{names}** kann ich hier keine Bilder posten. "
    "Bitte einen Admin, mir das in diesem Kanal zu erlauben, und versuch es dann noch einmal.",
)
PERMISSIONS = {
    "view_channel": Text("View Channel", "Kanal ansehen"),
    "send_messages": Text("Send Messages", "Nachrichten senden"),
    "create_public_threads": Text("Create Public Threads", "Öffentliche Threads erstellen"),
    "send_messages_in_threads": Text("Send Messages in Threads", "Nachrichten in Threads senden"),
    "embed_links": Text("Embed Links", "Links einbetten"),
    "attach_files": Text("Attach Files", "Dateien anhängen"),
    "read_message_history": Text("Read Message History", "Nachrichtenverlauf anzeigen"),
    "add_reactions": Text("Add Reactions", "Reaktionen hinzufügen"),
}

# Too much, or not here.
TOO_MANY_WAITING = Text(
    "You already have {limit} waiting. Cancel one, or ask again {frees}.",
    "Bei dir warten schon {limit}. Brich eines ab oder frag {frees} noch einmal.",
)
SERVER_HAS_ENOUGH = Text(
    "This server already has {limit} waiting. Please ask again {frees}.",
    "Auf diesem Server warten schon {limit}. Frag bitte {frees} noch einmal.",
)
QUEUE_FULL = Text(
    "My queue is full ({limit} waiting). Please try again {frees}.",
    "Meine Warteschlange ist voll ({limit} warten). Versuch es bitte {frees} noch einmal.",
)
QUOTA_USED_UP = Text(
    "You have had {limit} pictures within {span}. The next one is free {frees}.",
    "Du hattest {limit} Bilder innerhalb {span}. Das nächste gibt es {frees}.",
)
SERVER_QUOTA_USED_UP = Text(
    "This server has had {limit} pictures within {span}. The next one is free {frees}.",
    "Dieser Server hatte {limit} Bilder innerhalb {span}. Das nächste gibt es {frees}.",
)
PAUSED = Text(
    "I take nothing new on right now; what was asked for before is still made. Please try later.",
    "Ich nehme gerade nichts Neues an; was vorher gewünscht wurde, male ich noch. Versuch es bitte später.",
)
ELSEWHERE_ONLY = Text(
    "I make pictures only in {channels} here. Please ask there.",
    "Ich male hier nur in {channels}. Frag bitte dort.",
)
ROLE_NEEDED = Text(
    "Here I make pictures only for people with one of these roles: {roles}. A moderator can give it.",
    "Ich male hier nur für Leute mit einer dieser Rollen: {roles}. Ein Moderator kann sie geben.",
)
AGE_RESTRICTED = Text(
    "I make pictures only in age-restricted channels. Please ask in one.",
    "Ich male nur in Kanälen mit Altersbeschränkung. Frag bitte in einem davon.",
)
ADULTS_ONLY = Text(
    "I paint that only in age-restricted channels. Ask in one, or change the words.",
    "Das male ich nur in Kanälen mit Altersbeschränkung. Frag in einem davon oder ändere die Worte.",
)
NO_REPORTS_HERE = Text(
    "Nobody has told me where reports go here. Please tell a moderator; `/admin reports` sets the channel.",
    "Niemand hat mir gesagt, wohin Meldungen hier gehen. Sag es bitte einem Moderator; `/admin reports` legt "
    "den Kanal fest.",
)
REPORTED_ALREADY = Text(
    "You have reported this picture already; the moderators have it.",
    "Du hast dieses Bild schon gemeldet; die Moderatoren haben es.",
)
TOO_MANY_REPORTS = Text(
    "You have reported {limit} pictures within an hour. You can report again {frees}; if it is urgent, "
    "please tell a moderator.",
    "Du hast {limit} Bilder innerhalb einer Stunde gemeldet. {frees} geht es wieder; wenn es dringend ist, "
    "sag es bitte einem Moderator.",
)
REPORT_NOT_DELIVERED = Text(
    "I cannot reach the moderators' channel right now. Please tell a moderator, or try again later.",
    "Ich erreiche den Kanal der Moderatoren gerade nicht. Sag es bitte einem Moderator oder versuch es "
    "später noch einmal.",
)
REPORT_SETTLED = Text(
    "That report is settled already, or the picture is gone.",
    "Diese Meldung ist schon erledigt, oder das Bild ist weg.",
)
NOT_A_MODERATOR = Text(
    "Only people who may manage this server can do that.",
    "Das können nur Leute, die diesen Server verwalten dürfen.",
)
NOT_THE_OWNER = Text(
    "That concerns all my servers: only the owner of the bot can do it.",
    "Das betrifft alle meine Server: Nur der Besitzer des Bots kann es.",
)

# Pictures and conversations that are not there, or not theirs.
TOO_MANY_ACTIONS = Text(
    "That is more than {limit} things within a minute. I do the next one {frees}.",
    "Das sind mehr als {limit} Dinge in einer Minute. Das nächste mache ich {frees}.",
)
TOO_MANY_THREADS = Text(
    "You have opened {limit} threads within an hour. You can open the next one {frees}.",
    "Du hast {limit} Threads innerhalb einer Stunde geöffnet. Den nächsten kannst du {frees} öffnen.",
)
PICTURE_NOT_FETCHED = Text(
    "Discord does not give me that file right now. Please try again, or upload it anew.",
    "Discord gibt mir diese Datei gerade nicht. Versuch es bitte noch einmal oder lade sie neu hoch.",
)
NO_SETTINGS_CARRIED = Text(
    "That picture carries no settings, or it was deleted.",
    "Dieses Bild trägt keine Einstellungen in sich, oder es wurde gelöscht.",
)
NOT_FINISHED_YET = Text(
    "Your picture is not ready yet. Press that again when it is there.",
    "Dein Bild ist noch nicht fertig. Drück das noch einmal, wenn es da ist.",
)
NO_PICTURE_GIVEN = Text(
    "There is no picture in that, and no words. Say what to paint, or give me a PNG, JPEG or WebP.",
    "Darin ist kein Bild, und keine Worte. Sag, was ich malen soll, oder gib mir ein PNG, JPEG oder WebP.",
)
NOT_DESCRIBED = Text(
    "I cannot put that picture into words: my server does not look at pictures. Please say in words what to "
    "paint, or bring a picture that carries its prompt.",
    "Dieses Bild kann ich nicht in Worte fassen: Mein Server sieht sich keine Bilder an. Sag bitte mit "
    "Worten, was ich malen soll, oder bring ein Bild, das seinen Prompt in sich trägt.",
)
PICTURE_TOO_HEAVY = Text(
    "That picture is too large for me; please stay within {limit} MiB.",
    "Dieses Bild ist mir zu groß; bitte höchstens {limit} MiB.",
)
NO_PICTURE_YET = Text(
    "There is no picture here yet to change. Start one with /imagine.",
    "Hier gibt es noch kein Bild zum Ändern. Fang mit /imagine eines an.",
)
FIRST_PICTURE = Text(
    "This is the first picture; there is nothing before it to go back to.",
    "Das ist das erste Bild; davor gibt es nichts, wohin ich zurückgehen könnte.",
)
NOTHING_TO_REDO = Text(
    "This is the latest picture of its line; there is nothing to redo.",
    "Das ist das letzte Bild seiner Reihe; weiter vor geht es nicht.",
)
GONE_CONVERSATION = Text(
    "I do not know this conversation any more. Start a new one with /imagine.",
    "Dieses Gespräch kenne ich nicht mehr. Fang mit /imagine ein neues an.",
)
GONE_TURN = Text(
    "That picture was deleted. Reply to another one, or start anew with /imagine.",
    "Dieses Bild wurde gelöscht. Antworte auf ein anderes oder fang mit /imagine neu an.",
)
OLD_BUTTON = Text(
    "This button belongs to an earlier life of mine, or to another place: I do not know its picture here. "
    "To go on from the picture, open its menu › Apps › **Imagine from this picture**, or start anew with "
    "/imagine.",
    "Dieser Knopf gehört zu einem früheren Leben von mir oder an einen anderen Ort: Sein Bild kenne ich hier "
    "nicht. Um damit weiterzumachen, öffne sein Menü › Apps › **Aus diesem Bild malen**, oder fang mit "
    "/imagine neu an.",
)
TAG_REQUIRED = Text(
    "This forum wants a tag on every post, and I cannot choose one. A moderator can leave it a single tag "
    "that I may use, or switch off **Require people to select tags when posting** in its settings.",
    "Dieses Forum verlangt bei jedem Beitrag ein Tag, und ich kann keines auswählen. Ein Moderator kann ihm "
    "ein einziges Tag lassen, das ich verwenden darf, oder in seinen Einstellungen abschalten, dass beim "
    "Posten Tags nötig sind.",
)
NO_THREAD_HERE = Text(
    "I cannot open a thread here. In a server's text channel or forum I can, if I may create public threads "
    "and write in them.",
    "Hier kann ich keinen Thread öffnen. Im Textkanal oder Forum eines Servers kann ich es, wenn ich "
    "öffentliche Threads erstellen und darin schreiben darf.",
)
NOT_YOURS = Text(
    "Only the person who asked for this picture, or a moderator, can do that.",
    "Das kann nur, wer sich dieses Bild gewünscht hat, oder ein Moderator.",
)
TOO_LATE_TO_CANCEL = Text(
    "It is too late to cancel that: the picture is ready or the work has ended.",
    "Zum Abbrechen ist es zu spät: Das Bild ist fertig oder die Arbeit zu Ende.",
)

# Work that ended without a picture.
NOTHING_CHANGES = Text(
    "I found nothing in that to change in the picture. Say it in other words, or press 🎲 Reroll.",
    "Ich fand darin nichts, was am Bild anders werden soll. Sag es mit anderen Worten, oder drück "
    "🎲 Neu würfeln.",
)
TOOK_TOO_LONG = Text(
    "I stopped because {stage} took longer than {seconds:.0f} seconds. Please try again.",
    "Ich habe aufgehört, weil {stage} länger als {seconds:.0f} Sekunden gedauert hat. "
    "Versuch es bitte noch einmal.",
)
READING_THE_PICTURE = Text("looking at the picture", "das Ansehen des Bildes")
WRITING_THE_PROMPT = Text("writing the prompt", "das Schreiben des Prompts")
PAINTING = Text("painting", "das Malen")
JOB_CANCELLED = Text("This picture was cancelled.", "Dieses Bild wurde abgebrochen.")
PICTURE_LOST = Text(
    "The finished picture was lost on my side. Please ask for it again.",
    "Das fertige Bild ging bei mir verloren. Wünsch es dir bitte noch einmal.",
)
NOT_POSTED_YET = Text(
    "Your picture is ready and kept, but Discord does not take it right now. I will try again later.",
    "Dein Bild ist fertig und aufgehoben, aber Discord nimmt es gerade nicht an. Ich versuche es später "
    "noch einmal.",
)
MAY_NOT_POST = Text(
    "Your picture is ready and kept, but I may not post it there any more. "
    "Ask an admin to let me write, attach files and embed links there.",
    "Dein Bild ist fertig und aufgehoben, aber ich darf es dort nicht mehr posten. "
    "Bitte einen Admin, mich dort schreiben, Dateien anhängen und Links einbetten zu lassen.",
)
PLACE_GONE = Text(
    "The thread was deleted before the picture was ready. Start a new one with /imagine.",
    "Der Thread wurde gelöscht, bevor das Bild fertig war. Fang mit /imagine einen neuen an.",
)

# What only the operator can put right.
OPERATORS_TURN = Text(
    "I cannot work properly right now. The operator can find the cause in my log.",
    "Ich kann gerade nicht richtig arbeiten. Der Betreiber findet den Grund im Log.",
)
DATABASE_BUSY = Text(
    "My memory is busy right now. Please try again in a minute.",
    "Mein Gedächtnis ist gerade beschäftigt. Versuch es bitte in einer Minute noch einmal.",
)
DATABASE_AWAY = Text(
    "I cannot reach my memory right now. Please try again in a minute.",
    "Ich komme gerade nicht an mein Gedächtnis. Versuch es bitte in einer Minute noch einmal.",
)
PICTURES_UNREACHABLE = Text(
    "The place where I keep pictures cannot be reached right now. Please try again in a few minutes.",
    "Der Ort, an dem ich Bilder aufbewahre, ist gerade nicht zu erreichen. Versuch es in ein paar Minuten "
    "noch einmal.",
)
DISK_FULL = Text(
    "My disk is full, so I could not keep that. The operator has been told in the log.",
    "Meine Festplatte ist voll, darum konnte ich das nicht behalten. Dem Betreiber steht es im Log.",
)

# The models'.
EDIT_FAILED = Text(
    "I could not turn that into a prompt. Please say it in other words.",
    "Daraus konnte ich keinen Prompt machen. Sag es bitte mit anderen Worten.",
)
PROMPT_REFUSED = Text(
    "I do not draw that. Please ask for something else.",
    "Das male ich nicht. Wünsch dir bitte etwas anderes.",
)
MINORS_REFUSED = Text(
    "I never draw children or teenagers together with words about nakedness or sex, whatever is meant. "
    "If you meant something harmless, leave out one of the two.",
    "Kinder und Jugendliche male ich nie zusammen mit Worten über Nacktheit oder Sex, wie auch immer es "
    "gemeint ist. War es harmlos gemeint, lass eins von beiden weg.",
)
PICTURE_REFUSED = Text(
    "The picture came out as something I do not show. Please change the words.",
    "Das Bild wurde etwas, das ich nicht zeige. Ändere bitte die Worte.",
)
BAD_IMAGE = Text(
    "I cannot read that picture. Please send a PNG, JPEG or WebP.",
    "Dieses Bild kann ich nicht lesen. Schick bitte ein PNG, JPEG oder WebP.",
)
TOO_MANY_PIXELS = Text(
    "That picture has too many pixels for me. Please make it smaller and try again.",
    "Dieses Bild hat mir zu viele Pixel. Mach es bitte kleiner und versuch es noch einmal.",
)
MOVING_PICTURE = Text(
    "That picture moves. Please send one that stands still, as PNG, JPEG or WebP.",
    "Dieses Bild bewegt sich. Schick bitte eines, das still steht, als PNG, JPEG oder WebP.",
)
OUT_OF_MEMORY = Text(
    "That is too large for me. Please ask for a smaller size or fewer pictures.",
    "Das ist mir zu groß. Wünsch dir bitte ein kleineres Format oder weniger Bilder.",
)
BAD_REQUEST = Text(
    "I cannot paint it like that. Please use fewer words, or other options.",
    "So kann ich es nicht malen. Nimm bitte weniger Worte oder andere Optionen.",
)
BROKEN_PICTURE = Text(
    "The picture came out broken, with nothing to see. Please try other words or options; the operator can "
    "find the cause in my log.",
    "Das Bild ist misslungen, es ist nichts zu sehen. Versuche bitte andere Worte oder Optionen; der "
    "Betreiber findet den Grund im Log.",
)
MODEL_MISSING = Text(
    "A model of mine is missing or damaged. The operator can find which in my log.",
    "Eines meiner Modelle fehlt oder ist beschädigt. Der Betreiber findet im Log, welches.",
)
MODEL_SETTINGS = Text(
    "My settings do not fit this machine. The operator can find why in my log.",
    "Meine Einstellungen passen nicht zu diesem Rechner. Der Betreiber findet den Grund im Log.",
)
ENGINE_UNREACHABLE = Text(
    "The server that does my work has been away for too long, so I gave up waiting. Please try again later.",
    "Der Server, der meine Arbeit macht, war zu lange nicht erreichbar; ich habe das Warten aufgegeben. "
    "Versuch es bitte später noch einmal.",
)
ENGINE_REFUSED = Text(
    "The server that does my work does not take my requests. The operator can find why in my log.",
    "Der Server, der meine Arbeit macht, nimmt meine Anfragen nicht an. Der Betreiber findet den Grund im "
    "Log.",
)
BAD_ANSWER = Text(
    "The server that does my work sent something I cannot use. Please try again; if it happens once more, "
    "the operator can find why in my log.",
    "Der Server, der meine Arbeit macht, hat etwas geschickt, das ich nicht brauchen kann. Versuch es bitte "
    "noch einmal; wenn es wieder passiert, findet der Betreiber den Grund im Log.",
)
UNSUPPORTED = Text(
    "What paints for me cannot do that. Please leave it out, and say in words what you would like to see.",
    "Was für mich malt, kann das nicht. Lass es bitte weg und sag mit Worten, was du sehen möchtest.",
)
WORKER_DIED = Text(
    "My painter stopped several times while at this. Please try again later.",
    "Mein Maler ist dabei mehrmals stehen geblieben. Versuch es bitte später noch einmal.",
)
ENGINE_CLOSED = Text(
    "I am shutting down or starting. Please try again in a minute.",
    "Ich fahre gerade herunter oder starte. Versuch es bitte in einer Minute noch einmal.",
)
MODELS_FAIL = Text(
    "My models cannot work right now. The operator can find the cause in my log.",
    "Meine Modelle können gerade nicht arbeiten. Der Betreiber findet den Grund im Log.",
)
