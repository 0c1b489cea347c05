"""What /describe answers: a picture in words."""

from bot.i18n import Text

READINGS = Text(
    "**What I see in it{which}.** Copy the words, or let me paint them:",
    "**Das sehe ich darin{which}.** Kopiere die Worte, oder lass mich sie malen:",
)
PAINT = Text("Paint {number}", "Male {number}")
