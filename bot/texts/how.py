"""Settings that people say with their words, and the words that they keep: what is answered to both."""

from bot.i18n import Text

UNKNOWN_FLAGS = Text(
    "I do not know {flags} and left it out. I know `--ar 3:2`, `--no people`, `--seed 7`, `--steps 20`, "
    "`--cfg 5`, `--style x`, `--sampler x`, `--count 2`, `--model x`, `--lora x:0.6` and `--exact`.",
    "{flags} kenne ich nicht und habe es weggelassen. Ich kenne `--ar 3:2`, `--no people`, `--seed 7`, "
    "`--steps 20`, `--cfg 5`, `--style x`, `--sampler x`, `--count 2`, `--model x`, `--lora x:0.6` und "
    "`--exact`.",
)
INFO_SCHEDULER = Text("**Scheduler** {name}", "**Scheduler** {name}")
INFO_STYLE = Text("**Style** {name}", "**Stil** {name}")
INFO_COMMAND = Text(
    "**Copy as command**\n```\n{command}\n```", "**Als Befehl kopieren**\n```\n{command}\n```"
)

KNOWN_LISTS = Text("Yours and the server's: {names}.", "Deine und die des Servers: {names}.")
NO_LISTS = Text("You and this server keep none yet.", "Du und dieser Server haben noch keine.")
KEPT = Text("🏷️ Kept: **{name}** ({kind}): {words}", "🏷️ Gemerkt: **{name}** ({kind}): {words}")
HOW_TO_USE = {
    "style": Text(
        "Choose it as `style` of `/imagine`, or write `--style {name}` behind your words.",
        "Wähl ihn als `stil` von `/imagine`, oder schreib `--style {name}` hinter deine Worte.",
    ),
    "prompt": Text(
        "Write `{{{name}}}` in a prompt, and it stands there.",
        "Schreib `{{{name}}}` in einen Prompt, und er steht dort.",
    ),
    "list": Text(
        "Write `{{{name}}}` in a prompt, and each picture gets one of these.",
        "Schreib `{{{name}}}` in einen Prompt, und jedes Bild bekommt eines davon.",
    ),
}
REMOVED = Text("🏷️ **{name}** is forgotten.", "🏷️ **{name}** ist vergessen.")
SHARED = Text(
    "🏷️ Everybody on this server can use **{name}** now.",
    "🏷️ Alle auf diesem Server können **{name}** jetzt verwenden.",
)
SHARED_NO_MORE = Text("🏷️ **{name}** is yours alone again.", "🏷️ **{name}** gehört wieder dir allein.")
NOTHING_KEPT = Text(
    "Nothing is kept yet. `/style add` keeps words by a name: a style for the option style, a saved prompt "
    "or a list for `{{name}}` in a prompt.",
    "Noch ist nichts gemerkt. `/style add` merkt sich Worte unter einem Namen: einen Stil für die Option "
    "stil, einen Prompt oder eine Liste für `{{name}}` in einem Prompt.",
)
LIST_HEAD = Text("🏷️ **Words that you can use here**", "🏷️ **Worte, die du hier verwenden kannst**")
LIST_LINE = Text("{kind} **{name}**{shared}: {words}", "{kind} **{name}**{shared}: {words}")
LIST_SHARED = Text(" (the server's)", " (des Servers)")
LIST_MORE = Text("… and {count} more", "… und {count} weitere")
KINDS = {
    "style": Text("style", "Stil"),
    "prompt": Text("saved prompt", "gemerkter Prompt"),
    "list": Text("list", "Liste"),
}
