"""Time, weather, season, place and style wished for as a hope, a story, a complaint, or a machine's order.

The slots are those of `times_said`, `weather_said`, `places_said` and `styles_said`.
"""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

TIME = patterns(
    """
    imagine it was {w}, (do that|make it so|like that please|that's what i want)
    (i was hoping for|i was thinking of|i had hoped for|i thought it'd be) {w}
    it'd be (so cool|so nice|perfect|moodier|cozier|dope) if it was {w}
    if it was {w} i'd (be happy|print it|love it|hang it up)
    why on earth isn't it {w}??
    (set|change|switch) time to {w}
    /time {w}
    time => {w}
    time of day: {w}
    (somehow|idk but|i feel like) it should be {w}
    (guess what would be nice|you know what would be cool)? {w}
    {w}! (not negotiable|no discussion|now|please)
    {w}, (but|and) everything else the same
    i'd rather have {w}
    my (friend|sister|dad|grandma) says it should be {w}
    {w} (is my favourite|is way cozier|is so much nicer|has more vibe)
    (the story happens|it happens) when it's {w}
    (goal|end result|what i want): this scene, but {w}
    let's say it's {w}
    (feeling like|craving|longing for) {w}
    """,
    """
    (ich dachte|ich dachte eher|dachte eher) an {w_acc}
    ich hatte auf {w_acc} gehofft
    stell dir vor, es wäre {w}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schön|super|toll|mega), wenn {w} wäre
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler), wenn {w} wäre
    (warum|wieso) ist (denn|da) (noch|) nicht {w}?
    Tageszeit auf {w_acc} (ändern|stellen|setzen|umstellen)
    Zeit auf {w_acc} (stellen|setzen)
    Tageszeit = {w}
    Tageszeit => {w}
    Uhrzeit: {w}
    kannste {w_acc} draus machen?
    haste das auch mit {w_dat}?
    (machste|machst du) (bitte|mal|) {w_acc} draus?
    {w}! (keine Diskussion|sofort|bitte|)
    (die Geschichte|das Ganze) spielt, wenn {w} ist
    ich hätt's (gern|gerne|lieber) mit {w_dat}
    (Ziel|Ergebnis|Wunschbild): das Bild mit {w_dat}
    mir ist (eher|mehr|heute) nach {w_dat}
    sagen wir, es ist {w}
    """,
)
LOOKS = patterns(
    """
    imagine it was {w}, (do that|make it so|like that please|that's what i want)
    it'd be (so cool|so nice|perfect|moodier|cozier|dope) if it was {w}
    if it was {w} i'd (be happy|print it|love it|hang it up)
    why on earth isn't it {w}??
    (i thought|i was hoping) it would be {w}
    weather => {w}
    {w}! (not negotiable|no discussion|now|please)
    (somehow|idk but|i feel like) it should be {w}
    my (friend|sister|dad|grandma) says it should be {w}
    (goal|end result|what i want): this scene, but {w}
    let's say it's {w}
    can u do {w} (weather|)?
    """,
    """
    stell dir vor, es wäre {w}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schön|super|toll|mega), wenn es {w} (wäre|wär)
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler), wenn es {w} wäre
    (warum|wieso) ist es (denn|da) (noch|) nicht {w}?
    kannste es (mal|bitte|) {w} machen?
    (machste|machst du) es (bitte|mal|) {w}?
    {w}! (keine Diskussion|sofort|bitte|)
    ich hätt's (gern|gerne|lieber) {w}
    ich (dachte|hatte gehofft), es (ist|wäre) {w}. mach das mal
    mach (ma|mal|bitte), dass es {w} (ist|wird)
    am Ende soll es {w} sein
    sagen wir, es ist {w}
    irgendwie müsste es {w} sein
    ich will, dass es {w} ist
    """,
)
"""How it is said with an adjective, in German one of a time as well: `rainy`, `neblig`, `dunkel`."""
WHEN = patterns(
    """
    (i was hoping for|i was thinking of) (this|the scene) {when}
    it'd be (so cool|so nice|perfect|moodier|cozier) {when}
    (guess what would be nice|you know what would be cool)? this {when}
    {when} (is better|would be my choice|or nothing|it is)
    (set|move) (the scene|this) {when}
    same place, same everything, {when}
    i'd rather see (it|this) {when}
    (goal|end result|what i want): this scene {when}
    (let's say|let's pretend|suppose) this happens {when}
    (bring|get) (it|this) to me {when}
    """,
    """
    ich dachte (eher|mehr|so) an {when}, also das Bild {when}
    (wäre|wär) (cool|schön|super|toll|mega), wenn das {when} wäre
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler) {when}
    kannste das (auch|mal|bitte|) {when} malen?
    haste das auch {when}?
    (machste|machst du|malst du) das (bitte|mal|) {when}?
    stell dir vor, das wäre {when}. (mach das|so bitte|so will ich das)
    {when} (ist besser|ist doch viel schöner|wär mir lieber|oder gar nicht)
    ich hätt's (gern|gerne|lieber) {when}
    (Ziel|Ergebnis|Wunschbild): das Bild {when}
    sagen wir, das Ganze ist {when}
    """,
)
WEATHER = patterns(
    """
    imagine there was {w}, (do that|make it so|like that please|that's what i want)
    (i was hoping for|i was thinking of|i had hoped for) {w}
    it'd be (so cool|so nice|perfect|moodier|cozier|dope) with {w}
    (if there was|with) {w} i'd (be happy|print it|love it|hang it up)
    why on earth don't we have {w}?? (i want it|it needs that)
    (set|change|switch) weather to {w}
    /weather {w}
    weather => {w}
    (weather effect|effect|weather layer): {w}
    (somehow|idk but|i feel like) it needs {w}
    (guess what would be nice|you know what would be cool)? {w}
    {w}! (not negotiable|no discussion|now|please)
    my (friend|sister|dad|grandma) says it needs {w}
    (goal|end result|what i want): this scene with {w}
    (feeling like|craving|longing for) {w}
    the weather is (boring|so boring), {w} please
    """,
    """
    (ich dachte|ich dachte eher|dachte eher) an {w_acc}
    ich hatte auf {w_acc} gehofft
    (wäre|wär) (cool|schön|super|toll|mega) mit {w_dat}
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler) mit {w_dat}
    Wetter auf {w_acc} (ändern|stellen|setzen|umstellen)
    Wetter = {w}
    Wetter => {w}
    haste das auch mit {w_dat}?
    kannste das (auch|mal|bitte|) mit {w_dat} malen?
    {w}! (keine Diskussion|sofort|bitte|)
    ich hätt's (gern|gerne|lieber) mit {w_dat}
    (Ziel|Ergebnis|Wunschbild): das Bild mit {w_dat}
    mir ist (eher|mehr|heute) nach {w_dat}
    irgendwie (fehlt|gehört) da {w} (dazu|)
    das Wetter ist so (langweilig|öde), {w} bitte
    """,
)
FALLING = patterns(
    """
    imagine it would {verb}, (do that|like that please|that's what i want)
    it'd be (so cool|so nice|perfect|cozier) if it would {verb}
    i was hoping it would {verb}
    why on earth doesn't it {verb}??
    (somehow|idk but|i feel like) it should {verb}
    what if it just started to {verb}?
    let's say it starts to {verb}
    my (daughter|son|kid) wants it to {verb}
    can u make it {verb}?
    """,
    """
    (wäre|wär) (cool|schön|super|toll|mega), wenn es {verb_third}
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler), wenn es {verb_third}
    stell dir vor, es {verb_third}. (mach das|so bitte|so will ich das)
    kannste es (mal|bitte|) {verb} lassen?
    (lass|lass's) (mal|bitte|doch mal) {verb}
    ich hatte gehofft, dass es {verb_third}
    irgendwie müsste es {verb}
    wieso {verb_third} es denn nicht? (mach das mal|ich will das aber)
    ich hätt gern, dass es {verb_third}
    sagen wir, es {verb_third}
    """,
)
SEASON = patterns(
    """
    imagine it was {w}, (do that|make it so|like that please|that's what i want)
    i was (hoping for|thinking of) {w}
    it'd be (so cool|so nice|perfect|cozier) if it was {w}
    why on earth isn't it {w}??
    (set|change|switch) season to {w}
    season => {w}
    /season {w}
    (feeling like|craving|longing for) {w}
    let's say it's {w}
    i'd rather have {w}
    """,
    """
    (ich dachte|ich dachte eher|dachte eher) an {w_acc}
    ich hatte auf {w_acc} gehofft
    (wäre|wär) (cool|schön|super|toll|mega), wenn {w} wäre
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler), wenn {w} wäre
    (warum|wieso) ist (denn|da) nicht {w}?
    Jahreszeit auf {w_acc} (ändern|stellen|setzen)
    Jahreszeit = {w}
    Jahreszeit => {w}
    kannste {w_acc} draus machen?
    mir ist (eher|mehr|heute) nach {w_dat}
    sagen wir, es ist {w}
    """,
)
PLACE = patterns(
    """
    imagine {them} {w}, (do that|make it so|like that please|that's what i want)
    (i was hoping|i was thinking|i thought) this would be {w}
    it'd be (so cool|so nice|perfect|cozier|dope) if (this|it) was {w}
    if this was {w} i'd (be happy|print it|love it|hang it up)
    why on earth isn't this {w}??
    (guess what would be nice|you know what would be cool)? {them} {w}
    {w}! (not negotiable|no discussion|now|please)
    (somehow|idk but|i feel like) {they} should be {w}
    my (friend|sister|dad|grandma) says this should be {w}
    (goal|end result|what i want): {them} {w}
    (setting|location|where): {w}
    let's say we're {w}
    i'd rather (see|have) {them} {w}
    it was {w} in my (dream|head|story)
    (boring place|boring background|i don't like it there), {w} (please|would be better)
    """,
    """
    stell dir vor, das wäre {w}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schön|super|toll|mega), wenn das {w} wäre
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler) {w}
    ich (dachte|hatte gehofft), das (ist|wäre) {w}. mach das mal
    (warum|wieso) ist das (denn|) nicht {w}?
    kannste das (auch|mal|bitte|) {w} malen?
    haste das auch {w}?
    {w}! (keine Diskussion|sofort|bitte|)
    ich hätt's (gern|gerne|lieber) {w}
    (Ziel|Ergebnis|Wunschbild): alles {w}
    sagen wir, wir sind {w}
    in meinem Kopf ist das {w}
    (langweiliger Ort|da gefällt's mir nicht|da ist es langweilig), {w} (bitte|wär besser)
    das Ganze müsste (eigentlich|irgendwie|) {w} sein
    """,
)
NAMED = patterns(
    """
    (set|change|switch) (background|bg|scene|location) to {place}
    /(background|bg|scene|place) {place}
    (background|bg|scene) (=>|->) {place}
    (background|bg), but make it {place}
    imagine the background was {place}, (do that|make it so|like that please)
    i was (hoping for|thinking of) {place} in the background
    the background is (boring|so boring|meh|dull), (make it|i want|use) {place}
    it'd be (so cool|so nice|perfect) with {place} as the background
    why isn't the background {place}?
    {place} for the (background|bg) (please|pls|)
    """,
    """
    Hintergrund auf {place_acc} (ändern|stellen|setzen)
    Hintergrund (->|=>) {place}
    Hintergrund {place}
    Ort ändern: {place}
    ich dachte (eher|mehr|) an {place_acc} (als|im) Hintergrund
    der Hintergrund ist (langweilig|öde|doof), {place} bitte
    (wäre|wär) (cool|schön|super|toll) mit {place_dat} im Hintergrund
    kannste als Hintergrund {place_acc} (machen|nehmen|malen)?
    haste als Hintergrund auch {place_acc}?
    stell dir vor, {place} als Hintergrund. (mach das|so bitte|so will ich das)
    warum nicht {place} als Hintergrund?
    """,
)
STYLE = patterns(
    """
    imagine this as {w}, (do that|make it so|like that please|that's what i want)
    (i was hoping for|i was more thinking of) {w}
    it'd be (so cool|so nice|perfect|dope) as {w}
    if this was {w} i'd (be happy|print it|love it|hang it up)
    (set|change|switch) style to {w}
    /style {w}
    style => {w}
    style = {w}
    (guess what would be nice|you know what would be cool)? this as {w}
    {w}! (not negotiable|no discussion|now|please)
    my (friend|sister|dad|grandma) wants it as {w}
    (goal|end result|what i want): this scene as {w}
    this, but make it {w}
    (feeling like|craving) {w}
    the style is (boring|meh|not mine), {w} please
    """,
    """
    (wäre|wär) (cool|schön|super|toll|mega) als {w}
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler) als {w}
    stell dir vor, das wäre {w}. (mach das|so bitte|so will ich das)
    Stil (=>|->|=) {w}
    haste das auch als {w}?
    kannste das (auch|mal|bitte|) als {w} (machen|malen)?
    (machste|machst du|malst du) das (bitte|mal|) als {w}?
    {w}! (keine Diskussion|sofort|bitte|)
    ich hätt's (gern|gerne|lieber) als {w}
    (Ziel|Ergebnis|Wunschbild): das Bild als {w}
    der Stil ist (langweilig|öde|nix für mich), {w} bitte
    das müsste (eigentlich|irgendwie|) {w} sein
    """,
)
QUALITY = patterns(
    """
    imagine this but (prettier|nicer|more beautiful), (do that|like that please)
    it'd be (cool|great|nice) if (it|this) was (prettier|nicer|more beautiful)
    (i was hoping for|i expected) something (prettier|nicer|more beautiful)
    (meh|hmm|idk), could be (prettier|nicer)
    my (friend|sister|dad|grandma) says it's not pretty enough
    /(enhance|beautify|improve)
    (beauty|prettiness|quality) (+|++|up)
    (goal|what i want): same picture, (prettier|nicer|more beautiful)
    """,
    """
    (wäre|wär) (cool|toll|super), wenn das (schöner|hübscher) wäre
    ich hatte auf (was|etwas) (Schöneres|Hübscheres) gehofft
    kannste das (bissl|etwas|mal|) (schöner|hübscher) machen?
    (machste|machst du) das (bitte|mal|) (schöner|hübscher)?
    haste das auch in (schön|schöner|hübsch)?
    bissl (schöner|hübscher) (bitte|wär gut|geht doch)
    meine (Oma|Frau|Kleine) findet es nicht schön genug
    Qualität (+|++|hoch|rauf)
    """,
)
