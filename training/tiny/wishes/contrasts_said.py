"""Pairs of tables in the same words: what asks for nothing ("my cat is orange"), and what is a wish beside it
("my cat is orange, make this one orange too").

Slots as in `remarks_said`; `{when}` and `{where}` are phrases of `scenery`, `{w}` a style, `{new}` a thing
that the picture does not have.
"""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

COLOUR_TALK = patterns(
    """
    (my|our|tom's|grandma's) {one} is {colour} (lol|btw|)
    (my|our) {one} (was|used to be) {colour} (when i was little|back then|once|)
    (i have|i had|i used to have|we own) {a_colour} {one} (at home|too|once|)
    {colour} is my favourite colour (btw|too|lol|)
    (i love|i like|my kids love|who doesn't love) {colour} {many} (❤️|lol|)
    (i saw|tom bought|there was|my uncle sold) {a_colour} {one} (yesterday|last week|in town|)
    tom's {one} is {colour}, mine is {had} (lol|)
    my (sister|brother|neighbour) painted (the|an old) {one} {colour} (last week|lol|)
    (in my book|in my dream|in the film) the {one} was {colour} (lol|)
    (i'm|we're) painting (my room|the kitchen|the fence) {colour} (tomorrow|today|)
    """,
    """
    {my} ist {colour} (lol|übrigens|)
    {my} war (früher|als kind|mal) {colour}
    (ich hab|wir haben|tom hat) (daheim|zuhause|auch) {a_colour_one}
    {colour} ist (ja|übrigens|) (meine lieblingsfarbe|die lieblingsfarbe von anna)
    (ich liebe|ich mag|meine kinder lieben) {colour_e} {many} (❤️|lol|)
    (gestern|neulich) hab ich {a_colour_one} gesehen (lol|)
    (mein bruder|mein nachbar) hat (gestern|letzte woche|) {a_colour_one} gekauft
    (in dem film|in meinem traum|im buch) war {a_nom} {colour} (lol|)
    (wir streichen|ich streich) (morgen|gerade|) (mein zimmer|die küche|den zaun) {colour}
    """,
)
COLOUR_WISH = patterns(
    """
    (my|our) {one} is {colour}, (make|paint) {thing} {colour} too (please|)
    (my|our) {one} is {colour} so {nom} should be {colour} too
    {nom} should be {colour}, like (mine|ours|my own {one}|the one i had)
    (make|paint|colour) {thing} {colour} like (mine|ours at home|the one i used to have)
    {colour} is my favourite colour, (so make|make|please paint) {thing} {colour}
    (i'd|i would) (love|really like) {thing} (in|to be) {colour}
    (i saw|tom bought) {a_colour} {one} (yesterday|last week), can {nom} be {colour} as well?
    (we|i) had {a_colour} {one} once, (so please|could you) make {thing} {colour}
    my sister painted her {one} {colour}, (now|pls) paint {thing} {colour} too
    (in my book|in the film) the {one} was {colour}, so {nom} should be {colour}
    """,
    """
    {my} ist {colour}, mach {thing} auch {colour} (bitte|)
    {my} ist {colour}, also {soll} {nom} auch {colour} sein
    {nom} {soll} {colour} sein, (so wie|wie) (bei uns|daheim|bei meiner oma)
    (mach|mal) {thing} {colour} (so wie|wie) (bei uns|daheim|bei meinem bruder)
    {colour} ist meine lieblingsfarbe, (mach|mal) (doch|bitte|) {thing} {colour}
    {thing} (hätt ich|hätte ich) (gern|lieber|am liebsten) in {colour}
    gestern hab ich {a_colour_one} gesehen, kannst du {thing} auch {colour} (machen|malen)?
    wir haben daheim {a_colour_one}, also {thing} bitte auch {colour} (machen|anmalen)
    in dem film war {a_nom} {colour}, mach {thing} (bitte|mal|) auch {colour}
    """,
)
TIME_TALK = patterns(
    """
    i (always|mostly|only) (draw|work|study|go running) {when} (lol|)
    (we|they) (took a walk|went for a swim|got home|arrived|had a barbecue) {when} (yesterday|lol|)
    (see you|call me|let's meet|i'll be back) {when}
    my (neighbour|roommate|brother) (sings|mows the lawn|cooks) {when} (lol|every week|)
    (i love|i miss|i like) being outside {when} (❤️|)
    (the bus|the train|our flight|the party) leaves {when}
    (who else is|i was) (awake|hungry|on the road) {when} (lol|?|)
    """,
    """
    ich (mal|arbeite|lern|jogge) (immer|meistens|am liebsten) {when} (lol|)
    wir (waren gestern {when} schwimmen|waren {when} spazieren|sind erst {when} heimgekommen) (lol|)
    (ruf mich {when} an|treffen wir uns {when}|wir sehen uns {when}) (ok|)
    mein (nachbar|bruder|mitbewohner) (singt|kocht|staubsaugt) (immer|) {when} (lol|)
    (ich bin so gern {when} draußen|ich liebe es, {when} draußen zu sein) (❤️|)
    (der bus|der zug|unser flieger) geht {when} (lol|)
    """,
)
TIME_WISH = patterns(
    """
    (we took a walk|we arrived|we went for a swim) {when}, so (show|draw|paint) (it|the scene) {when}
    (i'd|i would) (love|like) to see (it|the scene|this) {when}
    (show|draw|paint) it {when}, that's when (we were there|i go running|we arrived)
    (can|could) (the picture|the scene|it all) (be|play|take place) {when} (like on our trip|please|)?
    i always go running {when}, (set|paint) (the scene|the picture) {when} (too|please|)
    the (scene|picture) should be {when}, like (on our walk|when we met|on our trip)
    """,
    """
    (wir waren damals|wir sind da) {when} (dort|angekommen), also (mal|zeig) es {when}
    ich (würd's|würde es) (gern|so gern|mal) {when} sehen
    (mal|zeig) (es|das ganze|das bild) {when}, da (waren wir dort|jogge ich immer|sind wir angekommen)
    (kann|könnte) das (bild|ganze) (auch|bitte|) {when} (spielen|sein)?
    ich jogge immer {when}, das bild soll (auch|) {when} spielen
    das (bild|ganze) soll {when} (sein|spielen), so wie (damals|bei unserem spaziergang)
    """,
)
FALLING_TALK = patterns(
    """
    (it's|it is) {falling} (here|at our place|outside) (right now|too|again|lol|)
    it (will|is going to|might) {fall} (tomorrow|all week|here tonight) (they say|lol|)
    (does it|will it) {fall} (at your place|in your town|where you live) (too|often|)?
    it never {falls} (here|in my town|where i live) (sadly|lol|)
    (i love it|i hate it|my dog hates it) when it {falls} (lol|outside|)
    (it was|it's been) {falling} (all day|since monday|the whole trip) (here|)
    """,
    """
    (bei uns|hier|draußen) {third} es (gerade|grad|schon wieder|auch) (lol|)
    (morgen|am wochenende|nächste woche) soll es (bei uns|hier|) {fall} (lol|)
    {third} es bei (dir|euch|anna) (auch|auch so oft|grad)?
    (hier|bei uns) {third} es (nie|fast nie) (leider|lol|)
    (ich mag's|ich hasse es|mein hund hasst es), wenn es {third} (lol|)
    (hier|bei uns) hat es (den ganzen tag|seit montag|die ganze nacht) {fallen}
    """,
)
FALLING_WISH = patterns(
    """
    it's {falling} here, (let it {fall}|it should {fall}|make it {fall}) in the picture too
    it should {fall} (in the picture|in the scene) (like here|just like outside|too)
    (make|let) it {fall} (like here|like at our place|like outside my window)
    (they say it will {fall} tomorrow|it never {falls} here), so (make|let) it {fall} (there|in the picture)
    (i love|my dog loves) it when it {falls}, so (make|let) it {fall} (in the picture|please|)
    """,
    """
    bei uns {third} es (gerade|), im bild soll es auch {fall}
    im bild soll es (auch|) {fall}, (so wie hier|wie bei uns|wie draußen)
    lass es (auch im bild|da auch|im bild) {fall} (wie hier|wie bei uns|)
    hier {third} es nie, (also lass|lass) es (wenigstens|) im bild {fall}
    ich mag's, wenn es {third}, (lass es also|also lass es) im bild {fall}
    morgen soll es {fall}, (lass|dann lass) es im bild (schon jetzt|auch schon) {fall}
    """,
)
WEATHER_TALK = patterns(
    """
    i had to (walk|cycle|drive|run) home {when} (yesterday|lol|😭|)
    we (got lost|camped|got married|had a match) {when} (once|last year|lol|)
    my (dog|dad|brother) loves (running around|sitting outside|swimming) {when} (lol|)
    (i can't|my mum can't|who can) (drive|sleep|concentrate) {when} (lol|)
    """,
    """
    ich musste (gestern|heute|) {when} (heimlaufen|mit dem rad heim|nach hause fahren) (lol|😭|)
    (wir haben uns mal {when} verlaufen|wir haben letztes jahr {when} gezeltet) (lol|)
    mein (hund|papa|bruder) ist (so|total) gern {when} (draußen|unterwegs) (lol|)
    {when} (kann|will) ich (nicht fahren|nicht schlafen|nicht aus dem haus) (lol|)
    """,
)
WEATHER_WISH = patterns(
    """
    i had to walk home {when}, so (draw|show|paint) it {when} (lol|)
    (show|draw|paint) (it|the scene|everything) {when}, (like the weather here|as it was then)
    we got lost {when} once, (set|paint) the scene {when} too
    (i'd|i would) (love|like) to see (it|the scene) {when}
    """,
    """
    ich musste {when} heimlaufen, also (mal|zeig) es {when} (lol|)
    (mal|zeig) (es|alles|das ganze) {when}, (so wie|wie) (bei uns|damals|hier gerade)
    das (bild|ganze) soll {when} sein, (so wie|wie) (damals|bei uns grad)
    ich (würd's|würde das ganze) (gern|so gern|mal) {when} sehen
    """,
)
PLACE_TALK = patterns(
    """
    (we|my parents|tom and i) (were|met|got married|spent a week) {where} (last summer|in may|once|)
    (my parents|my cousins|my best friend) (live|used to live|work) {where} (now|lol|)
    (i grew up|i once lived|i had a job) {where} (lol|❤️|)
    i (wish i was|should be) {where} (rn|right now|instead of at work) (lol|😭|)
    our {one} was {where} (once|last summer|lol|)
    """,
    """
    (wir waren|ich war|meine eltern waren) (letzten sommer|im mai|neulich|) {where} (❤️|lol|)
    (meine eltern wohnen|mein kumpel arbeitet|meine oma lebt) {where} (lol|)
    ich bin {where} (aufgewachsen|geboren) (lol|❤️|)
    ich (wär jetzt gern|wäre auch gern|wär so gern mal) {where} (😭|lol|)
    {my} (ist|war) (oft|immer|im sommer) {where} (lol|)
    """,
)
PLACE_WISH = patterns(
    """
    we (were|met|got married) {where}, so (put|place|show|paint) everything {where} (please|)
    (show|paint|draw) (everything|the whole thing) {where}, that's where (we met|i grew up|my parents live)
    everything should be {where} like (us last summer|on our trip)
    i grew up {where}, (set the scene|let the whole thing be) {where}
    i wish i was {where} right now, so (put|show) everything {where} (lol|)
    """,
    """
    wir waren {where}, also (zeig|mal) alles {where} (bitte|)
    (zeig|mal) das ganze {where}, da (haben wir uns kennengelernt|bin ich aufgewachsen|waren wir im urlaub)
    alles soll {where} sein, (so wie|wie) (im urlaub|letzten sommer)
    ich bin {where} aufgewachsen, das bild soll (auch|) {where} spielen
    ich wär jetzt gern {where}, also lass (das bild|alles) {where} (spielen|sein)
    """,
)
STYLE_TALK = patterns(
    """
    (i love|my dad loves|who else loves|i'm into) {w} (btw|lol|❤️|)
    (i learned|i tried|we had|we did) {w} (at school|in art class|once) (lol|)
    (my aunt|my sister|tom) (makes|sells|teaches|collects) {w} (lol|)
    (i have|there's|my sister has) a {w} poster (at home|in my room|in our office)
    (i think|they say) {w} (was big in the 90s|is back in fashion|is really hard) (lol|)
    """,
    """
    (ich liebe|mein papa liebt|ich steh auf|wer mag auch) {w} (übrigens|lol|❤️|)
    (wir hatten|ich hab) {w} (in der schule|im kunstkurs|mal) (gelernt|gemacht) (lol|)
    (meine tante|meine schwester|tom) (macht|verkauft|sammelt) {w} (lol|)
    {w} (war früher mal in|ist wieder modern|ist echt schwer) (glaub ich|lol|)
    """,
)
STYLE_WISH = patterns(
    """
    (i love|my dad loves) {w}, so (make|turn) (it|this|the picture) (into|to) {w}
    my aunt makes {w}, (make|do|paint) this as {w} (too|please|)
    (i'd|i would) (love|really like) (it|the picture|this) as {w}
    we did {w} at school, can you (do|make|paint) this as {w} (too|)?
    """,
    """
    ich liebe {w}, (mach|mal) (es|das|das bild) (bitte|doch|) als {w}
    meine tante macht {w}, (mach|mal) das bild (auch|bitte auch) als {w}
    (ich hätt|ich hätte) (es|das bild|das ganze) (gern|am liebsten|so gern) als {w}
    wir hatten {w} in der schule, kannst du das bild (auch|) als {w} malen?
    """,
)
ADD_TALK = patterns(
    """
    (i have|we have|my brother has|tom has) {new} (at home|too|in the garden|on a shelf) (lol|)
    my (brother|son|niece) got {new} for (christmas|his birthday|no reason) (lol|)
    (we used to have|i once had|grandma had) {new} (back then|when i was little|)
    (there's|there was|i saw) {new} (outside my window|in front of our school|on tv) (lol|yesterday|)
    (my kid|my son|tom) is saving up for {new} (lol|)
    """,
    """
    (ich hab|wir haben|tom hat) (daheim|zuhause|im garten|auch) {new} (lol|)
    mein (bruder|sohn|neffe) hat {new} (zu weihnachten|zum geburtstag) (bekommen|gekriegt) (lol|)
    (früher|als kind) hatten wir {new} (lol|)
    (gestern|neulich) (war|stand) {new_nom} (vor unserer schule|vor meinem fenster|im fernsehen) (lol|)
    (mein sohn|tom) spart auf {new} (lol|)
    """,
)
ADD_WISH = patterns(
    """
    (i have|we have|tom has) {new} at home, (add|put in) {new} (here|there|in the picture) too
    my brother got {new} for christmas, (so put|put|please put) {new} in (the picture|there)
    we used to have {new}, (can you|please) add {new}
    i saw {new} yesterday, (add|paint) {new} in (the picture|here) (please|)
    add {new} like (tom has|my brother has|we had back then)
    """,
    """
    wir haben daheim {new}, (mal|setz) (da auch|bitte auch|ins bild auch) {new} (rein|dazu)
    mein bruder hat {new} bekommen, (mal|setz) (doch|bitte|) {new} (mit ins bild|dazu)
    früher hatten wir {new}, kannst du {new} (dazu malen|dazumalen|ins bild setzen)?
    ich (hätt|hätte) (im bild|da) (noch|auch) gern {new}, (so wie daheim|wie tom)
    gestern war {new_nom} vor unserer schule, (mal|setz) {new} (bitte|) (dazu|ins bild)
    """,
)
REMOVE_TALK = patterns(
    """
    i (don't have|never had|never owned) {a} (at home|sadly|lol|)
    (my|our|tom's) {one} (got lost|was stolen|disappeared) (last year|last summer|in march) (😢|lol|)
    (my landlord|my school|our hotel) doesn't (allow|like) {many} (lol|sadly|)
    (i can't afford|who can afford) {a} (at home|these days|lol|)
    """,
    """
    ich hab (selber|leider|daheim|ja) {no_one} (lol|)
    {my} (ist letztes jahr verschwunden|wurde im urlaub geklaut|ist seit märz weg) (lol|😢|)
    (mein vermieter|unser hotel|unsere schule) erlaubt keine {many} (lol|leider|)
    (ich kann mir|wer kann sich) {a} (eh nicht leisten|heute noch leisten) (lol|)
    """,
)
REMOVE_WISH = patterns(
    """
    my {one} is gone, so (take|leave) {thing} out (too|please|)
    my landlord doesn't allow {many}, so {nom} (must go|has to go)
    i don't have {a} at home, so i don't want {thing} (here|there|in the picture) either
    (make|let) {thing} disappear, like mine did
    """,
    """
    {my} ist weg, also (mach|nimm) {thing} auch weg
    mein vermieter erlaubt keine {many}, also {muss} {nom} (weg|raus)
    ich hab daheim {no_one}, also will ich {thing} (hier|im bild|da) auch nicht
    lass {thing} (verschwinden|weg), ich hab daheim auch {no_one}
    """,
)
