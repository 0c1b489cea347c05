"""Commands, greetings and thanks in German."""

from bot.texts.commands.words import CommandWords

GERMAN = CommandWords(
    undo=(
        "zurück", "rückgängig", "rückgängig machen", "mach das rückgängig", "mach es rückgängig",
        "mach die letzte änderung rückgängig", "nimm das zurück", "einen schritt zurück",
        "ein schritt zurück", "geh zurück", "geh einen schritt zurück", "eins zurück", "strg z", "strg+z",
    ),
    undo_more=(
        "{n} schritte zurück", "geh {n} schritte zurück", "{n} zurück", "geh {n} zurück", "spring {n} zurück",
        "{n} bilder zurück", "geh {n} bilder zurück", "{n} mal zurück", "{n}x zurück", "zurück um {n}",
        "mach die letzten {n} rückgängig", "die letzten {n} rückgängig",
        "mach die letzten {n} änderungen rückgängig", "die letzten {n} änderungen rückgängig",
        "mach die letzten {n} schritte rückgängig", "nimm die letzten {n} änderungen zurück",
        "das bild vor {n} schritten",
    ),
    undo_twice=(
        "zweimal zurück", "zweimal rückgängig", "geh zweimal zurück", "beides rückgängig",
        "mach beides rückgängig", "beide änderungen rückgängig", "mach beide änderungen rückgängig",
    ),
    before=(
        "bevor {x}", "das vor {x}", "bild vor {x}", "version vor {x}", "stand vor {x}", "zurück vor {x}",
        "dem vor {x}", "wie vor {x}", "wie es vor {x} war", "vor {x} war es besser",
        "vor {x} war es schöner", "vor {x} war's besser", "vor {x} war's schöner",
        "vor {x} gefiel es mir besser", "vor {x} fand ich es besser", "vor {x} fand ich's besser",
        "besser vor {x}", "schöner vor {x}", "alles rückgängig seit {x}",
        "alles rückgängig machen seit {x}",
    ),
    showing=(
        "das mit {x}", "dem mit {x}", "das bild mit {x}", "dem bild mit {x}", "zum bild mit {x}",
        "die version mit {x}", "zur version mit {x}", "zurück zu dem {x}", "zurück zu den {x}",
        "zurück zum {x}", "zurück zur {x}", "das wo {x}", "das bild wo {x}",
    ),
    around_earlier=(
        "geh", "zurück", "zu", "zum", "zur", "das", "dem", "den", "der", "die", "bild", "version", "stand",
        "so", "wie", "es", "war", "besser", "schöner", "hübscher", "cooler", "gefiel", "mir", "ich", "wir",
        "fand", "fands", "fand's", "will", "wollen", "möchte", "hätte", "gern", "gerne", "wieder",
        "nochmal", "können", "kann", "dahin", "von", "davor", "letzte", "letzten", "nimm", "zeig", "lieber",
        "doch", "aussah", "hm", "hmm", "mh", "ach", "naja", "na", "nee", "ne", "nein", "ja", "oh", "sorry",
    ),
    undo_step=(
        "mach {x} rückgängig", "{x} rückgängig", "{x} rückgängig machen", "nur {x} rückgängig",
        "mach das mit {x} rückgängig", "das mit {x} rückgängig", "nimm {x} zurück", "{x} zurücknehmen",
        "nimm das mit {x} zurück", "vergiss {x}", "vergiss das mit {x}",
    ),
    articles=("der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"),
    happened=(
        "du", "ich", "wir", "es", "er", "sie", "da", "war", "waren", "wurde", "wurden", "kam", "kamen",
        "dazu", "dazukam", "dazukamen", "hinzukam", "hast", "habe", "hab", "haben", "hinzugefügt",
        "gemacht", "gemalt", "angemalt", "reingemacht", "wollte", "wollten", "wolltest", "gewünscht",
        "änderung", "sache", "so", "wieder", "nochmal", "besser", "schöner", "mir", "gefiel", "fand", "lol",
        "haha", "danke",
    ),
    lost=(
        "weg", "weggemacht", "weggenommen", "weghaben", "entfernt", "gelöscht", "verschwand",
        "verschwunden", "verschwanden", "raus", "rausgenommen", "rausgeflogen", "fehlte",
    ),
    may_ask=("kann", "können", "könnten", "könnte", "kannst", "könntest", "darf", "dürfen"),
    redo=(
        "vor", "wieder vor", "wiederherstellen", "stell das wieder her", "stell es wieder her",
        "einen schritt vor", "ein schritt vor", "geh wieder vor", "eins vor", "strg y", "strg+y",
    ),
    restart=(
        "von vorn", "von vorne", "nochmal von vorn", "nochmal von vorne", "noch mal von vorn",
        "noch mal von vorne", "fang von vorn an", "fang von vorne an", "fang neu an", "neu anfangen",
        "zurück zum anfang", "zurück auf anfang", "geh zurück zum anfang", "zurück zum ersten bild",
        "geh zurück zum ersten bild", "zurück zum original",
    ),
    again=(
        "nochmal", "noch mal", "noch einmal", "neu würfeln", "würfel neu", "würfle neu",
        "würfel nochmal", "versuch es nochmal", "versuch es noch einmal", "neuer seed", "anderer seed",
        "ein anderer seed",
    ),
    vary=(
        "etwas anders", "variiere", "variiere es", "variieren", "variante", "eine variante", "varianten",
        "mach eine variante", "mach varianten", "zeig varianten", "zeig mir varianten",
    ),
    remix=("ganz anders", "stark variieren", "variiere es stark"),
    upscale=("hochskalieren", "skalier es hoch"),
    recompose=("komposition behalten",),
    question=(
        "was ist der seed", "welcher seed", "welches modell", "was ist der prompt", "welcher prompt",
        "wie ist das entstanden", "wie wurde das gemacht", "wie hast du das gemacht",
    ),
    ability=(
        "was kannst du", "was kannst du alles", "was kannst du noch", "was kann ich sagen",
        "was kann ich hier sagen", "was kann ich machen", "was kann ich hier machen", "wie geht das",
        "wie geht das hier", "wie funktioniert das", "wie funktioniert das hier", "hilfe", "hilf mir",
    ),
    delete=(
        "löschen", "lösch das", "lösche das", "lösch das bild", "lösche das bild", "lösch dieses bild",
        "lösche dieses bild", "bild löschen", "das bild löschen", "dieses bild löschen",
    ),
    report=(
        "melden", "melde das", "melde das bild", "melde dieses bild", "bild melden", "das bild melden",
        "dieses bild melden", "ich will das melden", "ich möchte das melden",
    ),
    favourite=(
        "favorit", "als favorit", "als favorit merken", "als favorit speichern", "zu den favoriten",
        "zu meinen favoriten", "merk dir das bild", "speicher das bild", "speichere das bild",
        "bild speichern",
    ),
    thread=(
        "neuer thread", "ein neuer thread", "neuen thread", "mach einen neuen thread",
        "neuer thread von hier", "weiter in einem neuen thread",
    ),
    history=(
        "verlauf", "der verlauf", "den verlauf", "zeig den verlauf", "zeig mir den verlauf",
        "zeige den verlauf", "alle bilder zeigen", "zeig alle bilder", "zeig mir alle bilder",
    ),
    choose=(
        "nimm {n}", "nimm nummer {n}", "wähle {n}", "wähle nummer {n}", "nummer {n}",
        "das {nth}", "nimm das {nth}", "wähle das {nth}",
    ),
    numbers=("eins", "zwei", "drei", "vier"),
    ordinals=(("erste",), ("zweite",), ("dritte",), ("vierte",)),
    then=("und", "aber", "dann", "nur"),
    having=("mit",),
    because=("weil",),
    reasons=(
        "aber", "alles", "als", "auch", "aus", "besser", "bisschen", "bloß", "da", "dann", "das", "davor",
        "der", "die", "doch", "doof", "du", "eher", "eigentlich", "ein", "eine", "er", "es", "falsch",
        "fand", "fehler", "find", "finde", "früher", "furchtbar", "ganz", "gar", "gefallen", "gefiel",
        "gefällt", "gesagt", "gewollt", "grausam", "gut", "hab", "habe", "hat", "hatte", "hässlich",
        "hübscher", "ich", "ist", "ja", "jetzt", "kein", "keine", "komisch", "leid", "letzte", "lustiger",
        "mag", "mehr", "mein", "mich", "mir", "mist", "mochte", "murks", "nee", "nein", "nicht", "nix",
        "nur", "oh", "quatsch", "quatschig", "richtig", "sah", "schade", "scheußlich", "schlecht",
        "schlechter", "schlimm", "schön", "schöner", "sehr", "sie", "sieht", "so", "sorry", "taugt", "tja",
        "tut", "und", "unsinn", "verkehrt", "verklickt", "versehen", "viel", "vorher", "war", "was", "weil",
        "wie", "wirklich", "wollte",
    ),
    sighs=(
        "oh", "och", "ach", "ah", "äh", "ähm", "hm", "mh", "ups", "mist", "oje", "oh je", "moment", "warte",
        "halt", "nein", "nein danke", "nee", "ne", "nö", "ja", "lol", "haha", "naja", "na ja", "sorry",
        "scheiße", "puh", "uff",
    ),
    refusals=("doch", "eigentlich", "tja"),
    polite=("bitte", "jetzt", "mal", "doch"),
    greetings=(
        "hallo", "hei", "moin", "servus", "guten morgen", "guten tag", "guten abend", "gute nacht", "tschüss",
    ),
    thanks=("danke", "dankeschön"),
    to_all=("alle", "zusammen", "leute", "ihr"),
    mood=(
        "sehr", "vielmals", "nochmal", "das reicht", "reicht so",
        "das genügt", "das war's", "das wars", "passt so",
    ),
    praise=(
        "schön", "toll", "super", "klasse", "spitze", "prima", "cool", "süß", "hübsch", "perfekt",
        "wunderschön", "großartig", "genial", "geil", "mega", "fantastisch", "herrlich", "liebe", "gefällt",
        "wow", "krass", "niedlich", "gelungen", "gut",
    ),
    around_praise=(
        "oh", "ooh", "ah", "ach", "wow", "haha", "boah", "hey", "ja", "das", "dies", "es", "ist", "sieht",
        "aus", "so", "sehr", "echt", "richtig", "wirklich", "total", "voll", "ganz", "wie", "ich", "mir",
        "geworden", "aber", "schon", "was", "für", "ein", "eine", "bild", "da",
    ),
)  # fmt: skip
