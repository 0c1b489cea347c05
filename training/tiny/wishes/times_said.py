"""How another time of day is asked for: with its name, as a when, and in sentences of its own."""

from __future__ import annotations

from training.tiny.wishes import learners_said
from training.tiny.wishes import surroundings_told as told
from training.tiny.wishes.voice import Patterns, patterns

TIME = patterns(
    """
    !make it {w}
    !let it be {w}
    {w} (please|now|instead|)
    !(change|switch|set) (the time|it|time of day) to {w}
    it (should be|is|must be|could be) {w} (now|)
    (i want|i'd like|id prefer) {w}
    what if it (was|were) {w}?
    (same but|same thing but|but|now) {w}
    {w} (mood|vibes|atmosphere)
    !turn it into {w}
    (how about|what about|maybe|lets do|let's try) {w}?
    time: {w}
    (give me|we need|i need) {w}
    can it be {w} (please|)?
    why isn't it {w}?
    i (imagined|pictured) {w}
    it's supposed to be {w}
    i see {w} in my head
    {w} would be (nice|great|better|cool|prettier)
    {w} is what i (want|meant|had in mind)
    (i'm|im) (more|) in the mood for {w}
    time of day = {w}
    !switch over to {w}
    (wish|i wish) it was {w}
    {w}, rest (stays|the same)
    """,
    """
    mach {w_acc} draus
    {w} (bitte|jetzt|stattdessen|)
    es (soll|sollte|muss) {w} sein
    (ich will|ich hätte gern|lieber) {w_acc}
    was wäre, wenn es {w} wäre?
    (das gleiche bei|das gleiche mit|dasselbe bei) {w_dat}
    vielleicht {w}?
    wie wär's mit {w_dat}?
    Tageszeit: {w}
    !stell_um/umstellen die Zeit auf {w_acc}
    (kann|könnte) es (bitte|) {w} sein?
    warum ist es nicht {w}?
    {w} wäre (schön|schöner|besser|cool)
    ich (dachte an|meinte) {w_acc}
    ich hatte mir {w_acc} vorgestellt
    {w}, (der Rest bleibt|sonst alles gleich|alles andere so lassen)
    als Tageszeit (bitte|lieber|) {w}
    ich wünsche mir {w_acc}
    mir wäre {w} lieber
    wenn es doch {w} wäre
    """,
    told.TIME,
    learners_said.TIME,
)
TIME_LOOKS: Patterns = {
    "en": TIME["en"],
    "de": patterns(
        "",
        """
        !mach/machen es {w}
        {w} (bitte|jetzt|stattdessen|)
        es (soll|sollte|muss) {w} sein
        (ich will es|ich hätte es gern|lieber|jetzt|aber) {w}
        was wäre, wenn es {w} wäre?
        (das gleiche|dasselbe|alles gleich), (aber|nur) {w}
        vielleicht {w}?
        (kann|könnte) es (bitte|) {w} sein?
        warum ist es nicht {w}?
        {w} wäre (schön|schöner|besser|cool)
        ich hab mir das {w} vorgestellt
        {w}, (der Rest bleibt|sonst alles gleich|alles andere so lassen)
        mir wäre {w} lieber
        wenn es doch {w} wäre
        """,
        told.LOOKS,
    )["de"],
}
"""How it is said with an adjective or adverb in German: `dunkel`, `nachts`."""
WHEN = patterns(
    """
    {when} (please|instead|)
    !(show|draw|paint|do) (it|this|the whole thing|that) {when}
    (same|same scene|same picture|exactly the same) (but|just|) {when}
    how (does|would|will) (it|this|that) look {when}?
    (i want|i'd like|i'd love) to see (it|this|that) {when}
    i want (it|this) {when}
    the whole thing {when} (please|)
    what would this be like {when}?
    it (should|must|has to) (happen|play|take place|be) {when}
    !let it (happen|play|take place|be) {when}
    imagine it {when}
    (i see|i picture|i imagine) (it|the scene) {when}
    (just|only|now) {when}
    (as|like) a picture taken {when}
    what if this was {when}?
    (better|rather|nicer) {when}
    all of this but {when}
    this scene takes place {when}
    """,
    """
    {when} (bitte|jetzt|stattdessen|)
    !zeig/zeigen (es|das|das Ganze) {when}
    !(mal/malen|zeichne/zeichnen) (es|das|das Ganze) {when}
    (das gleiche|dasselbe|das gleiche Bild|alles gleich), (aber|nur) {when}
    wie (sieht|sähe) das {when} aus?
    ich (will|möchte|würde gern) das {when} sehen
    ich hätte (das|es) (gern|lieber) {when}
    (das|das Ganze) {when} (bitte|)
    (das soll|es soll|es sollte) {when} (sein|spielen|passieren)
    das Ganze spielt {when}
    stell dir das {when} vor
    ich stell mir das {when} vor
    (lieber|besser|nur) {when}
    wie (wär's|wäre es) {when}?
    was wäre, wenn das {when} wäre?
    """,
    told.WHEN,
)
TIME_SAYINGS: dict[str, Patterns] = {
    "at night": patterns(
        """
        !(turn|switch) off the sun
        the sun (should be|is) (gone|down already)
        !make the sky (dark|black)
        (dark|black) sky (please|with a moon|)
        it's too (bright|light) out there, night please
        !let night fall
        !send the sun to bed
        no sun, just the (moon|night)
        (lights out|good night sun), dark please
        i want to see the moon
        the moon should (shine|be out|be in the sky)
        !hang a moon in the sky instead of the sun
        (past|after) bedtime
        make dark
        (i need sunglasses|my eyes hurt), (night|make it night) please
        (way|much) too bright, (make it night|night please|i want night)
        can't sleep with that sun, make it night
        (black sky and moon|moon and darkness) please
        the sun bothers me, night please
        """,
        """
        !mach/machen den Himmel (dunkel|schwarz)
        !mach_aus/ausmachen die Sonne
        die Sonne soll (weg|untergegangen) sein, dunkel bitte
        es soll (dunkel|stockdunkel|finster|stockfinster|zappenduster) sein
        zu hell, (mach dunkel|lieber Nacht|bitte Nacht)
        !lass/lassen es Nacht werden
        der Mond soll (scheinen|am Himmel stehen|zu sehen sein)
        ich will den Mond sehen
        es ist schon längst Schlafenszeit, mach dunkel
        statt der Sonne der Mond
        mach mal das Licht aus da draußen
        dunkler Himmel (mit Mond|bitte)
        (da brauch ich ja ne Sonnenbrille|viel zu hell|mir tun die Augen weh), mach (mal|bitte|) Nacht
        bei der Sonne kann ja keiner schlafen, (mach Nacht|bitte Nacht)
        die Sonne stört, lieber Nacht
        knips die Sonne aus
        kannste die Sonne ausknipsen?
        (wäre|wär) (schön|cool), wenn man den Mond sehen könnte
        """,
    ),
    "under the stars": patterns(
        """
        (stars|the stars) (out|in the sky|should be out|should twinkle) (please|)
        i want to see (the|lots of|some|) stars
        !(put|add) (some|) stars (in|into) the sky
        the sky (should be|is) full of stars
        a sky full of stars
        !let the stars (shine|twinkle|come out)
        """,
        """
        !lass_leuchten/leuchten~lassen die Sterne
        (ich will|man soll) Sterne sehen
        Sterne am Himmel (bitte|wären schön)
        ein Himmel voller Sterne
        der Himmel soll voller Sterne sein
        die Sterne sollen (funkeln|leuchten)
        """,
    ),
    "at sunset": patterns(
        """
        the sun (should be|is) (going down|setting)
        !let the sun (set|go down|sink)
        !make the sun go down
        an evening sky with the sun going down
        i love when the sun goes down, like that please
        the sun low, just before night
        it'd be (nice|romantic|cool) if the sun was going down
        the sun is about to (set|go down)
        """,
        """
        die Sonne soll (gerade|) untergehen
        !lass_untergehen/untergehen~lassen die Sonne
        die Sonne geht (gerade|) unter
        Abendhimmel mit untergehender Sonne
        die Sonne schon ganz tief, kurz vor der Nacht
        (wäre|wär) (schön|romantisch|cool), wenn die Sonne untergeht
        die Sonne soll langsam untergehen
        kannste die Sonne untergehen lassen?
        """,
    ),
    "at sunrise": patterns(
        """
        the sun (should be|is) (rising|just coming up)
        !let the sun (rise|come up)
        !make the sun come up
        (the rooster crows|good morning), sun coming up
        the very first rays of the day, sun just rising
        """,
        """
        die Sonne soll (gerade|) aufgehen
        !lass_aufgehen/aufgehen~lassen die Sonne
        die Sonne geht (gerade|) auf
        der Hahn kräht, die Sonne kommt (gerade|) hoch
        """,
    ),
    "during the day": patterns(
        """
        it's too dark (out|outside|in there|), (make it day|daylight please|i want daylight)
        !turn (on the daylight|the night into day)
        !let it be light outside
        it shouldn't be dark (out|outside|anymore)
        !wake up the sun
        no darkness, (daylight|just day)
        it was night long enough, day now
        (i can't see a thing|can't see anything|so dark), (make it day|daylight please)
        who turned off the light? (daylight please|make it day)
        why is it so dark? (make it day|i want daylight)
        """,
        """
        zu dunkel (draußen|), (mach Tag|bitte Tageslicht|ich will Tageslicht)
        es soll (wieder|) hell (draußen|) sein
        !lass/lassen es Tag werden
        !mach/machen die Nacht zum Tag
        es soll nicht (mehr|) so dunkel draußen sein, sondern Tag
        lange genug Nacht gewesen, jetzt Tag
        (man sieht ja nix|ich seh nix|so duster da), mach (mal|bitte|) Tag
        wer hat das Licht ausgemacht? (mach Tag|bitte Tag)
        warum ist es so dunkel? (mach Tag|ich will Tag)
        kannste Tag draus machen?
        """,
    ),
    "on a sunny day": patterns(
        """
        !(let|make) the sun shine (bright|)
        the sun should (shine|be shining|be out)
        i want (the|some|bright) sun
        !bring (out|back) the sun
        (a bit|some|more) sunshine (please|)
        nice sunny day please
        (where's|where is) the sun? i want it to shine
        it'd be (nice|cool|better) if the sun was shining
        why isn't the sun shining??
        """,
        """
        die Sonne soll (scheinen|lachen|strahlen)
        !lass_scheinen/scheinen~lassen die Sonne
        ich will (die Sonne|Sonne|Sonnenschein)
        (mehr|etwas|ein bisschen) Sonne (bitte|)
        !hol_raus/rausholen die Sonne
        wo ist die Sonne? die soll scheinen
        (wäre|wär) (schön|cool|besser), wenn die Sonne scheint
        warum scheint die Sonne nicht?
        kannste die Sonne scheinen lassen?
        """,
    ),
}
"""Sentences that mean a time without naming it as such, by the phrase of the prompt."""
