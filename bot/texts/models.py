"""What people read when a model ([models]) or its LoRAs cannot be had."""

from bot.i18n import Text

THE_LORAS = Text("The LoRA", "Das LoRA")
A_MIX = Text(
    "{names}, also several with weights, as in `name:0.6 + other`",
    "{names}, auch mehrere mit Gewichten, wie in `name:0.6 + anderes`",
)
MODEL_NOT_HERE = Text(
    "The model {model} is not for this channel, or not for your roles. `/imagine` offers those that are.",
    "Das Modell {model} ist nicht für diesen Kanal oder nicht für deine Rollen. `/imagine` bietet die "
    "anderen an.",
)
MODEL_QUOTA_USED_UP = Text(
    "You have had {limit} pictures with {model} within {span}. The next one is free {frees}; other models go "
    "on as before.",
    "Du hattest {limit} Bilder mit {model} innerhalb {span}. Das nächste gibt es {frees}; andere Modelle "
    "gehen weiter wie bisher.",
)
NOT_SO_LARGE = Text(
    "I cannot make it {times} times larger: pictures have at most {limit} pixels a side here, and more than "
    "twice as large takes an upscaler.",
    "{times}-mal größer geht nicht: Bilder haben hier höchstens {limit} Pixel je Seite, und mehr als doppelt "
    "so groß braucht einen Upscaler.",
)
MODEL_STAYS = Text(
    "A conversation keeps its model and its LoRAs. `/imagine` begins one with others.",
    "Eine Unterhaltung bleibt bei ihrem Modell und dessen LoRAs. `/imagine` beginnt eine mit anderen.",
)
