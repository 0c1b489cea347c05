"""A thing's size wished for as a hope, a story, a complaint, or as an order to a machine (`sizes_said`)."""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

TO_SIZE = patterns(
    """
    imagine {nom} were {size}, (do that|make it so|like that please|that's what i want)
    (picture this:|imagine this:|here's the vision:) {thing}, but {size}
    i was hoping for {a_size} {bare} instead
    it'd be (so cool|funny|so cute|perfect|hilarious) if {nom} was {size}
    (you know what would be funny|know what would be cool)? {a_size} {bare}
    why on earth {is} {nom} not {size}??
    {nom} should've been {size} (from the start|all along|)
    {bare}, but make it {size}
    {bare}.size = {size}
    /(size|resize) {bare} {size}
    set (size of {bare}|{bare} size) to {size}
    {bare} size: {size}
    {bare} => {size}
    {bare} = {size}
    (goal|end result|what i want): {thing}, {size}
    {nom} {size}! (no discussion|make it happen|now|)
    i (really|totally|just|kinda) (want|need) {thing} {size}
    {thing} needs to end up {size}
    we said {size} for {thing}
    all i ask is that {nom} {is} {size}
    """,
    """
    stell dir (mal|) vor, {nom} {wäre} {size}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|lustig|super|witzig|mega), wenn {nom} {size} {wäre}
    (ich fänds|ich fänd es|fänds) (besser|lustiger|cooler|gut), wenn {nom} {size} {wäre}
    ich wär (happy|froh|zufrieden), wenn {nom} {size} {wäre}
    kannste {thing} (mal|nich|vielleicht|bitte) {size} machen (oder so|)?
    wieso {ist} {nom} denn nicht {size}? (mach das mal|änder das bitte|will ich aber so)
    {nom} {hätte} (von Anfang an|eigentlich|) {size} sein sollen
    tu {thing} (mal|bitte|doch) {size} machen
    mach (ma|mal|bitte), dass {nom} {size} {wird}
    {thing} (bitte|mal|) {size} machen
    Größe von {dat} auf {size} (ändern|setzen|stellen)
    {bare} = {size}
    {bare} => {size}
    {bare}, Größe {size}
    Größe {bare}: {size}
    (Ziel|Ergebnis|am Ende): {nom} {size}
    am Ende {soll} {nom} {size} sein
    {nom} {size}! (keine Diskussion|bitte|sofort|)
    ich hätt gern, dass {nom} {size} {wird}
    (weißt du was|weißte was)? {thing} {size} (machen|malen)!
    wenn {nom} {size} {wäre}, (würd ich lachen|wär's perfekt|wär ich zufrieden)
    """,
)
BIGGER = patterns(
    """
    (i need a magnifying glass|i need my glasses) to see {thing}, bigger please
    {nom} is hardly bigger than an ant, bigger please
    {nom} could be a bit more impressive, bigger i mean
    (it'd be cool|would be nice|it'd be better|i'd love it) if {nom} was (bigger|a bit bigger|larger)
    (i was hoping for|i thought of) a bigger {one}
    where is {thing}? ah there. bigger please
    {bare} size + (1|one)
    {bare} (+|++|⬆️)
    (bigger|larger): {bare}
    scale {bare} up
    /bigger {bare}
    {thing} but (bigger|larger|biger)
    {bare} too smol
    {thing}... who can even see that? bigger
    (did you shrink|who shrunk) {thing}?? (bigger|larger) please
    {bare} (bigger|larger) bigger bigger
    {nom} deserves to be bigger
    {thing} should be (more|) (noticeable|prominent), so bigger
    """,
    """
    für {thing} (brauch ich|braucht man) ja ne Lupe, größer bitte
    (wo ist|wo) {nom}? ach da. größer bitte
    {nom} {ist} ja kaum größer als eine Ameise, (größer|bitte größer)
    (wäre|wär) (cool|schön|besser|super), wenn {nom} (größer|etwas größer|bissl größer) {wäre}
    ich fänds (besser|schöner|gut), wenn {nom} größer {wäre}
    {nom} (bissl|bisserl|bisschen|ein wenig|nen Tick|deutlich|viel) größer (bitte|machen|)
    kannste {thing} (mal|nich|bitte|bissl|etwas) größer machen?
    haste {thing} auch in größer?
    {geht} {nom} auch (größer|ne Nummer größer|bissl größer)?
    {nom} {gehört} größer
    {bare} (+|++|⬆️)
    Größe von {dat} erhöhen
    ich hatte {thing} größer in Erinnerung
    was {ist} {nom} denn so (klein|mickrig|winzig)? größer bitte
    {nom} (geht ja unter|kommt kaum zur Geltung), größer
    größer, größer, größer: {thing}
    tu {thing} (mal|bitte|bissl) größer machen
    mach (ma|mal|bitte), dass {nom} größer {wird}
    ich hätt {thing} (gern|gerne|lieber) (bissl|etwas|ein Stück|) größer
    ich dachte, {nom} {wäre} größer. mach mal
    """,
)
SMALLER = patterns(
    """
    {thing} (takes|is taking) up (way too much|too much|all the) (space|room), smaller please
    {nom} {is} not godzilla, smaller please
    (it'd be cool|would be nice|it'd be better|i'd love it) if {nom} was (smaller|a bit smaller)
    (i was hoping for|i thought of) a smaller {one}
    (i see nothing but|all i see is) {thing}, smaller please
    {bare} size - (1|one)
    {bare} (--|⬇️)
    smaller: {bare}
    scale {bare} down
    /smaller {bare}
    {thing} but (smaller|smoler)
    {bare} too (big|chonky)
    {thing}... that's huge. smaller
    (who|what) blew up {thing} like that?? smaller please
    {nom} could be more (modest|subtle), so smaller
    tone down the size of {thing}
    """,
    """
    {nom} {braucht} (viel zu viel|den ganzen|so viel) Platz, kleiner bitte
    {nom} {ist} ja riesengroß, (kleiner|bitte kleiner)
    (wäre|wär) (cool|schön|besser|super), wenn {nom} (kleiner|etwas kleiner|bissl kleiner) {wäre}
    ich fänds (besser|schöner|gut), wenn {nom} kleiner {wäre}
    {nom} (bissl|bisserl|bisschen|ein wenig|nen Tick|deutlich|viel) kleiner (bitte|machen|)
    kannste {thing} (mal|nich|bitte|bissl|etwas) kleiner machen?
    haste {thing} auch in kleiner?
    {geht} {nom} auch (kleiner|ne Nummer kleiner|bissl kleiner)?
    {nom} {gehört} kleiner
    {bare} (--|⬇️)
    Größe von {dat} verringern
    ich hatte {thing} kleiner in Erinnerung
    was {ist} {nom} denn so (groß|riesig|gewaltig)? kleiner bitte
    (ich seh nur noch|man sieht nur noch) {thing}, kleiner bitte
    kleiner, kleiner, kleiner: {thing}
    tu {thing} (mal|bitte|bissl) kleiner machen
    mach (ma|mal|bitte), dass {nom} kleiner {wird}
    ich hätt {thing} (gern|gerne|lieber) (bissl|etwas|ein Stück|) kleiner
    ich dachte, {nom} {wäre} kleiner. mach mal
    {nom} {ist} ja (monströs|ungeheuer), kleiner bitte
    """,
)
THAN = patterns(
    """
    it'd be (better|nicer|more realistic) if {nom} was bigger than {other}
    {other} (should be|must be|needs to be) the smaller one, {thing} the bigger one
    (realistically|in real life) {nom} {is} bigger than {other}, so (make it so|do it like that)
    i (thought|expected) {nom} would be bigger than {other}
    {nom} (shouldn't be|can't be) smaller than {other} but bigger
    size: {bare} > {other}
    imagine {nom} bigger than {other}, (do that|like that)
    {thing} one size above {other}
    of the two, {thing} should be bigger
    """,
    """
    (wäre|wär) (besser|schöner|realistischer), wenn {nom} größer als {other_nom} {wäre}
    ich dachte, {nom} {wäre} größer als {other_nom}. mach das mal
    {nom} {darf} nicht kleiner sein als {other_nom}, sondern größer
    (in echt|im echten Leben) {ist} {nom} größer als {other_nom}, (mach das|also bitte so)
    von den beiden {soll} {nom} größer sein
    Größe: {bare} > {other_nom}
    {nom} eine Nummer größer als {other_nom}
    kannste {thing} größer machen als {other}?
    mach {thing} mal größer als {other}
    """,
)
SMALLER_THAN = patterns(
    """
    it'd be (better|nicer|more realistic) if {nom} was smaller than {other}
    {other} (should be|must be|needs to be) the bigger one, {thing} the smaller one
    (realistically|in real life) {nom} {is} smaller than {other}, so (make it so|do it like that)
    i (thought|expected) {nom} would be smaller than {other}
    size: {bare} < {other}
    {thing} one size below {other}
    of the two, {thing} should be smaller
    """,
    """
    (wäre|wär) (besser|schöner|realistischer), wenn {nom} kleiner als {other_nom} {wäre}
    ich dachte, {nom} {wäre} kleiner als {other_nom}. mach das mal
    {nom} {darf} nicht größer sein als {other_nom}, sondern kleiner
    (in echt|im echten Leben) {ist} {nom} kleiner als {other_nom}, (mach das|also bitte so)
    von den beiden {soll} {nom} kleiner sein
    Größe: {bare} < {other_nom}
    {nom} eine Nummer kleiner als {other_nom}
    kannste {thing} kleiner machen als {other}?
    mach {thing} mal kleiner als {other}
    """,
)
