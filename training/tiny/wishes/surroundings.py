"""Wishes about place, time, weather and season, style and beauty, and what shall not be."""

from __future__ import annotations

from model.tiny import words
from model.tiny.changes import prettier
from model.tiny.drafts import Draft, meaning
from training.tiny.wishes.kinds import Worded, seen
from training.tiny.wishes.voice import Voice, patterns

Rows = tuple[tuple[str, str, str], ...]
"""(as the prompt says it, ways to ask in English, in German), the ways with a slash between."""

TIMES: Rows = (
    ("at night", "night/nighttime/dark/night time", "Nacht/nachts/dunkel"),
    ("at midnight", "midnight/the middle of the night", "Mitternacht"),
    ("under the stars", "a starry night/starry", "eine Sternennacht/sternenklar"),
    ("in the moonlight", "moonlight/moonlit", "Mondlicht/Mondschein"),
    ("at sunset", "sunset/a sunset", "Sonnenuntergang/ein Sonnenuntergang"),
    ("at dusk", "dusk/twilight", "Dämmerung/Abenddämmerung"),
    ("in the evening", "evening/late in the day", "Abend/abends"),
    ("at golden hour", "golden hour/the golden hour", "goldene Stunde/die goldene Stunde"),
    ("at sunrise", "sunrise/early morning", "Sonnenaufgang/Morgenrot"),
    ("at dawn", "dawn/daybreak", "Morgengrauen/Morgendämmerung"),
    ("during the day", "day/daytime/daylight/bright day", "Tag/tagsüber/hell/Tageslicht"),
    ("at noon", "noon/midday", "Mittag/mittags"),
    ("on a sunny day", "sunny/a sunny day", "sonnig/ein sonniger Tag"),
)
WEATHERS: Rows = (
    ("in the rain", "rain/rainy/raining/wet", "Regen/regnerisch/Regenwetter"),
    ("in the pouring rain", "pouring/pouring rain/heavy rain", "starker Regen/Platzregen"),
    ("in a storm", "stormy/a storm/a thunderstorm", "Sturm/stürmisch/ein Gewitter"),
    ("in falling snow", "snow/snowy/snowing", "Schnee/verschneit/Schneefall"),
    ("in a snowstorm", "a snowstorm/a snow storm", "Schneesturm/ein Schneesturm"),
    ("in a blizzard", "a blizzard/blizzard", "Blizzard/ein Blizzard"),
    ("in the fog", "fog/foggy/hazy", "Nebel/neblig"),
    ("in thick fog", "thick fog/dense fog/really foggy", "dichter Nebel/sehr neblig"),
    ("in the mist", "mist/misty", "Dunst/dunstig"),
    ("under a clear sky", "a clear sky/clear skies/no clouds", "klarer Himmel/wolkenlos"),
    ("in fine weather", "nice weather/good weather/fine weather", "schönes Wetter/gutes Wetter"),
)
SEASONS: Rows = (
    ("in falling snow", "winter/wintertime/christmas time/january", "Winter/Winterzeit/Weihnachten/Januar"),
    ("", "summer/summertime/july", "Sommer/Sommerzeit/Juli"),
    ("", "spring/springtime", "Frühling/Frühjahr"),
)
PLACES: Rows = (
    ("in a meadow", "in a meadow/on a meadow/out in the grass", "auf einer Wiese/auf die Wiese/im Gras"),
    ("in a forest", "in a forest/in the forest/in the woods", "im Wald/in einem Wald/in den Wald"),
    ("in a park", "in a park/in the park", "im Park/in den Park"),
    ("in a garden", "in a garden/in the garden", "im Garten/in einem Garten"),
    ("in the countryside", "in the countryside/out in the country", "auf dem Land/auf dem Lande"),
    ("on a beach", "on a beach/at the beach/on the beach/at the seaside", "am Strand/an den Strand"),
    ("on the coast", "on the coast/at the coast", "an der Küste/an die Küste"),
    ("in the desert", "in the desert/in a desert/in the sahara", "in der Wüste/in die Wüste"),
    ("in the dunes", "in the dunes/in sand dunes", "in den Dünen/in die Dünen"),
    ("in a city", "in a city/in the city/in town", "in der Stadt/in einer Stadt/in die Stadt"),
    ("on a street", "on a street/on the street/in the street", "auf der Straße/auf die Straße"),
    ("downtown", "downtown/in the city centre", "in der Innenstadt/mitten in der Stadt"),
    ("in the mountains", "in the mountains/up in the mountains", "in den Bergen/in die Berge/im Gebirge"),
    ("in the alps", "in the alps", "in den Alpen/in die Alpen"),
    ("at sea", "at sea/out at sea/in the sea", "auf See/im Meer/ins Meer"),
    ("on the ocean", "on the ocean/in the ocean", "auf dem Ozean/auf dem Meer"),
    ("on a lake", "on a lake/on the lake", "auf einem See/auf dem See"),
)
STYLES: Rows = (
    ("watercolor", "a watercolour/watercolor/a watercolor painting/water colours",
     "ein Aquarell/Aquarell/mit Wasserfarben gemalt"),
    ("pixel art", "pixel art/pixels/8bit/a retro game", "Pixel Art/Pixelkunst/Pixelgrafik"),
    ("pencil sketch", "a sketch/a pencil sketch/a drawing/a pencil drawing/sketched",
     "eine Skizze/eine Bleistiftzeichnung/eine Zeichnung/skizziert"),
    ("neon art", "neon/neon art/neon lights/glowing neon", "Neon/Neonkunst/Neonlichter/neonfarben"),
    ("cyberpunk", "cyberpunk/cyber punk", "Cyberpunk/cyberpunkig"),
    ("synthwave", "synthwave/80s synthwave", "Synthwave/80er Synthwave"),
    ("flat illustration", "a flat illustration/flat/a simple illustration", "eine flache Illustration/flach"),
    ("vector art", "vector art/a vector graphic/vector style", "Vektorgrafik/eine Vektorgrafik"),
)  # fmt: skip

