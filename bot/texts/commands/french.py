"""Commands, greetings and thanks in French."""

from bot.texts.commands.words import CommandWords

FRENCH = CommandWords(
    undo=(
        "annuler", "annule", "annulez", "annule ça", "annule cela", "annule le dernier changement",
        "annule la dernière modification", "annuler la dernière modification", "annule la dernière étape",
        "défaire", "défais", "défais ça", "retour", "retour arrière", "en arrière", "reviens en arrière",
        "revenir en arrière", "retourne en arrière", "un pas en arrière", "reviens un pas en arrière",
        "étape précédente", "reviens à l'étape précédente", "image précédente",
        "reviens à l'image précédente", "reviens à l'image d'avant", "comme avant", "remets comme avant",
    ),
    undo_more=(
        "{n} pas en arrière", "reviens {n} pas en arrière", "recule de {n}", "{n} étapes en arrière",
        "reviens {n} étapes en arrière", "reviens de {n} étapes", "annule {n} fois", "annule x{n}",
        "annule les {n} derniers changements", "annule les {n} dernières modifications",
        "annule les {n} dernières étapes", "{n} images en arrière",
    ),
    undo_twice=("annule les deux", "annule les deux changements"),
    before=(
        "reviens avant {x}", "retourne avant {x}", "retour avant {x}", "l'image avant {x}",
        "l'image d'avant {x}", "celle d'avant {x}", "mieux avant {x}", "plus beau avant {x}",
        "préférais avant {x}", "comme avant {x}", "avant {x} c'était mieux",
    ),
    showing=("celle avec {x}", "l'image avec {x}", "la version avec {x}", "l'image où {x}", "celle où {x}"),
    around_earlier=(
        "reviens", "revenir", "retourne", "retourner", "retour", "prends", "reprends", "à", "au", "l'image",
        "la", "celle", "c'était", "je", "j'aimais", "préférais", "mieux", "juste", "oh", "ah",
    ),
    undo_step=("annule {x}", "annuler {x}", "annule juste {x}", "défais {x}", "oublie {x}"),
    articles=("le", "la", "les", "l", "un", "une", "des", "du", "de", "d"),
    happened=(
        "que", "qu", "tu", "j", "je", "on", "il", "elle", "ait", "aies", "aie", "soit", "ne", "y", "ajoute",
        "ajoutes", "ajouter", "mettes", "mis", "mette", "vienne", "arrive", "ajout", "changement",
    ),
    lost=("enlevé", "enlever", "enlèves", "retiré", "retirer", "disparu", "disparaisse", "supprimé"),
    may_ask=("peux", "peut", "pouvez", "pouvons"),
    redo=(
        "rétablir", "rétablis", "rétablis ça", "annule l'annulation", "annuler l'annulation",
        "un pas en avant", "avance d'un pas",
    ),
    restart=(
        "recommence à zéro", "recommencer à zéro", "recommence depuis le début",
        "recommencer depuis le début", "reprends depuis le début", "reprends à zéro", "repars de zéro",
        "repartir de zéro", "tout recommencer", "recommence tout", "retour au début", "reviens au début",
        "revenir au début", "retourne au début", "retour à la première image",
        "reviens à la première image", "retour à l'original", "reviens à l'original", "réinitialiser",
        "réinitialise",
    ),
    again=(
        "encore une fois", "réessaie", "réessaye", "réessayer", "essaie encore", "essaye encore",
        "essaie encore une fois", "refais", "refais-le", "refais-la", "relance", "relancer", "régénère",
        "régénérer", "une autre image", "un autre essai", "nouvel essai", "une autre graine",
        "nouvelle graine", "un autre seed", "nouveau seed",
    ),
    vary=(
        "varier", "varie", "varie un peu", "varier un peu", "un peu différent", "variation",
        "une variation", "variations", "des variations", "variante", "une variante", "variantes",
        "des variantes", "fais une variation", "fais une variante", "fais des variations",
        "fais des variantes", "montre des variations", "montre des variantes", "montre-moi des variations",
        "montre-moi des variantes",
    ),
    remix=("varier beaucoup", "varie beaucoup", "très différent", "complètement différent"),
    upscale=("augmente la résolution", "augmenter la résolution"),
    recompose=("garder la composition", "garde la composition"),
    question=(
        "infos", "quelle graine", "quelle est la graine", "quel seed", "quel est le seed", "quel modèle",
        "quel est le modèle", "quel prompt", "quel est le prompt",
    ),
    ability=(
        "que sais-tu faire", "que peux-tu faire", "tu peux faire quoi", "tu sais faire quoi",
        "qu'est-ce que tu peux faire", "qu'est-ce que tu sais faire", "que puis-je dire",
        "que puis-je faire", "comment ça marche", "aide", "aide-moi",
    ),
    delete=(
        "supprimer", "supprime l'image", "supprime cette image", "supprimer l'image",
        "supprimer cette image", "efface cette image",
    ),
    report=(
        "signaler", "signale cette image", "signaler cette image", "signaler l'image",
        "je veux signaler cette image",
    ),
    favourite=(
        "favori", "en favori", "ajoute aux favoris", "ajouter aux favoris", "mets en favori",
        "enregistre l'image", "enregistre cette image",
    ),
    thread=(
        "nouveau fil", "un nouveau fil", "ouvre un nouveau fil", "continue dans un nouveau fil",
    ),
    history=(
        "historique", "l'historique", "montre l'historique", "montre-moi l'historique",
        "montre toutes les images",
    ),
    choose=(
        "numéro {n}", "le numéro {n}", "prends {n}", "choisis {n}", "prends le numéro {n}",
        "choisis le numéro {n}", "la {n}", "prends la {n}", "choisis la {n}", "la {nth}", "le {nth}",
        "prends la {nth}", "prends le {nth}", "choisis la {nth}", "choisis le {nth}", "je prends la {nth}",
        "je veux la {nth}",
    ),
    numbers=("un", "deux", "trois", "quatre"),
    ordinals=(
        ("première", "premier", "1re", "1ère", "1er"), ("deuxième", "seconde", "second", "2e", "2ème"),
        ("troisième", "3e", "3ème"), ("quatrième", "4e", "4ème"),
    ),
    then=("et", "mais", "puis"),
    having=("avec",),
    because=("parce que",),
    reasons=(
        "avant", "beau", "bien", "bof", "c'est", "c'était", "ce", "clic", "dommage", "drôle", "du",
        "désolé", "désolée", "erreur", "est", "fait", "faux", "j'aimais", "j'aime", "je", "joli", "jolie",
        "l'ancien", "l'ancienne", "la", "laid", "le", "les", "ma", "mal", "mauvais", "mauvaise", "mieux",
        "moche", "mon", "n'aime", "non", "oups", "parce", "pardon", "pas", "pire", "plus", "qu'il", "que",
        "raté", "ratée", "rien", "si", "tout", "trop", "très", "va", "voulais", "vraiment", "ça", "était",
    ),
    sighs=(
        "oh", "ah", "euh", "hm", "bah", "ben non", "mince", "zut", "oups", "merde", "attends", "non",
        "non merci", "oui", "lol", "haha", "pardon", "désolé", "désolée",
    ),
    refusals=("bon", "ben", "en fait", "finalement"),
    undo_places=("en arrière", "un pas en arrière"),
    polite=("s'il te plaît", "s'il vous plaît", "stp", "svp", "maintenant", "d'accord"),
    greetings=(
        "bonjour", "bonsoir", "salut", "coucou", "bonne nuit", "bonne journée", "bonne soirée", "au revoir",
        "à bientôt",
    ),
    thanks=("merci", "merci bien", "mille mercis", "un grand merci", "encore merci"),
    to_all=("tous", "toutes", "à tous", "à toutes", "tout le monde", "à tout le monde", "les amis"),
    mood=("beaucoup", "infiniment", "encore", "à toi", "à vous", "ça suffit", "c'est bon", "c'est tout"),
    praise=(
        "beau", "belle", "joli", "jolie", "magnifique", "superbe", "super", "parfait", "génial", "cool",
        "adorable", "mignon", "bravo", "excellent", "adore", "aime", "splendide", "top",
    ),
    around_praise=(
        "oh", "ah", "ouah", "waouh", "wow", "haha", "c'est", "est", "que", "ça", "trop", "très", "vraiment",
        "tellement", "j'adore", "je", "l'", "beaucoup", "si", "comme", "bien", "le", "résultat",
    ),
)  # fmt: skip
