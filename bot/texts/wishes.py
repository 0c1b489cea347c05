"""Words of instructions that say how much of a picture they are about, in every language the bot speaks.

Read by `bot.domain.unasked` and `bot.domain.ways`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.i18n import Language

WHOLE_PICTURE = frozenset(
    """all everything everywhere whole entire overall scene picture image photo style look mood atmosphere
    light lighting background setting place location season weather time
    night day daytime noon midday midnight dawn dusk morning evening sunset sunrise sunny dark darker bright
    brighter rain rainy snow snowy fog foggy mist misty storm stormy cloudy winter summer spring autumn fall
    wintry blizzard snowstorm thunderstorm
    feeling feel vibe vibes tone gloomy moody mysterious spooky scary eerie cozy cosy dreamy magical epic
    dramatic cheerful happy sad calm peaceful romantic lonely festive cinematic
    watercolor watercolour aquarelle synthwave cyberpunk
    sketch drawing painting cartoon comic anime realistic photorealistic pixel neon flat
    abstract minimalist vintage retro monochrome colorful colourful
    nicer better prettier beautiful beautify simple simpler simplify shorter detailed detail details
    alles alle überall ganz ganze ganzen szene bild foto stil stimmung licht hintergrund ort jahreszeit wetter
    nacht tag tags mittag mitternacht morgen abend sonnenuntergang sonnenaufgang sonnig dunkel dunkler hell
    gefühl düster geheimnisvoll gruselig unheimlich gemütlich verträumt magisch fröhlich traurig ruhig
    friedlich romantisch einsam festlich
    heller regen regnerisch schnee verschneit nebel neblig sturm winter sommer frühling herbst aquarell skizze
    zeichnung gemälde schöner hübscher besser einfacher bunt bunter""".split()  # noqa: SIM905
)
"""Wishes for the whole picture, after which any word may go: everything, its style, time, weather, place."""

EARLIER = frozenset(
    """undo redo back before again earlier previous previously original originally first meant mean other
    others both them those rest except only just but instead swap exchange
    zurück rückgängig vorher wieder vorige vorherige ursprünglich erste ersten meinte meine andere anderen
    beide beiden rest außer nur sondern stattdessen tausche vertausche""".split()  # noqa: SIM905
)
"""Words that mean what was there before, or everything else; what they name is not in the instruction."""

CHANGING = frozenset(
    """make made turn change replace become into set let switch convert transform
    mach mache machen ändere ersetze verwandle werden wird""".split()  # noqa: SIM905
)
REPLACING = CHANGING | frozenset("to as in on at zu als im auf am".split())  # noqa: SIM905
"""With these the words that come stand for the ones that go."""

REMOVING = frozenset(
    """remove delete erase drop lose without no rid away out off gone minus less
    disappear vanish invisible
    entferne entfernen lösche löschen weg ohne raus kein keine keinen nicht weniger statt verschwinden
    verschwindet unsichtbar wegmachen wegnehmen rausnehmen kaputt""".split()  # noqa: SIM905
)
"""With these something is to go."""

ADDING = frozenset(
    """add include insert plus also another more additional
    ergänze füge hinzu dazu noch""".split()  # noqa: SIM905
)
"""After these nothing is to go."""

ANEW: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        Language.ENGLISH: (
            "anew", "from scratch", "start over", "start again", "begin again", "repaint", "redo it all",
            "new picture", "new image", "another picture", "completely different", "totally different",
            "entirely different", "different composition", "new composition", "different angle",
        ),
        Language.GERMAN: (
            "von vorn", "von vorne", "ganz neu", "neu malen", "neu anfangen", "fang neu an", "neues bild",
            "ein anderes bild", "ganz anders", "völlig anders", "komplett anders", "andere perspektive",
            "anderer blickwinkel", "neue komposition",
        ),
    }
)  # fmt: skip
"""Forms that ask for another picture, within an instruction; read by `bot.domain.ways`."""

TWO_PICTURES: Mapping[Language, str] = MappingProxyType(
    {
        Language.ENGLISH: (
            r"\b(this|these|it|him|her|them)\b.*\b(in|into|to|onto|on|over|beside|next to|behind|with)\b.*"
            r"\b(that|those|the (other|latest|last|current|newest))\b"
        ),
        Language.GERMAN: (
            r"\b(dies|diese|diesen|dieses|dieser|ihn|sie|es)\b.*\b(in|ins|auf|zu|zum|zur|neben|hinter|mit)\b.*"
            r"\b(jen\w+|(das|die|den|dem|der) (andere|letzte|neueste|aktuelle)n?)\b"
        ),
    }
)
"""Patterns of words about two pictures, the one that is replied to and the current one."""

STYLES = frozenset(
    """style styled stylized watercolor watercolour aquarelle oil gouache pastel charcoal ink sketch drawing
    painting illustration cartoon comic manga anime pixel voxel lowpoly render photo photograph
    photorealistic photographic realistic cinematic noir monochrome sepia vintage retro synthwave cyberpunk
    steampunk vaporwave impressionist impressionism cubist cubism surreal surrealism abstract minimalist neon
    flat claymation origami
    stil aquarell ölgemälde gemälde zeichnung skizze kohle tusche comicstil fotorealistisch realistisch
    schwarzweiß abstrakt minimalistisch knete""".split()  # noqa: SIM905
)
"""Words that name the look of a whole picture; read by `bot.domain.ways`."""

TIMES_AND_WEATHER = frozenset(
    """day daylight night nighttime midnight dawn dusk twilight morning noon evening sunrise sunset moonlight
    rain rainy raining snow snowy snowing snowfall fog foggy mist misty storm stormy thunderstorm cloudy
    overcast sunny winter spring summer autumn""".split()  # noqa: SIM905
)
"""Words of a prompt, which is English, that are about all of a picture; read by `bot.domain.ways`."""
