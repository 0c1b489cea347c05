"""How another weather or season is asked for."""

from __future__ import annotations

from training.tiny.wishes import surroundings_told as told
from training.tiny.wishes.voice import Patterns, patterns

WEATHER = patterns(
    """
    !make it {w}
    !let it be {w}
    {w} (please|now|instead|)
    !(add|bring|include) {w}
    it should be {w}
    (i want|i'd like|we need|give me) {w}
    (with|but with|same but with) {w}
    !change the weather to {w}
    weather: {w}
    what if (there was|it was|we had) {w}?
    {w} (would be nice|would look great)
    (how about|what about|maybe) {w}?
    (can|could) (we have|there be|i get) {w}?
    i (imagined|pictured|expected) {w}
    the forecast (says|said|promised) {w}
    weather forecast: {w}
    {w} is missing
    {w} would (make it|be) (better|perfect|moodier|cozier)
    (i'm|im) (more|) in the mood for {w}
    the weather should be {w}
    (i wish|if only) there was {w}
    {w} outside
    {w}, rest (stays|the same)
    weather = {w}
    """,
    """
    {w} (bitte|jetzt|)
    (da|draußen) soll {w} sein
    (ich will|ich hätte gern|wir brauchen) {w_acc}
    (mit|das gleiche mit|aber mit) {w_dat}
    !änder/ändern das Wetter in {w_acc}
    Wetter: {w}
    vielleicht {w}?
    wie wär's mit {w_dat}?
    {w} wäre schön
    (kann|könnte) da {w} sein?
    warum nicht (auch|) {w}?
    Wetterbericht: {w}
    der Wetterbericht sagt {w_acc}
    (da fehlt|es fehlt) (noch|) {w}
    draußen {w}
    {w}, (der Rest bleibt|sonst alles gleich)
    ich wünsche mir {w_acc}
    {w} würde (gut|super) passen
    mir wäre {w} lieber
    !stell_um/umstellen das Wetter auf {w_acc}
    """,
    told.WEATHER,
)
WEATHER_LOOKS = patterns(
    """
    !make it (more|really|all|) {w}
    {w} (please|now|instead|)
    it should be {w} (outside|there|)
    (can|could) it be {w} (please|)?
    why isn't it {w}?
    what if it was {w}?
    (same|same thing|same picture) but {w}
    i want it {w}
    i (imagined|pictured) it {w}
    a {w} (scene|version|mood) (please|)
    {w} weather (please|)
    the weather (should be|is) {w}
    it's {w} (outside|in my story|there)
    now {w}
    !let it be {w}
    {w} would be (nice|better|cooler)
    weather: {w}
    """,
    """
    !mach/machen es {w}
    {w} (bitte|jetzt|)
    es soll (draußen|) {w} sein
    (kann|könnte) es (bitte|) {w} sein?
    warum ist es nicht {w}?
    was wäre, wenn es {w} wäre?
    (das gleiche|dasselbe|alles gleich), (aber|nur) {w}
    ich (will es|hätte es gern) {w}
    ich hab mir das {w} vorgestellt
    Wetter: {w}
    das Wetter soll {w} sein
    draußen ist es {w}
    (jetzt|nun|lieber) {w}
    {w} wäre (schön|schöner|besser)
    (macht|mach) es (mal|bitte|doch|) {w}
    """,
    told.LOOKS,
)
"""How it is said with an adjective: `rainy`, `neblig`."""
FALLING = patterns(
    """
    !let it {verb}
    it should {verb}
    it (has to|must|could) {verb}
    i want it to {verb}
    !make it {verb}
    can it {verb}?
    why doesn't it {verb}?
    what if it started to {verb}?
    it should start to {verb}
    it (needs|ought) to {verb} (a little|a bit|)
    {verb} from the sky (please|)
    !let it {verb} and {verb} and {verb}
    i wish it would {verb}
    (outside|in the scene|there) it should {verb}
    """,
    """
    es soll {verb}
    es (muss|sollte|könnte) {verb}
    ich will, dass es {verb_third}
    !lass/lassen es {verb}
    (kann|könnte) es (bitte|mal|) {verb}?
    warum {verb_third} es nicht?
    es soll (mal|anfangen zu) {verb}
    was wäre, wenn es {verb_third}?
    mach dass es {verb_third}
    (draußen|da) soll es {verb}
    ich möchte, dass es {verb_third}
    es {verb_third} (gerade|jetzt|)
    """,
    told.FALLING,
)
WEATHER_SAYINGS: dict[str, Patterns] = {
    "in the rain": patterns(
        """
        (a|some|a bit of|light) drizzle (please|)
        !let it drizzle
        it should be drizzling
        (raindrops|rain drops) (please|everywhere|falling)
        i want to see raindrops
        umbrella weather (please|)
        it could be a bit wetter, some rain please
        !send some rain
        singing in the rain mood
        everything should get wet from the rain
        (it's so dry there|too dry), (let it rain|rain please)
        where's the rain? (i want some|let it rain)
        it'd be (nice|cozier|moodier) with raindrops
        """,
        """
        (Nieselregen|etwas Niesel|ein bisschen Niesel) (bitte|)
        es soll nieseln
        (Regentropfen|fallende Regentropfen) (bitte|)
        ich will Regentropfen sehen
        alles soll nass vom Regen sein
        Regenschirmwetter (bitte|)
        !schick/schicken mal Regen
        es könnte ein paar Tropfen regnen
        (viel zu trocken da|so trocken), (lass es regnen|Regen bitte)
        (wäre|wär) (schön|gemütlich|cool) mit Regentropfen
        wo bleibt der Regen? (lass es regnen|her damit)
        """,
    ),
    "in the pouring rain": patterns(
        """
        (it should be|its|i want it) (pouring|raining cats and dogs|bucketing down)
        !let it (pour|pour down|rain cats and dogs)
        (torrential|really heavy) rain
        rain like crazy
        the sky should open its floodgates
        """,
        """
        es soll (schütten|gießen|wie aus Eimern gießen|in Strömen regnen|Bindfäden regnen)
        !lass/lassen es (schütten|gießen|in Strömen regnen)
        es soll wie aus Kübeln schütten
        Regen ohne Ende, so richtig stark
        """,
    ),
    "in falling snow": patterns(
        """
        (snowflakes|flakes) (please|should fall|everywhere|in the air)
        i want (to see|) snowflakes
        !let the snow fall
        flakes of snow coming down
        it should be snowing (outside|gently|)
        frau holle style, snow falling
        (dreaming of a|make it a|i want a|we need a) white christmas
        let it snow let it snow let it snow
        !sprinkle some snow from the sky
        (where's|where is) the snow? (i want some|let it fall)
        it'd be (nice|cozier|cute) with snowflakes
        i miss the snow, let it fall
        """,
        """
        (Schneeflocken|Flocken) (bitte|sollen fallen|in der Luft)
        ich will Schneeflocken sehen
        Frau Holle soll die Betten schütteln
        leise rieselt der Schnee
        (ich will|ich wünsche mir|bitte) weiße Weihnachten
        !lass_fallen/fallen~lassen (ein paar|) Schneeflocken
        es soll (dicke Flocken|leise|heftig) schneien
        wo bleibt der Schnee? (her damit|lass es schneien)
        (wäre|wär) (schön|gemütlich|cool) mit Schneeflocken
        kannste es schneien lassen?
        """,
    ),
    "in the fog": patterns(
        """
        !(let|have) fog (roll|creep|drift) in
        (some|a bit of) fog around (it|everything)
        everything should be (wrapped|hidden|swallowed) in fog
        !wrap (it|everything) in fog
        silent hill style fog
        """,
        """
        !lass_aufziehen/aufziehen~lassen Nebel
        Nebel soll aufziehen
        alles soll im Nebel (liegen|verschwinden|stecken)
        !hüll/hüllen alles in Nebel
        (Nebelschwaden|ein paar Nebelschwaden) (bitte|)
        """,
    ),
    "under a clear sky": patterns(
        """
        not a (single|) cloud in the sky
        no clouds (please|at all|in the sky|)
        !clear (up|) the sky
        the sky should be (clear|cloudless)
        !let the sky clear up
        (blue|clear) sky without (any|) clouds
        """,
        """
        keine (einzige|) Wolke am Himmel
        der Himmel soll (klar|wolkenlos) sein
        (bitte|) kein Wölkchen am Himmel
        es soll aufklaren
        """,
    ),
    "in a storm": patterns(
        """
        (thunder and lightning|thunder|lightning) (please|)
        a storm should (rage|blow|come up)
        !let a storm (rage|brew|come)
        it should be storming
        !let it thunder
        """,
        """
        (Blitz und Donner|Donner und Blitz) (bitte|)
        es soll (stürmen|gewittern|blitzen und donnern)
        !lass/lassen es (stürmen|gewittern)
        ein Sturm soll toben
        """,
    ),
}
"""Sentences that mean a weather without naming it as such, by the phrase of the prompt."""
WITH_TIME = patterns(
    """
    a {adjective} {time} (please|)
    !make it a {adjective} {time}
    (i want|i'd like|how about|what about) a {adjective} {time}
    it should be a {adjective} {time}
    {adjective} {time} (please|mood|vibes|)
    (picture|imagine) a {adjective} {time}
    it was a {adjective} {time}
    """,
    """
    {ein} (bitte|wäre schön|)
    es soll {ein} sein
    ich (will|hätte gern|möchte) {einen}
    wie wär's mit {einem}?
    !mach/machen {einen} draus
    das Ganze {an_einem}
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
    (time of the year|month or season): {w}
    can it be {w}?
    why isn't it {w}?
    how (would|does) (this|it) look in {w}?
    i'd like to see (this|it) in {w}
    {w} (mood|vibes|scene|version|edition)
    !change the season to {w}
    it's {w} (there|now|in my story)
    {w} would be (nice|better|great)
    {w} picture
    i (imagined|pictured) {w}
    (during|set in) {w} (please|)
    """,
    """
    !mach/machen es {w}
    {w} (bitte|jetzt|)
    es soll {w} sein
    (das gleiche|dasselbe|alles gleich), (aber|nur) {w}
    wie wär's mit {w_dat}?
    Jahreszeit: {w}
    was wäre, wenn {w} wäre?
    (kann|könnte) (es|da|dort) {w} sein?
    warum ist (da|es) nicht {w}?
    (da|dort) ist (jetzt|gerade|) {w}
    {w} wäre (schön|schöner|besser)
    ich (will|möchte|hätte gern) {w_acc}
    !stell_um/umstellen die Jahreszeit auf {w_acc}
    mir ist (mehr|eher|) nach {w_dat}
    (mach|macht) (mal|doch|bitte|) {w} draus
    {w}, sonst alles gleich
    """,
    told.SEASON,
)
