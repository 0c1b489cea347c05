"""How wishes about sizes are said. A line may use verbs in the thing's number, `{is}` (`numbers_agree`)."""

from __future__ import annotations

from training.tiny.wishes import learners_said, pointing_said
from training.tiny.wishes import sizes_told as told
from training.tiny.wishes.voice import patterns

TO_SIZE = patterns(
    """
    !make {thing} {size}
    {nom} (should be|must be|has to be|ought to be) {size}
    {a_size} {bare} (please|instead|)
    {bare} {size} (please|)
    (i want|i'd like) {thing} to be {size}
    i want {thing} {size}
    {size} {bare} (please|pls|instead|)
    why {is} {nom} not {size}?
    can {nom} be {size}?
    could we have {thing} {size}?
    what if {nom} (was|were) {size}?
    {nom} was (supposed|meant) to be {size}
    i (imagined|pictured|expected) {thing} {size}
    !(have|show|draw|do) {thing} in {size}
    (how about|what about|maybe) {a_size} {bare}?
    {nom} is not {size} (yet|at all)
    {bare}: {size}
    size of {thing}: {size}
    {nom}, but {size}
    in my head {nom} is {size}
    i (said|meant|asked for) {a_size} {bare}
    {nom} would look (funny|good|better|great) {size}
    {thing} {size} size please
    """,
    """
    !mach/machen {thing} {size}
    {nom} {soll} {size} sein
    {nom} (bitte|lieber|) {size}
    ich (will|möchte) {thing} {size}
    {bare} {size}
    warum {ist} {nom} nicht {size}?
    {kann} {nom} (bitte|nicht|) {size} sein?
    was wäre, wenn {nom} {size} wäre?
    {nom} {sollte} (eigentlich|doch|) {size} sein
    ich stell mir {thing} {size} vor
    ich hab mir {thing} {size} vorgestellt
    {bare}: {size}
    {nom} in {size}
    {nom} {ist} (noch|ja|leider) (gar|) nicht {size}
    (dasselbe|das gleiche|alles gleich), (nur|aber) {thing} {size}
    man sollte {thing} {size} machen
    ich hätte {thing} gern {size}
    !(mal/malen|zeichne/zeichnen) {thing} {size}
    {nom} {size} (wäre|fänd ich) (lustig|schöner|besser)
    Größe von {dat}: {size}
    mach dass {nom} {size} {ist}
    (macht|malt) {thing} (mal|bitte|doch|) {size}
    {nom} {darf} (ruhig|gern) {size} sein
    """,
    told.TO_SIZE,
    learners_said.TO_SIZE,
    pointing_said.TO_SIZE,
)
NORMAL = patterns(
    """
    !make {thing} (normal sized|normal size|medium sized|average sized)
    {nom} (should|must) (be|have) (a|the) (normal|usual|medium) size
    (normal|regular|medium|average) size for {thing} (please|)
    {nom} in (normal|regular|usual) size
    (neither|not) big nor small, {thing} just (normal|medium)
    {bare} (normal sized|in medium size) (please|)
    i want {thing} (normal sized|in normal size|medium sized)
    why {is} {nom} not just normal sized?
    size of {thing}: (normal|medium)
    """,
    """
    !mach/machen {thing} (normal groß|mittelgroß|in normaler Größe)
    {nom} {soll} (normal groß|mittelgroß) sein
    normale Größe für {thing} (bitte|)
    {nom} in (normaler|mittlerer) Größe
    (weder groß noch klein|nicht groß und nicht klein), {nom} einfach normal
    ich (will|möchte) {thing} (normal groß|mittelgroß)
    {bare} (normal groß|mittelgroß) (bitte|)
    {kann} {nom} (nicht|bitte|) (normal groß|mittelgroß) sein?
    """,
)
BIGGER = patterns(
    """
    !make {thing} (bigger|larger|a bit bigger|a little larger|way bigger|twice as big|twice the size)
    {thing} (bigger|larger|a bit bigger|should be bigger|needs to be larger|could be bigger)
    (bigger|larger) {bare} (please|)
    !(enlarge|scale up|blow up|grow|increase the size of) {thing} (a bit|)
    {thing} (is|looks|seems) (too small|a bit small|way too tiny)
    {bare} bigger
    !let {thing} grow (a bit|)
    {thing} at (double|twice the) size
    {nom} (a touch|a tad|a notch|slightly|somewhat|a smidge|considerably) (bigger|larger) (please|)
    {nom} (shouldn't|should not) be (so|that|this) (small|tiny|little)
    not (so|that|this) (small|tiny) {bare} (please|)
    {bare} not (so|that) (small|tiny) (please|)
    why {is} {nom} so (small|tiny|little)?
    i can (hardly|barely|almost not) see {thing}, (too small|so small|make that bigger)
    {nom} should take up more (space|room)
    {nom} could use (some more size|a few more inches)
    (more size|more height) for {thing}
    {nom} is kinda (small|tiny) (isn't it|imo|tbh|)
    {nom} came out (too small|way too small|a bit tiny)
    i (imagined|expected|pictured) {thing} bigger
    i (want|would like|need|prefer) {thing} (bigger|larger|to be bigger)
    (can|could) {nom} be (bigger|larger|a bit bigger)?
    can we have {thing} (bigger|larger|in bigger)?
    what if {nom} (was|were) (bigger|larger|a bit larger)?
    {thing} more big (please|)
    !(stretch|inflate|pump up|supersize|upscale|upsize|magnify) {thing} (a little|)
    !(raise|bump up|crank up) the size of {thing} (a bit|)
    (size up|one size up) (on|for) {thing}
    i wish {nom} (were|was) bigger
    {nom} must grow
    {nom} looks like a toy, (make that|should be) bigger
    give {thing} some (more |)size
    bigger! {thing} i mean
    (it's|its) all good but {thing} should be (bigger|larger)
    """,
    """
    !mach/machen {thing} (größer|etwas größer|ein bisschen größer|viel größer|doppelt so groß)
    {nom} (größer|bitte größer|soll größer sein|soll größer werden|doppelt so groß)
    !vergrößer/vergrößern {thing} (ein bisschen|etwas|)
    {nom} ist (zu klein|etwas klein|viel zu klein)
    {bare} größer
    !lass_wachsen/wachsen~lassen {thing}
    {nom} (einen Tick|ein Stück|ne Nummer|eine Spur|deutlich|ein kleines bisschen) größer
    {nom} {soll} nicht so (klein|winzig|mickrig) sein
    nicht so (klein|winzig), {nom} (bitte|)
    {nom} (bitte|) nicht so (klein|winzig|mickrig)
    warum {ist} {nom} so (klein|winzig|mickrig)?
    man (sieht|erkennt) {thing} kaum, (zu klein|bitte größer|mach größer)
    {nom} {ist} (mir|) (ein bisschen|ganz schön|viel zu|ziemlich|zu) klein (geraten|)
    {nom} {könnte} (ruhig|schon|) (etwas|noch|) größer sein
    {nom} {darf} (ruhig|gern) größer sein
    {kann} {nom} (etwas|ein bisschen|nicht|) größer (sein|werden)?
    {sollte} {nom} nicht größer sein?
    ich (will|möchte|hätte gern) {thing} (etwas|) größer
    ich hab mir {thing} größer vorgestellt
    was wäre, wenn {nom} größer wäre?
    {nom} muss wachsen
    !blas_auf/aufblasen {thing} (ein bisschen|)
    !skalier_hoch/hochskalieren {thing} (etwas|)
    eine Nummer größer für {thing}
    {nom} {braucht} mehr Platz, (größer bitte|also größer)
    (dasselbe|das gleiche|alles gut), (nur|aber) {nom} größer
    größer! {thing} mein ich
    (macht|malt|zeichnet) {thing} (mal|bitte|doch|) größer
    bitte in größer: {nom}
    """,
    told.BIGGER,
    pointing_said.BIGGER,
)
SMALLER = patterns(
    """
    !make {thing} (smaller|a bit smaller|a little smaller|much smaller|half as big|half the size|less big)
    {thing} (smaller|a bit smaller|should be smaller|needs to be smaller|could be smaller)
    smaller {bare} (please|)
    !(shrink|scale down|reduce the size of|decrease the size of) {thing} (a bit|)
    {thing} (is|looks|seems) (too big|a bit big|way too large)
    {bare} smaller
    !let {thing} shrink (a bit|)
    {thing} at half size
    {nom} (a touch|a tad|a notch|slightly|somewhat|a smidge|considerably) smaller (please|)
    {nom} (shouldn't|should not) be (so|that|this) (big|huge|large|gigantic|enormous)
    not (so|that|this) (big|huge|large) {bare} (please|)
    {bare} not (so|that) (big|huge|large) (please|)
    !make {thing} not (that|so|as) (huge|big|large|gigantic)
    why {is} {nom} so (big|huge|large|gigantic|massive)?
    {nom} (should take|could take|must take) up less (space|room)
    less (size|height) for {thing}
    {nom} is kinda (big|huge|large) (isn't it|imo|tbh|)
    {nom} came out (too big|way too big|a bit huge)
    i (imagined|expected|pictured) {thing} smaller
    i (want|would like|need|prefer) {thing} (smaller|to be smaller|less big)
    (can|could) {nom} be (smaller|a bit smaller)?
    what if {nom} (was|were) (smaller|a bit smaller)?
    {thing} more small (please|)
    {thing} (is|looks) (gigantic|oversized|out of proportion), (smaller|a size down) please
    !(downsize|downscale|minify|miniaturize) {thing} (a little|)
    !(lower|bring down|cut down) the size of {thing} (a bit|)
    (size down|one size down) (on|for) {thing}
    {nom} must shrink
    {thing} (is|looks) like a giant, (make that|should be) smaller
    smaller! {thing} i mean
    (it's|its) all good but {thing} should be smaller
    {nom} should not fill the whole picture, smaller please
    """,
    """
    !mach/machen {thing} (kleiner|etwas kleiner|ein bisschen kleiner|viel kleiner|halb so groß)
    {nom} (kleiner|bitte kleiner|soll kleiner sein|soll kleiner werden|halb so groß)
    !verkleiner/verkleinern {thing} (ein bisschen|etwas|)
    {nom} ist (zu groß|etwas groß|viel zu groß)
    {bare} kleiner
    !lass_schrumpfen/schrumpfen~lassen {thing}
    {nom} (einen Tick|ein Stück|ne Nummer|eine Spur|deutlich|ein kleines bisschen) kleiner
    {nom} {soll} nicht so (groß|riesig|gewaltig) sein
    nicht so (groß|riesig), {nom} (bitte|)
    {nom} (bitte|) nicht so (groß|riesig|gewaltig)
    !mach/machen {thing} nicht so (groß|riesig)
    warum {ist} {nom} so (groß|riesig|gewaltig)?
    {nom} {ist} (mir|) (ein bisschen|ganz schön|viel zu|ziemlich|zu) groß (geraten|)
    {nom} {könnte} (ruhig|schon|) (etwas|) kleiner sein
    {nom} {darf} (ruhig|gern) kleiner sein
    {kann} {nom} (etwas|ein bisschen|nicht|) kleiner (sein|werden)?
    {sollte} {nom} nicht kleiner sein?
    ich (will|möchte|hätte gern) {thing} (etwas|) kleiner
    ich hab mir {thing} kleiner vorgestellt
    was wäre, wenn {nom} kleiner wäre?
    {nom} muss schrumpfen
    !skalier_runter/runterskalieren {thing} (etwas|)
    !schrumpf/schrumpfen {thing} (ein bisschen|etwas|)
    eine Nummer kleiner für {thing}
    {nom} {braucht} zu viel Platz, kleiner bitte
    (dasselbe|das gleiche|alles gut), (nur|aber) {nom} kleiner
    kleiner! {thing} mein ich
    (macht|malt|zeichnet) {thing} (mal|bitte|doch|) kleiner
    """,
    told.SMALLER,
    pointing_said.SMALLER,
)
ALL_BIGGER = patterns(
    """
    !make (everything|all of it|all the things) (bigger|larger)
    everything bigger (please|)
    everything (should|could) be larger
    !(enlarge|scale up|blow up) everything
    (everything|all of it) is (too small|a bit small|so tiny)
    why is everything so (small|tiny)?
    i want everything (bigger|larger|to be bigger)
    all (bigger|larger) (please|)
    bigger, all of (it|them)
    !let everything grow (a bit|)
    can everything be (a bit|) (bigger|larger)?
    everything one size up
    what if everything was (bigger|larger)?
    everything not so (small|tiny) please
    """,
    """
    !mach/machen alles größer
    alles (bitte|etwas|ein bisschen|) größer
    !vergrößer/vergrößern alles
    alles soll größer sein
    alles ist (zu|so|viel zu) klein
    warum ist alles so (klein|winzig)?
    (ich will|ich hätte gern|ich möchte) alles größer
    !lass_wachsen/wachsen~lassen alles
    (kann|könnte) alles (etwas|) größer sein?
    alles eine Nummer größer
    alles nicht so (klein|winzig)
    was wäre, wenn alles größer wäre?
    """,
)
ALL_SMALLER = patterns(
    """
    !make (everything|all of it|all the things) (smaller|a bit smaller)
    everything smaller (please|)
    everything (should|could) be smaller
    !(shrink|scale down|downsize) everything
    (everything|all of it) is (too big|a bit big|so huge)
    why is everything so (big|huge|large)?
    i want everything (smaller|to be smaller)
    all smaller (please|)
    !let everything shrink (a bit|)
    can everything be (a bit|) smaller?
    everything one size down
    everything not so (big|huge) please
    """,
    """
    !mach/machen alles kleiner
    alles (bitte|etwas|ein bisschen|) kleiner
    !verkleiner/verkleinern alles
    alles soll kleiner sein
    alles ist (zu|so|viel zu) groß
    warum ist alles so (groß|riesig)?
    (ich will|ich hätte gern|ich möchte) alles kleiner
    !lass_schrumpfen/schrumpfen~lassen alles
    (kann|könnte) alles (etwas|) kleiner sein?
    alles eine Nummer kleiner
    alles nicht so (groß|riesig)
    """,
)
THAN = patterns(
    """
    !make {thing} bigger than {other}
    {thing} (should be|must be|has to be) (bigger|larger) than {other}
    {thing} (bigger|larger) than {other} (please|)
    i want {thing} to be (bigger|larger) than {other}
    can {thing} be (bigger|larger) than {other}?
    why {is} {thing} not (bigger|larger) than {other}?
    {thing} should (tower over|outgrow|outsize|dwarf) {other}
    {thing} should (be|have) more size than {other}
    !let {thing} grow beyond {other}
    (next to|beside|compared to) {other}, {thing} should (be|look) bigger
    what if {thing} was bigger than {other}?
    {thing} > {other} in size
    the bigger one should be {thing}, not {other}
    {thing} more big than {other}
    {thing} should be the (biggest|largest) of the two, not {other}
    normally {nom} is bigger than {other}, fix that
    """,
    """
    !mach/machen {thing} größer als {other}
    {nom} (soll|muss) größer sein als {other_nom}
    {nom} größer als {other_nom} (bitte|)
    ich will {thing} größer als {other}
    {kann} {nom} größer sein als {other_nom}?
    warum {ist} {nom} nicht größer als {other_nom}?
    {nom} {sollte} {other} überragen
    was wäre, wenn {nom} größer wäre als {other_nom}?
    neben {other_dat} {soll} {nom} größer sein
    im Vergleich zu {other_dat} {soll} {nom} größer sein
    {nom} {ist} doch (normalerweise|eigentlich) größer als {other_nom}
    {nom} > {other_nom}
    ich möchte, dass {nom} größer {ist} als {other_nom}
    !lass_wachsen/wachsen~lassen {thing} über {other} hinaus
    """,
    told.THAN,
)
SMALLER_THAN = patterns(
    """
    !make {thing} smaller than {other}
    {thing} (should be|must be|has to be) smaller than {other}
    {thing} smaller than {other} (please|)
    i want {thing} to be smaller than {other}
    can {thing} be smaller than {other}?
    why {is} {thing} not smaller than {other}?
    {thing} shouldn't be bigger than {other}, but smaller
    (next to|beside|compared to) {other}, {thing} should (be|look) smaller
    !shrink {thing} below the size of {other}
    the smaller one should be {thing}, not {other}
    {thing} < {other} in size
    normally {nom} is smaller than {other}, fix that
    """,
    """
    !mach/machen {thing} kleiner als {other}
    {nom} (soll|muss) kleiner sein als {other_nom}
    {nom} kleiner als {other_nom} (bitte|)
    ich will {thing} kleiner als {other}
    {kann} {nom} kleiner sein als {other_nom}?
    warum {ist} {nom} nicht kleiner als {other_nom}?
    neben {other_dat} {soll} {nom} kleiner sein
    {nom} {ist} doch (normalerweise|eigentlich) kleiner als {other_nom}
    ich möchte, dass {nom} kleiner {ist} als {other_nom}
    {nom} < {other_nom}
    """,
    told.SMALLER_THAN,
)
AS_BIG_AS = patterns(
    """
    !make {thing} as (big|large|tall) as {other}
    {thing} (should be|must be|has to be) (just|exactly|) as (big|large|tall) as {other}
    {thing} (should be|needs to be|in) the same size as {other}
    {thing} as big as {other} (please|)
    (same|equal) size for {thing} as {other}
    !(match|adapt|adjust) the size of {thing} to {other}
    !give {thing} the (size|height) of {other}
    could {thing} be as (big|large) as {other}?
    i want {thing} to be (as big as|the size of|no bigger and no smaller than) {other}
    {thing} shouldn't differ in size from {other}
    what if {thing} had the size of {other}?
    !(copy|take|use) the size of {other} for {thing}
    {thing} = {other} in size
    {thing} same big like {other}
    """,
    """
    !mach/machen {thing} (so groß|genauso groß|gleich groß) wie {other}
    {nom} {soll} (so groß|genauso groß|gleich groß) sein wie {other_nom}
    {nom} (so groß|genauso groß) wie {other_nom} (bitte|)
    {nom} in der (gleichen|selben) Größe wie {other_nom}
    !gib/geben {dat} die Größe von {other_dat}
    !pass_an/anpassen die Größe von {dat} an {other}
    {kann} {nom} so groß sein wie {other_nom}?
    ich (will|möchte|hätte gern) {thing} so groß wie {other}
    {nom} {soll} nicht größer und nicht kleiner sein als {other_nom}
    was wäre, wenn {nom} so groß wäre wie {other_nom}?
    Größe von {dat} = Größe von {other_dat}
    gleiche Größe für {thing} wie für {other}
    """,
)
