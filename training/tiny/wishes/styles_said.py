"""How another style, none, or more beauty is asked for."""

from __future__ import annotations

from training.tiny.wishes import learners_said, shared_told
from training.tiny.wishes import surroundings_told as told
from training.tiny.wishes.voice import Patterns, patterns

STYLE = patterns(
    """
    !(make|draw|paint|do|render) it (as|like|in the style of) {w}
    (as|like) {w} (please|)
    {w} (style|look|version|please|)
    !turn it into {w}
    !(change|switch|set) the style to {w}
    (i want|i'd like|id love) (it as|it like) {w}
    it should (look|be) like {w}
    in {w} style
    style: {w}
    (can this be|what about|how about) {w}?
    now (as|) {w}
    what would it look like as {w}?
    !make it {w}
    !make it look like {w}
    !make it look (more|a bit|a lot|just) like {w}
    the (whole|entire) (thing|picture|scene) (as|in|like) {w}
    (same|the same|same picture) (but|just) as {w}
    (can|could) it look like {w}?
    could this be done (as|in) {w}?
    if it were {w} it would be (cooler|nicer|perfect)
    (i imagined|i pictured|i was thinking of) {w}
    {w} (would be|looks) (cool|nicer|better|awesome)
    with (the|a) look of {w}
    art style {w}
    !give it the (look|style|feel) of {w}
    !(convert|transform|translate) (it|this|the picture) (to|into) {w}
    !redo (it|this) as {w}
    !use {w} as the style
    (technique|look|medium): {w}
    (please|) not like this, like {w}
    i'm (more|) into {w}
    why not (as|like|) {w}?
    {w}-like (please|)
    """,
    """
    !(mach/machen|mal/malen|zeichne/zeichnen) es (wie|als) {w}
    (wie|als) {w} (bitte|)
    {w} (bitte|)
    es soll (aussehen wie|sein wie) {w}
    im Stil: {w}
    !änder/ändern den Stil in {w}
    (ich will|ich hätte gern) (es als|) {w}
    Stil: {w}
    (jetzt|das Ganze) als {w}
    wie wär's als {w}?
    !verwandle/verwandeln (es|das Bild) in {w}
    das (soll|sollte|könnte|muss) (mehr|) wie {w} aussehen
    (kann|könnte) (das|es) (bitte|) wie {w} aussehen?
    wie (sieht|sähe) das als {w} aus?
    (das gleiche|dasselbe|dasselbe Bild), (nur|aber) als {w}
    !gib/geben dem (Bild|Ganzen) den Look: {w}
    Look: {w}
    Technik: {w}
    so als wär es {w}
    als wäre es {w}
    stell dir das als {w} vor
    ich dachte an {w}
    ich hatte an {w} gedacht
    ich hab mir {w} vorgestellt
    warum nicht als {w}?
    {w} als Stil
    (macht|malt) (das|es) (mal|bitte|doch|) als {w}
    {w} fänd ich (besser|schöner|cooler)
    nicht so, sondern (als|wie) {w}
    """,
    told.STYLE,
    learners_said.STYLE,
)
STYLE_SAYINGS: dict[str, Patterns] = {
    "watercolor": patterns(
        """
        (painted|as if painted|like it was painted) (with|in) (watercolours|watercolors|water colors)
        as if (painted by a child|a child had painted it) with watercolours
        as if painted by a (child|kid) (with a brush|in watercolour)
        !paint it with (a brush and|) (watercolours|water colors)
        (use|take) (watercolours|water paint|watercolor paint) for it
        it should look (painted with water colors|like wet paint on paper)
        with soft running (watercolours|water colors)
        i want to see the (brush strokes|washes) of watercolor
        !do it with (watercolors|my watercolour box)
        watercolory
        """,
        """
        (mit Wasserfarben|mit Wasserfarbe|mit Aquarellfarben) (gemalt|bitte|malen|)
        !(mal/malen) es mit (Wasserfarben|Aquarellfarben)
        als hätte ein Kind es mit Wasserfarben gemalt
        als ob ein Kind es mit Wasserfarben gemalt hätte
        wie mit (Wasserfarben|dem Tuschkasten|dem Wasserfarbkasten) gemalt
        es soll aussehen, als wär es mit Wasserfarben gemalt
        nimm (Wasserfarben|Aquarellfarben) (dafür|)
        aquarelliert (bitte|)
        """,
    ),
    "pixel art": patterns(
        """
        (pixelated|pixelly|pixely|pixelized|pixelised) (please|look|)
        !pixelate (it|this|everything|the picture)
        pixel (look|style|graphics|version)
        (everything|it) (should be|) (made of|out of|in) (pixels|little squares|big pixels)
        (like|as) in (an old|a retro) (video game|computer game|arcade game)
        (old school|oldschool|retro|80s) (video game|arcade|nes|console) (graphics|look)
        i want to see the pixels
        less resolution, like an old gameboy
        8-bit (graphics|please|look|version)
        blocky like on an old console
        """,
        """
        (verpixelt|pixelig|gepixelt) (bitte|)
        !verpixel/verpixeln (es|das Bild|alles)
        (Pixellook|Pixel-Look|Pixelstil) (bitte|)
        (alles|das Bild) soll aus (Pixeln|kleinen Quadraten|dicken Pixeln) sein
        alles aus (Pixeln|kleinen Quadraten|dicken Pixeln)
        wie in einem (alten|) (Videospiel|Computerspiel) von früher
        (Retro-Videospiel|altes Nintendo-Spiel|Retrospiel) (bitte|Look|)
        ich will Pixel sehen
        in 8 Bit (bitte|)
        """,
    ),
    "pencil sketch": patterns(
        """
        !(sketch|draw) it with (a pencil|pencil|graphite)
        (drawn|as if drawn|like drawn|sketched) (with|in) (a pencil|pencil|graphite)
        like a drawing (from|with|by) a pencil
        !make it look like (a drawing from a pencil|somebody sketched it|it was sketched)
        (hand-drawn|hand drawn|handdrawn|sketchy) (please|look|)
        just (pencil lines|lines of a pencil|a quick sketch)
        !(grab|take|use) (a|your) pencil (for it|)
        pencil only (please|)
        as (drawn|if drawn|scribbled) (by hand|in a sketchbook|on a napkin)
        like (in|from) (a|my) sketchbook
        scribbled with a pencil
        """,
        """
        mit (Bleistift|dem Bleistift) (gezeichnet|bitte|zeichnen|)
        (wie|als) (von Hand|mit der Hand) gezeichnet
        (handgezeichnet|skizziert|hingekritzelt|gezeichnet) (bitte|)
        !(zeichne/zeichnen|skizzier/skizzieren) es (mit Bleistift|nur mit Bleistift|von Hand)
        es soll aussehen, als wär es (mit Bleistift|von Hand) gezeichnet
        (nur|bloß) Bleistiftstriche
        wie aus einem Skizzenbuch
        !nimm/nehmen (einen|den) Bleistift (dafür|)
        """,
    ),
    "colored pencil drawing": patterns(
        """
        (drawn|as if drawn) (by a child|by a kid|by my kid|) with (crayons|coloured pencils)
        !draw it with (crayons|coloured pencils|colored pencils)
        (crayons|coloured pencils) only
        like (a kid|a child|my daughter|a five year old) drew it with (crayons|coloured pencils)
        as if a (kid|child|toddler) had drawn it in colour
        """,
        """
        mit Buntstiften (gezeichnet|gemalt|bitte|)
        als hätte ein Kind es mit Buntstiften gezeichnet
        als ob ein Kind es mit Buntstiften gezeichnet hätte
        wie von (einem Kind|Kinderhand|meiner Tochter) mit Buntstiften gemalt
        !(mal/malen|zeichne/zeichnen) es mit Buntstiften
        (Buntstifte|Buntstift) bitte
        """,
    ),
    "neon art": patterns(
        """
        (neony|neonish|all neon|neon glowing) (please|look|)
        everything (should glow|glowing) (in neon|like neon tubes|like a neon sign)
        !let it glow like neon
        glow in (the|) neon (colours|colors)
        with neon (outlines|contours)
        !light it up with neon
        it should glow like a (nightclub|bar) sign
        """,
        """
        (neonfarben|neonleuchtend|in Neon|in Neonfarben) (bitte|)
        alles soll (in Neon|wie Neonröhren|neonfarben) leuchten
        !lass_leuchten/leuchten~lassen es wie Neon
        mit (Neonröhren|Neonlicht|Neonfarben)
        es soll leuchten wie eine Neonreklame
        """,
    ),
    "flat illustration": patterns(
        """
        (flat|flat and simple|plain flat) (look|style|please|colours without shading)
        like a flat (poster|icon|graphic)
        flat (areas|surfaces) of colour, no shading
        !make it a flat graphic
        (as|like) (an app icon|an infographic) in flat design
        """,
        """
        (flach|flach und einfach) (bitte|illustriert|)
        flache (Grafik|Flächen|Farbflächen)
        wie ein (flaches Icon|flaches Poster)
        als flache (Grafik|Zeichnung ohne Schatten)
        im Flat Design
        """,
    ),
}
"""Sentences that mean a style, by its tag. What is drawn is a sketch here, what is painted a watercolor."""
UNSTYLE = patterns(
    """
    !(remove|drop|delete|undo|lose|take away) the style
    no (special|fancy|particular|extra) style (please|)
    without (the|any|that|a) style
    !(make|draw) it (normal|plain) again
    i don't (like|want|need) (the|that|this|any) style
    normal style (please|)
    (the style|that style) (should go|has to go|is ugly, drop it|can go)
    (why|what is) this style? (drop|remove|lose) it
    (default|standard|usual|ordinary) style (please|)
    no style at all
    style: none
    enough of this style
    (can|could) we do without the style?
    !(switch|turn) (off the style|the style off)
    just (normal|plain), no style
    !forget the style
    """,
    """
    !(entfern/entfernen|lösch/löschen) den Stil
    ohne (den|besonderen|diesen) Stil
    kein (besonderer|bestimmter|extra) Stil (bitte|)
    ich mag (den|diesen) Stil nicht
    !mach_weg/wegmachen den Stil
    (der Stil|dieser Stil) (soll weg|muss weg|kann weg|gefällt mir nicht)
    Stil: (keiner|normal)
    (einfach|ganz) normal, (ohne Stil|kein Stil)
    !lass_weg/weglassen den Stil
    (warum|was soll) dieser Stil? (weg damit|ohne bitte)
    (Standardstil|normaler Stil) bitte
    den Stil (brauche ich|will ich) nicht
    !nimm_raus/rausnehmen den Stil
    """,
    shared_told.UNSTYLE,
)
QUALITY = patterns(
    """
    !make it (prettier|nicer|more beautiful|better|look better|more beautiful pls|fancier|cooler)
    (prettier|nicer|better|more beautiful|more wow|fancier) (please|)
    !(improve|beautify|polish|enhance|upgrade) (it|this|the picture|the pic)
    (it|this) could (be|look) (nicer|better|prettier)
    more (quality|beauty|polish)
    !(give it|add) (some|more|a little) (love|magic|wow|polish)
    i want it (nicer|more beautiful|prettier)
    a bit (boring|dull), make it better
    higher quality (please|)
    (this|it) is (ugly|meh|not pretty)
    (can|could) (it|this) be (prettier|nicer|better|more beautiful)?
    can you do (better|it better|any better) (than that|)?
    (make|do) (it|this) as (beautiful|pretty|good) as (you can|possible)
    (more|some more) (effort|love|care) (please|)
    (spice|glam|jazz|pimp) (it|this|the picture) up
    better (quality|picture) (please|)
    looks (cheap|poor|lame|sad), (improve|fix) (it|that)
    i'd frame it if it was prettier
    make wow
    (it|this) (lacks|needs) (beauty|quality|some love|wow)
    the (quality|look) (could|should) be better
    (what would make|how can we make) (it|this) (prettier|nicer)? do that
    not (pretty|beautiful|nice) enough (yet|)
    !make it (worthy of a museum|worthy of my wall)
    !(push|raise|increase) the quality
    (it|this) should be (nicer|prettier|more beautiful)
    premium (look|quality|version) please
    """,
    """
    !mach/machen es (schöner|hübscher|besser|cooler)
    (schöner|hübscher|besser) (bitte|)
    !(verbesser/verbessern|verschöner/verschönern) (es|das Bild)
    das (könnte|sollte) (schöner|besser) (sein|aussehen)
    mehr (Qualität|Schönheit|Zauber)
    etwas langweilig, (mach es|bitte) schöner
    ich will es (schöner|hübscher)
    das ist (hässlich|nicht schön|nicht so hübsch)
    (geht das|geht's|kann man das) (noch|auch|) (schöner|hübscher|besser)?
    so (schön|hübsch) wie (möglich|du kannst)
    das kannst du (besser|schöner)
    !hübsch_auf/aufhübschen (es|das Bild)
    !poliere_auf/aufpolieren (es|das Bild)
    gib dir (mehr|ein bisschen mehr) Mühe (bitte|)
    bessere Qualität (bitte|)
    die Qualität (könnte|sollte|soll) besser sein
    (das|es) ist noch nicht schön genug
    da (geht noch was|ist noch Luft nach oben), schöner bitte
    sieht (billig|lieblos|fad|öde) aus, (mach es schöner|bitte verbessern)
    ich würd's aufhängen, wenn es schöner wär
    (macht|malt) es (mal|bitte|doch|) (schöner|hübscher)
    das Bild (bitte|mal|) (verschönern|verbessern|aufhübschen)
    mit mehr Liebe (bitte|gemalt|)
    """,
    told.QUALITY,
)
QUALITIES: dict[str, Patterns] = {
    "highly detailed": patterns(
        """
        (more|lots of|many more|finer) (detail|details) (please|)
        !(add|put in) (more|lots of|some) (detail|details)
        (more|highly|super) detailed (please|)
        it (lacks|needs) (detail|details|more detail)
        (why so|too) few details
        """,
        """
        (mehr|viele|ganz viele|feinere) (Details|Einzelheiten) (bitte|)
        (detailreicher|detaillierter) (bitte|)
        da fehlen (Details|noch Details)
        !mach/machen es (detailreicher|detaillierter)
        """,
    ),
    "soft light": patterns(
        """
        (softer|soft|gentle|warm soft) light (please|)
        !make the light (softer|gentler|soft)
        the light is too (harsh|hard)
        the light should be (softer|soft|gentle)
        """,
        """
        (weiches|weicheres|sanftes|sanfteres) Licht (bitte|)
        !mach/machen das Licht (weicher|sanfter)
        das Licht ist zu (hart|grell)
        das Licht soll (weicher|sanfter) sein
        """,
    ),
    "volumetric lighting": patterns(
        """
        (god rays|light rays|rays of light|sunbeams|light beams) (please|)
        !(add|let in) (some|) (god rays|rays of light|light beams)
        (more dramatic|dramatic) (light|lighting) (please|)
        !make the light more dramatic
        """,
        """
        (Lichtstrahlen|sichtbare Lichtstrahlen) (bitte|)
        (dramatisches|dramatischeres) Licht (bitte|)
        !mach/machen das Licht dramatischer
        mit Lichtstrahlen
        """,
    ),
    "vivid colors": patterns(
        """
        (more vivid|brighter|stronger|bolder|vivid) (colours|colors) (please|)
        !make the (colours|colors) (pop|stronger|more vivid|brighter)
        the (colours|colors) (are too|look) (pale|dull|washed out)
        more (colourful|colorful) (please|)
        the (colours|colors) should (pop|shine|be stronger)
        """,
        """
        (kräftigere|leuchtendere|stärkere|knalligere) Farben (bitte|)
        !mach/machen die Farben (kräftiger|leuchtender|knalliger)
        die Farben sind zu (blass|matt|schwach)
        (bunter|farbenfroher) (bitte|)
        die Farben sollen mehr (knallen|leuchten)
        """,
    ),
    "sharp focus": patterns(
        """
        (sharper|crisper|more sharp) (please|)
        !make it (sharper|crisper|sharp|less blurry)
        (it's|this is|the picture is) (too|so|a bit) blurry
        not so (blurry|blurred) (please|)
        !sharpen (it|the picture|the image)
        """,
        """
        (schärfer|mehr Schärfe) (bitte|)
        !mach/machen es (schärfer|scharf)
        (das ist|das Bild ist) (zu|so|etwas) (unscharf|verschwommen)
        nicht so (unscharf|verschwommen) (bitte|)
        !schärf/schärfen das Bild
        """,
    ),
}
"""What is said for one word of quality, by that word."""
