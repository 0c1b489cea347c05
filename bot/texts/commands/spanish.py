"""Commands, greetings and thanks in Spanish."""

from bot.texts.commands.words import CommandWords

SPANISH = CommandWords(
    undo=(
        "deshacer", "deshaz", "deshazlo", "deshaz eso", "deshaz el último cambio",
        "deshacer el último cambio", "atrás", "volver", "vuelve atrás", "volver atrás", "ir atrás",
        "ve atrás", "un paso atrás", "vuelve un paso atrás", "un paso hacia atrás", "paso anterior",
        "imagen anterior", "vuelve a la anterior", "vuelve a la imagen anterior", "como antes",
        "déjalo como antes", "déjalo como estaba", "revertir", "revierte", "revierte eso",
    ),
    undo_more=(
        "{n} pasos atrás", "vuelve {n} pasos atrás", "ve {n} pasos atrás", "{n} pasos hacia atrás",
        "deshaz {n} veces", "deshaz x{n}", "deshaz los últimos {n} cambios",
        "deshacer los últimos {n} cambios", "deshaz los {n} últimos cambios", "deshaz los últimos {n} pasos",
        "{n} imágenes atrás", "vuelve {n} imágenes atrás",
    ),
    undo_twice=("deshaz los dos", "deshaz los dos cambios", "deshaz ambos"),
    before=(
        "vuelve a antes de {x}", "vuelve a antes del {x}", "volver a antes de {x}",
        "volver a antes del {x}", "imagen antes de {x}", "imagen antes del {x}", "la de antes de {x}",
        "la de antes del {x}", "como antes de {x}", "como antes del {x}", "mejor antes de {x}",
        "mejor antes del {x}", "gustaba más antes de {x}", "gustaba más antes del {x}",
        "prefería antes de {x}", "prefería antes del {x}", "antes de {x} era mejor",
        "antes del {x} era mejor", "antes de {x} estaba mejor", "antes del {x} estaba mejor",
    ),
    showing=(
        "la imagen con {x}", "la versión con {x}", "la que tenía {x}", "vuelve al {x}", "volver al {x}",
    ),
    around_earlier=(
        "vuelve", "volver", "a", "la", "imagen", "era", "estaba", "me", "gustaba", "más", "prefería",
        "justo", "ah", "oh",
    ),
    undo_step=(
        "deshaz {x}", "deshacer {x}", "deshaz lo de {x}", "deshaz lo del {x}", "revierte {x}", "olvida {x}",
    ),
    articles=("el", "la", "los", "las", "un", "una", "unos", "unas", "de", "del"),
    happened=(
        "que", "lo", "se", "añadir", "añadieras", "añadiera", "agregar", "agregaras", "poner", "pusieras",
        "hubiera", "llegara", "cambio",
    ),
    lost=("quitar", "quitaras", "quitara", "borrar", "borraras", "desapareciera", "eliminar"),
    may_ask=("puedes", "podemos", "puede", "podrías", "podríamos"),
    redo=(
        "rehacer", "un paso adelante", "un paso hacia adelante", "avanza un paso", "restablecer",
        "restablece",
    ),
    restart=(
        "empezar de nuevo", "empieza de nuevo", "empecemos de nuevo", "empezar otra vez",
        "empieza otra vez", "vuelve a empezar", "volver a empezar", "empezar de cero", "empieza de cero",
        "comenzar de nuevo", "comienza de nuevo", "desde el principio", "desde cero", "vuelve al principio",
        "volver al principio", "vuelve al inicio", "volver al inicio", "vuelve a la primera imagen",
        "volver a la primera imagen", "vuelve al original", "reiniciar", "reinicia",
    ),
    again=(
        "otra vez", "de nuevo", "una vez más", "hazlo otra vez", "hazlo de nuevo", "inténtalo de nuevo",
        "inténtalo otra vez", "prueba otra vez", "prueba de nuevo", "vuelve a intentarlo", "otro intento",
        "otra imagen", "regenerar", "regenera", "otra semilla", "nueva semilla", "otro seed", "nuevo seed",
    ),
    vary=(
        "variar", "varía", "varíalo", "varía un poco", "un poco diferente", "variación", "una variación",
        "variaciones", "variante", "una variante", "variantes", "haz una variación", "haz una variante",
        "haz variaciones", "haz variantes", "muestra variaciones", "muéstrame variaciones",
        "muéstrame variantes",
    ),
    remix=("variar mucho", "varía mucho", "muy diferente", "totalmente diferente"),
    upscale=("aumenta la resolución", "aumentar la resolución"),
    recompose=(
        "mantener composición", "mantener la composición", "mantén la composición",
        "conserva la composición",
    ),
    question=(
        "qué semilla", "cuál es la semilla", "qué seed", "cuál es el seed", "qué modelo",
        "cuál es el modelo", "qué prompt", "cuál es el prompt",
    ),
    ability=(
        "qué puedes hacer", "qué sabes hacer", "qué puedo decir", "qué puedo hacer", "cómo funciona",
        "cómo funciona esto", "ayuda", "ayúdame",
    ),
    delete=(
        "eliminar", "elimina la imagen", "elimina esta imagen", "eliminar la imagen",
        "borrar la imagen", "borra la imagen", "borra esta imagen",
    ),
    report=(
        "denunciar", "denuncia esta imagen", "denunciar esta imagen", "denunciar la imagen",
        "quiero denunciar esta imagen", "reportar", "reportar esta imagen",
    ),
    favourite=(
        "favorita", "favorito", "a favoritos", "añade a favoritos", "añadir a favoritos",
        "guarda la imagen", "guarda esta imagen",
    ),
    thread=(
        "nuevo hilo", "un nuevo hilo", "abre un nuevo hilo", "sigue en un nuevo hilo",
    ),
    history=(
        "historial", "el historial", "muestra el historial", "muéstrame el historial",
        "muestra todas las imágenes",
    ),
    choose=(
        "número {n}", "el número {n}", "la número {n}", "elige {n}", "elige el número {n}", "la {n}",
        "elige la {n}", "escoge la {n}", "toma la {n}", "la {nth}", "el {nth}", "elige la {nth}",
        "elige el {nth}", "escoge la {nth}", "toma la {nth}", "quiero la {nth}", "me quedo con la {nth}",
    ),
    numbers=("uno", "dos", "tres", "cuatro"),
    # without "cuarto": "el cuarto" is a room as well
    ordinals=(
        ("primera", "primero", "1ª", "1º"), ("segunda", "segundo", "2ª", "2º"),
        ("tercera", "tercero", "3ª", "3º"), ("cuarta", "4ª", "4º"),
    ),
    then=("y", "pero", "luego"),
    having=("con",),
    because=("porque",),
    reasons=(
        "antes", "asi", "así", "bien", "bonita", "bonito", "clic", "cosa", "de", "el", "ella", "era",
        "error", "es", "eso", "estaba", "esto", "está", "fea", "feo", "gusta", "gustaba", "ha", "horrible",
        "la", "lo", "mal", "mala", "malo", "me", "mejor", "mi", "mucho", "muy", "más", "nada", "no", "peor",
        "perdon", "perdón", "porque", "que", "rara", "raro", "salio", "salió", "se", "siento", "sí", "tan",
        "todo", "un", "una", "ups",
    ),
    sighs=(
        "oh", "oh no", "ay", "ay no", "ah", "eh", "uy", "uf", "hm", "mm", "ups", "vaya", "espera",
        "no espera", "no no", "no gracias", "sí", "jaja", "jajaja", "perdón",
    ),
    refusals=("no", "nop", "bueno", "en realidad"),
    undo_places=("atrás", "un paso atrás", "un paso hacia atrás"),
    polite=("por favor", "porfa", "porfavor", "ahora", "vale"),
    greetings=(
        "hola", "buenas", "buenos días", "buenas tardes", "buenas noches", "adiós", "hasta luego",
        "hasta mañana",
    ),
    thanks=("gracias", "muchas gracias", "mil gracias", "muchísimas gracias"),
    to_all=("todos", "todas", "a todos", "a todas", "chicos", "chicas", "gente", "amigos"),
    mood=(
        "de nuevo", "otra vez", "por todo", "de verdad", "eso es todo",
        "es suficiente", "así está bien",
    ),
    praise=(
        "bonito", "bonita", "lindo", "linda", "hermoso", "hermosa", "precioso", "preciosa", "genial",
        "perfecto", "increíble", "guay", "bravo", "excelente", "encanta", "gusta", "maravilloso", "chulo",
        "fantástico",
    ),
    around_praise=(
        "oh", "ah", "ay", "guau", "wow", "jaja", "qué", "que", "es", "está", "esto", "eso", "me", "muy",
        "tan", "quedó", "ha", "quedado", "realmente", "mucho", "lo", "se", "ve",
    ),
)  # fmt: skip