TIME = patterns(
    """
    !(make|let) it (be|) {w}
    {w} (please|now|instead|)
    !(change|switch|set) (the time|it|time of day) to {w}
    it (should be|is|must be|could be) {w} (now|)
    (i want|i'd like|id prefer) {w}
    what if it (was|were) {w}?
    (same but|same thing but|but|now|the same at) {w}
    {w} (mood|light|vibes|atmosphere)
    !turn it into {w}
    (how about|what about|maybe|lets do|let's try) {w}?
    time: {w}
    (everything|all) at {w}
    """,
    """
    !mach/machen es {w}
    mach {w} draus
    {w} (bitte|jetzt|stattdessen|)
    es (soll|sollte|muss) {w} sein
    (ich will|ich hätte gern|lieber) {w}
    was wäre, wenn es {w} wäre?
    (das gleiche bei|dasselbe, aber|jetzt|aber) {w}
    (wie wär's mit|vielleicht) {w}?
    Tageszeit: {w}
    !stell_um/umstellen (die Zeit|es) auf {w}
    """,
)
WEATHER = patterns(
    """
    !(make|let) it (be|) {w}
    {w} (please|now|instead|)
    !(add|bring) (some|) {w}
    it should be {w}
    (i want|i'd like|we need|give me) (some|) {w}
    (with|in|but with|same but) {w}
    !change the weather to {w}
    weather: {w}
    what if (there was|it was|we had) {w}?
    {w} (would be nice|would look great|vibes|weather)
    (how about|what about|maybe) {w}?
    """,
    """
    !mach/machen es {w}
    {w} (bitte|jetzt|)
    es soll {w} sein
    (ich will|ich hätte gern|wir brauchen) {w}
    (mit|bei|das gleiche mit) {w}
    !änder/ändern das Wetter in {w}
    Wetter: {w}
    (wie wär's mit|vielleicht) {w}?
    {w} wäre schön
    """,
)
FALLING = patterns(
    """
    !let it {verb}
    it should {verb}
    it (has to|must|could) {verb}
    i want it to {verb}
    !make it {verb}
    """,
    """
    es soll {verb}
    es (muss|sollte|könnte) {verb}
    ich will, dass es {verb_third}
    """,
)
SEASON = patterns(
    """
    !make it {w}
    {w} (please|now|instead|)
    it should be {w}
    (in|but in|same in|the same in) {w}
    (what if it was|what about|how about) {w}?
    !(turn|change) it into {w}
    season: {w}
    (i want|lets have) {w}
    """,
    """
    !mach/machen es (zu|zum|) {w}
    {w} (bitte|jetzt|)
    es soll {w} sein
    (im|das gleiche im|aber im) {w}
    wie wär's mit {w}?
    Jahreszeit: {w}
    was wäre, wenn {w} wäre?
    """,
)
PLACE = patterns(
    """
    {w} (please|instead|now|)
    !(put|place|move|set) (it|everything|the scene|this) {w}
    it should be {w}
    (i want it|i'd like it|make it happen|let it be|but) {w}
    (same|the same thing|same pic) (but|) {w}
    what if (it|this|all of this) was {w}?
    (scene|place|background|bg): {w}
    !change the (place|bg|background|location): {w}
    (take|bring) (it|us) somewhere else: {w}
    (how about|what about|maybe) {w}?
    !make it {w}
    """,
    """
    {w} (bitte|jetzt|)
    !(setz/setzen|verleg/verlegen|mach/machen) (es|alles|das Ganze) {w}
    (das soll|es soll|alles soll) {w} sein
    (ich will es|ich hätte es gern|lieber) {w}
    (das gleiche|dasselbe), (aber|nur) {w}
    was wäre, wenn das {w} wäre?
    (Hintergrund|Ort): {w}
    wie wär's {w}?
    """,
)
STYLE = patterns(
    """
    !(make|draw|paint|do|render) it (as|like|in the style of) {w}
    (as|like) {w} (please|)
    {w} (style|look|version|please|)
    !turn it into {w}
    !(change|switch|set) the style to {w}
    (i want|i'd like|id love) (it as|it like|) {w}
    it should (look|be) like {w}
    (in|in a) {w} style
    style: {w}
    (can this be|what about|how about) {w}?
    now (as|) {w}
    what would it look like as {w}?
    !make it {w}
    """,
    """
    !(mach/machen|mal/malen|zeichne/zeichnen) es (wie|als) {w}
    (wie|als) {w} (bitte|)
    {w} (bitte|)
    es soll (aussehen wie|wie) {w}
    im Stil: {w}
    !änder/ändern den Stil in {w}
    (ich will|ich hätte gern) (es als|) {w}
    Stil: {w}
    (jetzt|das Ganze) als {w}
    wie wär's als {w}?
    """,
)
UNSTYLE = patterns(
    """
    !(remove|drop|delete|undo|lose|take away) the style
    no (special|fancy|) style (please|)
    without (the|any|that) style
    !(make|draw) it (normal|plain) again
    i don't (like|want) (the|that|this) style
    normal style (please|)
    """,
    """
    !(entfern/entfernen|lösch/löschen) den Stil
    ohne (den|besonderen|) Stil
    kein (besonderer|) Stil (bitte|)
    ich mag den Stil nicht
    !mach_weg/wegmachen den Stil
    """,
)
QUALITY = patterns(
    """
    !make it (prettier|nicer|more beautiful|better|look better|more beautiful pls|fancier|cooler)
    (prettier|nicer|better|more beautiful|more wow|fancier) (please|)
    !(improve|beautify|polish|enhance|upgrade) (it|this|the picture|the pic)
    (it|this) could (be|look) (nicer|better|prettier)
    more (quality|detail|details|beauty|polish)
    !(give it|add) (some|more|a little) (love|magic|wow|polish)
    i want it (nicer|more beautiful|prettier)
    a bit (boring|dull), make it better
    higher quality (please|)
    """,
    """
    !mach/machen es (schöner|hübscher|besser|cooler)
    (schöner|hübscher|besser) (bitte|)
    !(verbesser/verbessern|verschöner/verschönern) (es|das Bild)
    das (könnte|sollte) (schöner|besser) (sein|aussehen)
    mehr (Qualität|Details|Zauber)
    etwas langweilig, (mach es|bitte) schöner
    ich will es (schöner|hübscher)
    """,
)
NO = patterns(
    """
    no {w} (please|anymore|at all|)
    !(remove|stop|drop|get rid of|take away) the {w}
    without (the|any|) {w}
    i (don't|dont|do not) (want|like|need) (the|any|) {w}
    w/o {w}
    less {w}, actually none
    (enough|too much) {w}
    {w} (away|gone|should stop|has to go)
    there shouldn't be any {w}
    the {w} is annoying
    not so much {w}, none (please|)
    """,
    """
    (ohne|bitte ohne) {w}
    {kein} {w} (bitte|mehr|)
    (der {w} soll|{w} soll) (weg|aufhören)
    ich (will|mag) {kein_acc} {w} (mehr|)
    weg mit dem {w}
    !(entfern/entfernen|nimm_weg/wegnehmen) den {w}
    der {w} nervt
    """,
)
NOT_BUT = patterns(
    """
    not {had} but {w}
    {w}, not {had}
    {w} instead of {had}
    no {had}, {w} (please|)
    (rather|better) {w} than {had}
    not {had}! {w}!
    """,
    """
    nicht {had}, sondern {w}
    {w} statt {had}
    (lieber|besser) {w} als {had}
    kein {had}, {w} bitte
    """,
)
_PRECIPITATION = {
    "rain": ("rain", "Regen", "kein", "keinen"),
    "snow": ("snow", "Schnee", "kein", "keinen"),
    "fog": ("fog", "Nebel", "kein", "keinen"),
}


