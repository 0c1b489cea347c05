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
