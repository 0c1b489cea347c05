"""The features of the bot: the modules of `bot.cogs` that are loaded, in this order."""

FEATURES = (
    "errors",
    "imagine",
    "style",
    "from_picture",
    "describe",
    "listen",
    "refine",
    "controls",
    "more",
    "new_thread",
    "history",
    "undo_redo",
    "feedback",
    "report",
    "privacy",
    "settings",
    "admin",
    "help",
    "catch_up",
    "permissions",
)