def _asked(voice: Voice, rows: Rows) -> tuple[str, str]:
    phrase, english, german = voice.rng.choice(rows)
    return phrase, voice.rng.choice((english if voice.language == "en" else german).split("/"))


def time(voice: Voice, draft: Draft) -> Worded | None:
    """Another time of day."""
    phrase, asked = _asked(voice, TIMES)
    if meaning(words.TIME_WORDS, phrase) == seen(draft).time:
        return None
    return voice.pick(TIME, w=asked), draft.saying("time", phrase)


def weather(voice: Voice, draft: Draft) -> Worded | None:
    """Another weather."""
    if voice.chance(0.2):
        verb, german, third, phrase = voice.rng.choice(
            (("rain", "regnen", "regnet", "in the rain"), ("snow", "schneien", "schneit", "in falling snow"))
        )
        if meaning(words.WEATHER_WORDS, phrase) == seen(draft).weather:
            return None
        said = verb if voice.language == "en" else german
        return voice.pick(FALLING, verb=said, verb_third=third), draft.saying("weather", phrase)
    phrase, asked = _asked(voice, WEATHERS)
    if meaning(words.WEATHER_WORDS, phrase) == seen(draft).weather:
        return None
    return voice.pick(WEATHER, w=asked), draft.saying("weather", phrase)


