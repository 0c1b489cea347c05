"""How long, and when: the spans of time that refusals speak of."""

from bot.i18n import Text

SOON = Text("in a few minutes", "in ein paar Minuten")
IN_A_MOMENT = Text("in a moment", "gleich")
IN_MINUTES = Text("in about {minutes} minutes", "in etwa {minutes} Minuten")

# After "within".
AN_HOUR = Text("an hour", "einer Stunde")
A_DAY = Text("a day", "eines Tages")
