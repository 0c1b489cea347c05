"""How wishes about colours are said.

Beside the names of a thing (`naming.Named`) a line may use `{had}`, the colour it has; `{a_colour}`, the new
one with its article; `{of_colour}`, the same before the thing, without article in the plural; `{new}` and
`{new_nom}`, the thing in the new colour with an indefinite article; `{not_one}`,
"a green one"; and verbs in the thing's number, `{is}`, `{ist}` (`numbers_agree`).
"""

from __future__ import annotations

from training.tiny.wishes import colours_told as told
from training.tiny.wishes import learners_said, pointing_said, shared_told
from training.tiny.wishes.voice import patterns

RECOLOUR = patterns(
    """
    !(make|paint|colour|color|dye|turn|tint) {thing} {colour}
    !(change|switch|set) {thing} to {colour}
    !(change|switch) the (colour|color) of {thing} to {colour}
    {nom} (should be|must be|needs to be|has to be|ought to be|shall be|in) {colour}
    {colour} {bare} (please|instead|)
    {bare} {colour}
    (i want|i'd like|i'd prefer|give me) {thing} (in|to be) {colour}
    i (want|need|like) {thing} {colour}
    {nom} (would look|looks) better in {colour}
    what if {nom} (was|were) {colour}?
    {bare}: {colour}
    {colour} for {thing} (please|)
    !give {thing} {a_colour} (colour|color|coat of paint|paint job|look)
    {thing} (but|just) {colour}
    can {nom} be {colour}?
    could {nom} (maybe|perhaps|please|) (become|be|get) {colour} (instead|)?
    why {is} {nom} not {colour}?
    how come {nom} is not {colour}
    {nom} was supposed to be {colour}
    {nom} (aint|is not) {colour} (yet|at all)
    {nom} is the wrong (colour|color), i (said|meant|wanted) {colour}
    i (imagined|pictured|see|expected) {thing} (in|as) {colour}
    in my (head|mind|imagination) {nom} is {colour}
    (for|about) {thing}: {colour} (would be|is) (nicer|better|prettier)
    {colour} (suits|would suit|fits) {thing} better
    {colour} would (be|look) (good|nice|great|cool|cute) on {thing}
    how would {nom} look in {colour}?
    (how about|what about|maybe) {of_colour} {bare}?
    (how about|what about|maybe|rather|better) {colour} for {thing}?
    !(pour|splash|spray|put) (some|) {colour} (paint|colour|color) (on|over|all over) {thing}
    !(repaint|recolor|recolour) {thing} (in|as|to|) {colour}
    now {nom} should (go|turn|become) {colour}
    !have {thing} (be|painted|turn) {colour}
    (colour|color) of {thing}: {colour}
    (colour|color) of {thing} = {colour}
    (pick|choose|use|take|try) {colour} (for|on) {thing}
    i (think|feel|guess) {nom} should be {colour}
    i (would love|love|prefer) {thing} in {colour} (more|)
    {nom} could (use|do with) {a_colour} (colour|color|touch|coat)
    {nom} not {colour}?? (fix that|change that|please fix) (please|)
    wanna have {thing} {colour}
    {thing} {colour} color please
    {thing} make {colour}
    {nom} would (like|love) to be {colour}
    mom says {nom} must be {colour}
    (same|everything the same|all the same) (but|just) with {thing} in {colour}
    (just|only) the (colour|color) of {thing} (is off|is wrong|bothers me), {colour} please
    my (favourite|favorite) (colour|color) is {colour}, so {thing} in {colour} please
    (would it be possible to have|may i have|could i get) {thing} in {colour}?
    i'd paint {thing} {colour} if i were you
    {bare} -> {colour}
    !(get|bring|render|do) {thing} in {colour}
    {nom} really needs to be {colour}
    {colour} is the (colour|color) for {thing}
    you forgot to (paint|make|colour) {thing} {colour}
    """,
    """
    !(mach/machen|mal/malen|färb/färben|streich/streichen) {thing} {colour}
    !mal_an/anmalen {thing} {colour}
    {nom} (soll|soll doch|muss) {colour} sein
    {nom} (in|jetzt) {colour}
    {bare} {colour}
    {bare} in {colour} (bitte|wäre besser|wäre schön|)
    ich (will|hätte gern|möchte|wünsche mir) {thing} (in|lieber in|) {colour}
    (was wäre|wie wär's), wenn {nom} {colour} wäre?
    {nom} (bitte|lieber|doch lieber) {colour}
    !änder/ändern die Farbe von {dat} (auf|in|zu) {colour}
    {colour} für {thing}
    {kann} {nom} (bitte|vielleicht|nicht|) {colour} (sein|werden)?
    {sollte} {nom} nicht (eigentlich|) {colour} sein?
    warum {ist} {nom} (nicht|denn nicht) {colour}?
    {nom} {sollte} (eigentlich|doch|besser|lieber|) {colour} (sein|werden)
    {nom} {wäre} (in|mir in) {colour} (schöner|lieber|besser)
    {colour} steht {dat} besser
    {colour} würde {dat} (besser|gut) stehen
    {colour} passt besser zu {dat}
    bei {dat} wäre {colour} besser
    die Farbe von {dat} (soll|muss|sollte) {colour} sein
    die Farbe von {dat} (gefällt mir nicht|passt nicht|ist falsch), (lieber|mach|bitte) {colour}
    Farbe (von|bei) {dat}: {colour}
    bei {dat} (bitte|lieber|hätte ich gern) {colour}
    bei {dat} (wär|fänd ich) {colour} (schöner|besser|cooler)
    !streich_an/anstreichen {thing} {colour}
    !färb_um/umfärben {thing} (auf|in) {colour}
    !lackier/lackieren {thing} {colour}
    !pinsel_an/anpinseln {thing} {colour}
    !(gib/geben|verpass/verpassen) {dat} (einen neuen Anstrich|eine Lackierung|einen Anstrich) in {colour}
    !(nimm/nehmen|wähl/wählen) {colour} für {thing}
    !kipp/kippen (mal|) {colour_e} Farbe über {thing}
    (malt|färbt|macht) {thing} (bitte|mal|doch|) {colour}
    man (sollte|könnte) {thing} {colour} (machen|malen|färben)
    {nom} {müsste} {colour} (sein|gestrichen sein|angemalt sein)
    ich stell mir {thing} {colour} vor
    ich hab mir {thing} {colour} vorgestellt
    ich (dachte|meinte|sagte doch), {nom} {ist} {colour}
    {nom} {ist} ja gar nicht {colour}
    {nom} {ist} (leider|noch|immer noch) nicht {colour}
    {nom} {wird} (jetzt|nun|) {colour}
    {nom} {will} {colour} sein
    wie (sieht|sähe) das aus mit {dat} in {colour}?
    (dasselbe|das gleiche|alles gleich), (nur|aber) {thing} in {colour}
    (dasselbe Bild|so lassen), (nur|aber) {nom} {colour}
    (könnte|dürfte) ich {thing} in {colour} (haben|bekommen|sehen)?
    (hast du|gibt's|gibt es|habt ihr) {thing} auch in {colour}?
    {bare}: {colour}
    {bare} -> {colour}
    ich (find|finde) {thing} in {colour} (schöner|besser|hübscher)
    {nom} {soll} (bitte|doch|mal|unbedingt|) {colour} werden
    {nom} aber (in|bitte in|lieber in) {colour}
    mach dass {nom} {colour} {ist}
    ich will, dass {nom} {colour} {ist}
    meine (Lieblingsfarbe ist|Tochter mag) {colour}, also {thing} bitte so
    du hast vergessen, {thing} {colour} zu (machen|malen)
    {nom} {braucht} (mehr Farbe, und zwar|einen Anstrich in) {colour}
    kriegst du {thing} {colour} hin?
    """,
    told.RECOLOUR,
    learners_said.RECOLOUR,
    pointing_said.RECOLOUR,
)
RECOLOUR_FROM = patterns(
    """
    {thing} shouldn't be {had} (but|, rather) {colour}
    {nom} (should|must) not be {had} but {colour}
    {nom} is {had} but (i want|i wanted|it should be|should be|i need) {colour}
    {nom} {colour} instead of {had}
    {colour} instead of {had} for {thing}
    {colour}, not {had}: (that's how i want|i mean) {thing}
    why {is} {nom} {had}? (should be|i said|i want|make that) {colour}
    (not|no) {a_had} {bare}, {colour} please
    i (want|wanted|asked for|said|meant) {new}, not {not_one}
    {new} instead of {not_one}
    {new} would be (nicer|better|prettier) than {not_one}
    {nom} (looks|seems) (boring|wrong|strange|ugly) in {had}, (try|use|take|rather) {colour}
    i (don't|dont) (like|want) {thing} in {had}, (better|rather|make that) {colour}
    {had} doesn't suit {thing}, {colour} does
    !(change|turn) {thing} from {had} to {colour}
    from {had} to {colour}: {thing}
    {bare} {had} -> {colour}
    !replace the {had} of {thing} (with|by) {colour}
    !swap the {had} of {thing} for {colour}
    the {had} {bare} should be {colour}
    {had} {bare}? no, {colour}
    enough {had}, {thing} (in|should be) {colour} now
    anything but {had} for {thing}, say {colour}
    """,
    """
    {nom} {soll} nicht {had}, sondern {colour} sein
    nicht {had}, sondern {colour}: {nom}
    {nom} {ist} {had}, ({soll} aber|ich will aber|ich wollte aber|bitte) {colour}
    {nom} {colour} statt {had}
    {nom} lieber {colour} als {had}
    {colour} statt {had} für {thing}
    warum {ist} {nom} {had}? (ich wollte|mach das|bitte) {colour}
    ich (will|wollte|möchte|meinte) {new}, {not_one}
    {new_nom} {wäre} schöner
    {new} fänd ich schöner
    es {soll} {new_nom} sein, nicht {had}
    {had} (gefällt mir|passt) bei {dat} nicht, (nimm|lieber|mach) {colour}
    {nom} {ist} mir zu {had}, (lieber|mach|bitte) {colour}
    !mach/machen {thing} von {had} zu {colour}
    !tausch/tauschen das {had} von {dat} gegen {colour}
    {bare} {had} -> {colour}
    aus {had} wird {colour}: {nom}
    bei {dat} {colour} statt {had}
    {nom} {hat} die falsche Farbe, {colour} wäre richtig
    kein {had} (bei|an) {dat}, {colour} bitte
    warum so {had}? {nom} {soll} {colour} sein
    {had}? nein, {nom} {soll} {colour} sein
    """,
    told.RECOLOUR_FROM,
)
ONE_OF_TWO = patterns(
    """
    !(make|paint|colour|turn) (only|just) {thing} {colour}
    (only|just) {thing} (should be|in) {colour}
    !(make|paint) {thing} {colour} (and|but) leave {other} (as before|alone|as is|untouched)
    {thing} {colour}, {other} (as before|same as before|unchanged)
    {thing} should be {colour}, but not {other}
    not {other}, (just|only) {thing} should be {colour}
    {thing} in {colour}, don't touch {other}
    {thing} next to {other} should be {colour}
    {other} can stay (like that|as before|that way), but {thing} (in|should be) {colour}
    i like {other}, but {thing} should be {colour}
    {other} must keep the (colour|color), {thing} should get {colour}
    of the two, {thing} should be {colour}
    (keep|leave) {other} (like that|as is) and (make|paint) {thing} {colour}
    {colour} only for {thing}
    nothing wrong with {other}, but {thing} (in|should be) {colour}
    """,
    """
    !(mach/machen|mal/malen|färb/färben) nur {thing} {colour}
    nur {nom} (soll|in|bitte) {colour}
    {nom} {soll} {colour} sein, {other_nom} (nicht|wie vorher|genau wie jetzt)
    nicht {other_nom}, nur {nom} {soll} {colour} sein
    {nom} {colour}, aber lass {other} (so|in Ruhe|wie vorher)
    {other} kannst du so lassen, aber {nom} {soll} {colour} sein
    gegen {other} hab ich nichts, aber {nom} bitte (in|) {colour}
    {nom} neben {other_dat} {soll} {colour} sein
    lass {other} so und mach {thing} {colour}
    !(mach/machen|mal/malen) {thing} {colour}, aber nicht {other}
    von den beiden {soll} nur {nom} {colour} sein
    {nom} in {colour}, sonst nichts ändern
    {colour} nur für {thing}
    die Farbe von {other_dat} ist gut, aber {nom} (lieber|bitte) {colour}
    """,
    shared_told.ONE_OF_TWO,
)
EACH = patterns(
    """
    !(make|paint|colour) {thing} {colour} and {other} {colour2}
    {thing} {colour}, {other} {colour2}
    {thing} in {colour} and {other} in {colour2} (please|)
    {colour} for {thing}, {colour2} for {other}
    {thing} should be {colour} and {other} should be {colour2}
    i want {thing} {colour} and {other} {colour2}
    {thing}: {colour}, {other}: {colour2}
    {colour} {bare}, but {colour2} for {other}
    """,
    """
    !(mach/machen|mal/malen|färb/färben) {thing} {colour} und {other} {colour2}
    {nom} {colour}, {other_nom} {colour2}
    {nom} in {colour} und {other_nom} in {colour2} (bitte|)
    {colour} für {thing}, {colour2} für {other}
    {nom} {soll} {colour} sein, {other_nom} dagegen {colour2}
    ich (will|möchte|hätte gern) {thing} {colour} und {other} {colour2}
    {nom}: {colour}, {other_nom}: {colour2}
    """,
    shared_told.EACH,
)
ALL = patterns(
    """
    !(make|paint|turn|colour) (everything|all of it|all things|it all|all of them) {colour}
    (everything|all) (should be|in) {colour}
    all {colour} (please|)
    {colour} everything
    !(change|set) (everything|all the things) to {colour}
    (i want|i'd like|give me) (everything|it all|all of it|every thing) (in|to be) {colour}
    (everything|all of it|every single thing) {colour} (please|now|)
    {colour} (everywhere|all over|all around|for everything)
    !(dip|dunk|drown|bathe|dress) (everything|it all) in {colour}
    why is not everything {colour}?
    (can|could) (everything|it all|all the things) be {colour}?
    no other (colour|color) than {colour} (please|for the things|)
    {colour} is the (only colour|only color) i want (on the things|for them|)
    what if everything (was|were) {colour}?
    i love {colour}, so everything in {colour}
    (colour|color) of everything: {colour}
    !let everything (turn|become|be) {colour}
    one (colour|color) for everything: {colour}
    all things same (colour|color), {colour}
    """,
    """
    !(mach/machen|färb/färben|mal/malen) alles {colour}
    alles (in|soll sein:|bitte|) {colour}
    ich will alles in {colour}
    alle Sachen {colour}
    !mal_an/anmalen alles {colour}
    alles (soll|muss|sollte|könnte) {colour} (sein|werden)
    (ich hätte gern|ich möchte|am liebsten) alles (in|) {colour}
    (kann|könnte) (das|) alles (in|) {colour} sein?
    warum ist nicht alles {colour}?
    (überall|komplett|durchweg|rundum) {colour}
    (nur noch|nichts als|ausschließlich) {colour_e} Sachen
    !(tauch/tauchen|färb_ein/einfärben) alles in {colour}
    was wäre, wenn alles {colour} wäre?
    eine Farbe für alles: {colour}
    die ganzen (Sachen|Dinger|Dinge) (in|bitte in|sollen) {colour}
    (sämtliche|alle) Dinge (bitte|) in {colour}
    {colour} für alles
    alles gleich, (nämlich|und zwar) {colour}
    (malt|macht|färbt) (bitte|mal|doch|) alles {colour}
    """,
    shared_told.ALL,
)
BOTH = patterns(
    """
    !(make|paint|turn) (both|both of them|the two) {colour}
    both {colour} (please|)
    both (should be|in) {colour}
    (i want|i'd like) (both|the two of them) (in|to be) {colour}
    the two of them in {colour}
    (can|could) (both|they both) be {colour}?
    they (both|) should (be|have) the same (colour|color): {colour}
    {colour} for (both|the two|both of them) (please|)
    one {colour} and the other {colour} too
    not just one, both (in|should be) {colour}
    (couldn't|why can't) both be {colour}?
    each of the two in {colour}
    """,
    """
    !(mach/machen|färb/färben|mal/malen) (beide|beides) {colour}
    beide {colour} (bitte|)
    beide sollen {colour} sein
    (ich will|ich hätte gern|ich möchte) beide (in|) {colour}
    (können|könnten) beide {colour} sein?
    die zwei (in|bitte|sollen in) {colour}
    beide (die gleiche Farbe|in derselben Farbe): {colour}
    {colour} für (beide|beides|die beiden)
    nicht nur eins, (beide|beides) (in|bitte|) {colour}
    !mal_an/anmalen (beide|die zwei) {colour}
    was wäre, wenn beide {colour} wären?
    """,
    shared_told.BOTH,
)