def season(voice: Voice, draft: Draft) -> Worded | None:
    """Winter is snow; summer and spring take snow, rain and fog away. A snowy place has no summer."""
    phrase, asked = _asked(voice, SEASONS)
    after = draft.saying("weather", phrase)
    snowy_place = "snow" in draft.said("place") or "snow" in draft.subject
    if seen(after).weather == seen(draft).weather or (not phrase and snowy_place):
        return None
    return voice.pick(SEASON, w=asked), after


def place(voice: Voice, draft: Draft) -> Worded | None:
    """Another place; an empty picture is then named by it."""
    phrase, asked = _asked(voice, PLACES)
    if meaning(words.PLACE_WORDS, phrase) == seen(draft).place or not draft.things:
        return None
    return voice.pick(PLACE, w=asked), draft.saying("place", phrase)


def style(voice: Voice, draft: Draft) -> Worded | None:
    """Another style, or none."""
    now = seen(draft).style
    if now != "flat" and voice.chance(0.2):
        return voice.pick(UNSTYLE), draft.styled("")
    phrase, asked = _asked(voice, STYLES)
    if meaning(words.STYLE_WORDS, phrase) == now:
        return None
    return voice.pick(STYLE, w=asked), draft.styled(phrase)


def quality(voice: Voice, draft: Draft) -> Worded | None:
    """More beauty: the first two quality words that are missing."""
    after = prettier(draft)
    return None if after == draft else (voice.pick(QUALITY), after)


def negation(voice: Voice, draft: Draft) -> Worded | None:
    """The weather shall stop, or it shall be another time or weather than it is."""
    scene = seen(draft)
    column = 1 if voice.language == "en" else 2
    if scene.weather in _PRECIPITATION and voice.chance(0.7):
        said = _PRECIPITATION[scene.weather]
        clause = voice.pick(NO, w=said[column - 1], kein=said[2], kein_acc=said[3])
        return clause, draft.saying("weather", "")
    had = {"day": ("day", "Tag"), "sunset": ("sunset", "Sonnenuntergang"), "night": ("night", "Nacht")}
    row = voice.rng.choice([r for r in TIMES if meaning(words.TIME_WORDS, r[0]) != scene.time])
    clause = voice.pick(NOT_BUT, had=had[scene.time][column - 1], w=row[column].split("/")[0])
    return clause, draft.saying("time", row[0])
