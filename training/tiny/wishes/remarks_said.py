"""What people say of the things in a picture, of its time, weather, place and style, and ask for nothing.

Slots: the names of a thing in the picture (`naming.Named`), `{had}` the colour it has, `{my}`, `{my_acc}`,
`{my_dat}` such a thing at home, verbs in its number (`numbers_agree`), `{colour}` and `{colour_e}` any
colour. `{w}`, `{w_acc}` name what the scene has.
"""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

THING = patterns(
    """
    {nom} {is} (so|really|super|just|absolutely|) (great|lovely|awesome|perfect|funny|brilliant|gorgeous)
    (lol|haha|omg|wow|aww|look,|hihi), {nom} (!|😂|😍|lol|)
    (love|i love|loving|really like|i like|i adore|big fan of) {thing} (❤️|lol|!|)
    (love|i like|obsessed with) how {had} {nom} {is}
    (love|i love|like) the {had} on {thing}
    {had} suits {thing} (so well|perfectly|really well|)
    {nom} {looks} (so|really|pretty|very) (good|nice|cool|funny|real|friendly) (tbh|imo|lol|!|)
    {nom} {looks} (just|exactly|a lot|a bit) like (mine|ours|the one at my grandma's|the one in that film)
    {nom} {looks} like (my boss|my uncle on mondays|me before coffee|a potato lol)
    {nom} {is} (my favourite|my favorite|the best part|my favourite thing in it|the star of the show|goals)
    (thanks|thank you|thx|cheers|ty) for {thing} (bot|!|❤️|🙏|)
    (thanks|thank you), {nom} {is} (great|perfect|just right|just what i wanted|lovely)
    (nice|great|good|cool|sweet|lovely) {bare} (bro|bot|man|there|!|👌|)
    (what|now that's what i call) (a nice|a lovely|a great|a cool) {one} (lol|!|)
    (lol|haha|omg|dude) (i can't stop looking at|my kids love|everyone here loves) {thing}
    @(anna|tom|lena|max) (look at|check out|you have to see|what do you think of) {thing} (lol|👀|)
    (guys|hey all|mum|anna|tom), (look at|come see|check out) {thing} (lol|!|😂|)
    (my|our) {one} is {colour} too (lol|!|)
    (my|our) {one} (at home|back home|) looks (exactly|just|almost) like that
    (we|my neighbours|my grandparents|my cousins) have {a} like that (too|at home|)
    (we|my grandparents|my cousins) had {a} like that (once|when i was little|back then|)
    (i|my sister|my brother) (once|) (drew|painted|built|found|saw) {a} like that (at school|last year|)
    (the way|i like the way|it's so funny how) {nom} just {stands} there (lol|😂|haha|)
    (i'm calling|let's call|i'd call) {thing} (steve|bob|gustav|sir fluff|our new mascot) (lol|haha|)
    (poor|good old|mr.|brave|proud) {bare} (lol|😂|haha|)
    (saving|printing|framing|sharing) this because of {thing} (lol|!|)
    (my mom|my son|grandma|my teacher|my wife) (loves|likes|is laughing about|asked about) {thing}
    (didn't expect|i did not expect|never thought i'd see) {a} (here|there|today) (lol|!|but it works|)
    {nom} (made|makes|has made) (my day|me laugh|me smile|me so happy)
    (so happy|i'm really happy|very pleased|100% happy) with {thing} (thank you|now|!|)
    (no joke|honestly|ngl|tbh), {nom} {is} (amazing|better than i thought|great|art)
    (good|great|nice) (job|work) on {thing} (bot|!|)
    (this|that) (whole|) picture (is|was) worth it (just|) for {thing}
    (we all agree|everyone agrees|the whole class agrees) that {nom} {is} (perfect|the best)
    this {one} (has seen things|has a better life than me|is so me|is a whole mood) (lol|fr|)
    (tom|my dad|my friend) (says|thinks|said) {nom} {is} (great|funny|cool) (and i agree|too|lol|)
    """,
    """
    {nom} {ist} (so|echt|voll|richtig|einfach|ja|) (toll|super|klasse|genial|witzig|gelungen|mega|der hammer)
    (lol|haha|omg|boah|och|ach), {nom} (!|😂|😍|lol|)
    (ich liebe|liebe|ich mag|ich feier) {thing} (❤️|so sehr|echt|voll|!|)
    {nom} {gefällt} mir (sehr|echt gut|richtig gut|total|am besten von allem|)
    {nom} in {had} {gefällt} mir (sehr|echt gut|voll|)
    {thing} in {had} (find|finde) ich (klasse|echt schön|voll gut|genau richtig so)
    (schön|voll schön|toll), wie {had} {nom} {ist}
    {nom} {sieht} (so|echt|richtig|voll|total) (gut|schön|cool|witzig|echt|nett) aus (!|lol|ey|)
    {nom} {sieht} (genau so|fast so|ein bisschen|voll) aus wie (bei uns|unsere daheim|bei meiner oma)
    {nom} {sieht} aus wie (mein chef|mein onkel|ich vorm ersten kaffee|ne kartoffel lol)
    {nom} {ist} (das beste am bild|der star hier|ein echter hingucker|mein highlight|so ich|voll ich)
    (danke|vielen dank|dankeschön|merci|thx) für {thing} (bot|!|❤️|🙏|)
    (danke|vielen dank), {nom} {ist} (super|perfekt|toll geworden|genau richtig|wunderschön)
    {nom} {ist} (dir|dir wirklich) (richtig|echt|sehr) gut gelungen (!|danke|)
    {nom} {ist} (richtig|echt|sehr|so) (gut|schön|toll|witzig) geworden (!|danke|)
    (lol|haha|omg|ey), (ich kann nicht aufhören|könnt stundenlang) {thing} (anzugucken|anzuschauen)
    @(anna|tom|lena|max) (guck dir|schau dir) (mal|) {thing} an (lol|👀|)
    @(anna|tom|lena|max) (haste|hast du) {thing} (gesehen|schon gesehen)?
    (mama|anna|tom|schatz), (schau mal|guck mal), {nom} (lol|!|😂|)
    (leute|alle mal|jungs), guckt mal, {nom} (lol|!|😂|)
    {my} ist auch {colour} (lol|!|)
    {my} (daheim|zuhause|) sieht (genauso|fast genauso|auch so) aus
    (so|genau so) {a} (haben wir|hat meine oma|hab ich|hat tom) (auch|daheim|auch daheim|im garten)
    (mein bruder hat|meine schwester hat|ich hab) (mal|früher|neulich) so {a} (gemalt|gebaut|gesehen) (lol|)
    (zu geil|voll lustig|witzig|ich find's so lustig), wie {nom} da (einfach so|) {steht} (lol|😂|)
    ich nenn {thing} (jetzt|ab heute|) (günther|horst|bärbel|gustav|herr schmidt) (lol|haha|)
    (das bild|das) (speicher|druck) ich mir (allein|nur) wegen {dat} (lol|!|)
    (meine mama|mein sohn|die oma|meine frau) (lacht über|liebt|feiert|mag) {thing}
    (mit|mit so) {a_dat} (hab ich nicht gerechnet|hätt ich jetzt nicht gerechnet) (lol|!|aber geil|)
    {nom} {hat} (mir den tag gerettet|mich zum lachen gebracht)
    (bin|ich bin) (so|sehr|total|voll) (froh über|verliebt in|stolz auf) {thing} (!|danke|lol|)
    (ohne witz|ganz ehrlich|ehrlich), {nom} {ist} (spitze|besser als gedacht|kunst)
    (gute arbeit|gut gemacht) (bei|mit) {dat} (bot|!|)
    (wir finden|alle hier finden|die ganze klasse findet) {thing} (super|zum schießen|voll gut|klasse)
    (tom|mein papa|meine freundin) (sagt|meint|findet), {nom} {ist} (super|lustig|cool) (geworden|)
    (ich find|ich finde|find) {thing} (echt|richtig|voll|total) (schön|gut|gelungen|super|witzig) (so|!|)
    (na|ach|uii), da {ist} ja {nom} (!|😍|lol|)
    {nom} {ist} der (wahnsinn|hammer|knaller) (😂|!|ey|)
    """,
)
ANIMAL = patterns(
    """
    (aww|awww|omg|oh no|lol|) {nom} {is} (so|too|sooo) (cute|adorable|fluffy|sweet|precious) (🥺|🥰|!|)
    (my|our) {one} does (the same|that too|exactly that) (every day|lol|all the time|)
    (i|we) (want to|wanna|just wanna|would love to) (pet|hug|cuddle|adopt) {thing} (🥺|so bad|)
    (who's|who is) a good (boy|girl) (🥰|!|lol|)
    (look at|omg) (that|the) (little face|face|tail|snoot) (lol|🥺|😍|)
    my {one} is sleeping (on the sofa|next to me|on my keyboard) (rn|right now|lol|)
    (my|grandma's) {one} (was called|is called|was named) (luna|simba|rex|felix) (❤️|too|)
    i (miss|used to have|lost|had) {a} (like that|like this one|just like that) (😢|❤️|)
    (i'm|im) allergic to (cats|dogs|fur) (lol|sadly|but aww|)
    """,
    """
    (och|oh|aww|) {nom} {ist} (so|ja|echt|voll|ja so) (süß|niedlich|putzig|knuffig|goldig) (🥺|🥰|!|)
    {my} macht das auch (immer|jeden tag|lol|)
    (ich will|ich möchte|würd am liebsten) {thing} (streicheln|knuddeln|adoptieren) (🥺|!|)
    (wer ist|ja wer ist) (ein braver|ein feiner) (junge|hund) (🥰|)?
    (dieses|das) (gesicht|schwänzchen|näschen) (lol|🥺|😍|)
    {my} (liegt|schläft|pennt) (gerade|grad|) (auf dem sofa|neben mir|auf der tastatur) (lol|)
    unser {one} (hieß|heißt) (auch|) (luna|simba|rex|felix) (❤️|)
    (ich hatte|wir hatten) (auch mal|früher|mal) {a} (😢|❤️|)
    (bin|ich bin) (leider|) allergisch gegen (katzen|hunde) (lol|aber süß|)
    """,
)
ASKED_OF = patterns(
    """
    what {is} {nom} (doing|thinking|looking at|standing on) (there|lol|)?
    why {is} {nom} (actually|) {had}?
    {is} {nom} {colour} or {had}?
    (is|was) that (really|actually|supposed to be|meant to be) {a}?
    (what|which) (kind|sort|breed) of {one} is that?
    does {thing} have (a name|a story|eyes)?
    (did you change|have you changed|did you touch|did you repaint) {thing}?
    was there {a} in (the first one|the one before|the last version)?
    (how many|how much) {many} (are there|is that|do you count|can you see) (there|in total|)?
    (is|was) {a} (in|part of) (my|the) prompt (or did you make that up|)?
    what('s| is) (that|the thing) (next to|behind|above|beside|in front of) {thing}?
    (what|which) (colour|color) {is} {nom} (now|actually|supposed to be|)?
    why did you (put|place) {thing} there?
    (how|why) did you paint {thing} like (that|this)?
    (how|where) did you learn to (draw|paint) {a} (like that|)?
    do you (like|see) {thing} too?
    (is it just me or|am i crazy or|wait,) {is} {nom} (smiling|looking at us|waving)?
    """,
    """
    was {macht} {nom} (da|da eigentlich|denn da|) ?
    (wieso|warum) {ist} {nom} (eigentlich|) {had}?
    {ist} {nom} (jetzt|) {colour} oder {had}?
    (ist das|war das) (wirklich|echt|etwa|denn|) {a_nom}?
    soll das (wirklich|echt|etwa|wohl|) {a_nom} sein?
    was ist das (eigentlich|denn|) für {a_nom}?
    (hast du|haste) {thing} (verändert|angefasst|gerade geändert|umgemalt)?
    war (da vorher|vorher|im ersten bild) (auch|schon|) {a_nom}?
    wie viele {many} (sind das|sind da|siehst du|zählst du) (jetzt|eigentlich|insgesamt|)?
    was ist das (da|) (neben|hinter|über|vor) {dat}?
    (welche farbe|was für ne farbe) {hat} {nom} (jetzt|eigentlich|)?
    (wo|wie) (hast du gelernt|haste gelernt), {a} zu (malen|zeichnen)?
    findest du {thing} auch (so lustig|so schön|so gut)?
    siehst du {thing} auch?
    """,
)
SCENE = patterns(
    """
    (love|i love|loving|i really like|so into|big fan of) the {w} (❤️|here|in this|!|)
    the {w} (is|looks) (so|really|super|very|) (great|pretty|good|nice|cool|amazing|lovely|perfect)
    (nice|great|beautiful|lovely|cool|sick) {w} (bro|bot|!|👌|)
    (wow|omg|oh|whoa|damn), the {w} (!|😍|🔥|)
    (thanks|thank you|thx) for the {w} (bot|!|❤️|)
    @(anna|tom|lena|max) (look at|check out|what do you think of) the {w} (lol|👀|)
    the {w} (makes|really makes|totally makes) the picture
    the {w} (makes me|made me) (so|) (calm|happy|sleepy|homesick|nostalgic) (🥰|lol|)
    the {w} (reminds me of|looks like) (home|our holiday|my childhood|a film i saw|last summer)
    (that|this) {w} (tho|though|🔥|😍)
    """,
    """
    ({w} ist|ich finde {w_acc}) (echt|richtig|voll|so|total) (schön|gut|toll|cool|super) (geworden|)
    {w} gefällt mir (sehr|echt|total|richtig gut|) (❤️|!|)
    (boah|wow|oh|omg|hach), {w} (!|😍|🔥|)
    (danke|vielen dank|merci) für {w_acc} (bot|!|❤️|)
    (ich liebe|ich mag|ich feier|liebe) {w_acc} (❤️|so sehr|voll|hier|!|)
    @(anna|tom|lena|max) (guck dir mal|schau dir|schau dir mal) {w_acc} an (lol|👀|)
    {w} (macht|macht echt|macht total) das bild aus
    {w} (erinnert mich an|sieht aus wie) (zuhause|unser urlaub|früher|daheim) (🥰|lol|)
    """,
)
SCENE_ASKED = patterns(
    """
    was the {w} (your idea|in my prompt|there before|there from the start)?
    where does the {w} come from?
    since when is the {w} (there|in it)?
    is the {w} new (or was it there before|)?
    how did you (paint|do|get|make) the {w} (so well|like that|)?
    """,
    """
    war {w} (deine idee|vorher schon da|in meinem prompt|von anfang an da)?
    seit wann ist {w} (da|drin|im bild)?
    wie hast du {w_acc} (gemalt|so gut hinbekommen|hingekriegt)?
    ist {w} neu (oder war das schon da|)?
    """,
)
ELSEWHERE = patterns(
    """
    it's (finally|) (snowing|raining|pouring|foggy|stormy|sunny) (here|at our place) too
    (we|they) (had|got) (snow|rain|fog|a thunderstorm|a blizzard|so much sun) (all day|yesterday|last week)
    (remember|do you remember) (our trip to|that night at|the week in) the (beach|mountains|desert|city)?
    (we were|my sister was) (at the beach|in the mountains|in the city) (yesterday|last week)
    (we're|i'm|they're) going (to the beach|to the mountains|to the city|sailing) (tomorrow|this summer|)
    (i live|my grandma lives|we live) (near a forest|by the sea|in the mountains|in a tiny village) (lol|)
    (my|our) (street|garden|balcony|school) looked (like that|like this) (last winter|at night|last year|)
    (my|our) (street|garden|balcony|school) looks (just|a bit|) like this (in winter|at night|lol|)
    (it's|it is) (already|) (night|dark|evening|midnight) (here|where i live|at ours) (lol|so gn|already|)
    (i draw in|my mom paints in|my daughter draws in) (watercolour|watercolor|pencil) too (but worse lol|)
    my favourite (colour is blue|season is autumn|weather is rain|colour is pink) (btw|lol|)
    (i|we) (watched|saw) (the sunset|the sunrise|the stars) (from the roof once|last night|together) (❤️|)
    (my|tom's|our) (car|boat|house|bike|lamp) is (red|blue|green|yellow) (as well|too|lol|)
    (my|tom's) (dad|uncle|boss) (bought|sold|crashed|painted) (a|his) (red|blue|black|white) (car|boat|house)
    (i'm|im) wearing (a red hat|a blue shirt|green socks|all black) (today|rn|lol)
    (the cat|the dog|my dog|our cat) (wants out|is barking|wants food|threw up), (brb|one sec|sorry)
    (there was|i saw|we had) (a fox|a balloon|two cats) (behind our shed|in our street) (yesterday|)
    is it (snowing|raining|foggy|hot|dark) (at your place|where you are|in berlin|over there) (too|rn|)?
    who (likes|loves|hates) (snow|rain|pixel art|cyberpunk|winter|the beach) (too|as much as me|)?
    (pixel art|cyberpunk|watercolour|neon) (always|) reminds me of (my childhood|old games|art class)
    (i hate|i can't stand|i'm so done with|i love) (winter|rainy mondays|snow in april|hot weather) (lol|tbh|)
    (can't see the street|can't go outside), (so much fog|so much snow|it's pouring) (here|in town|)
    (the sun|the moon) is (out|so bright|huge) (here|outside|today|tonight) (🌞|)
    """,
    """
    bei (uns|mir|euch) (schneit|regnet|gewittert|stürmt) es (auch|grad|auch gerade|schon wieder) (lol|)
    (wir waren|ich war|meine schwester war) (gestern|letzte woche|im sommer) (am strand|in den bergen|am meer)
    (morgen|nächste woche|im sommer) (fahren wir|fahr ich) (ans meer|in die berge|an den strand|in die stadt)
    (weißt du noch|weißte noch|wisst ihr noch), (unser urlaub|die nacht|damals) am (strand|meer|see)?
    (ich wohne|meine oma wohnt|wir wohnen) (am wald|am meer|in den bergen|auf dem land|mitten in der stadt)
    (unsere straße|unser garten|unser balkon) sieht (im winter|nachts|gerade|) (auch|genau) so aus
    (hier|bei mir|bei uns) ist es (schon|auch schon|schon längst) (dunkel|nacht|abend|stockdunkel) (lol|gn|)
    (ich mal|meine mama malt|meine tochter malt) auch (mit wasserfarben|aquarell|mit bleistift) (lol|)
    meine (lieblingsfarbe ist blau|lieblingsfarbe ist lila|lieblingsjahreszeit ist der herbst) (übrigens|)
    (wir haben|ich hab) (gestern|neulich) (den sonnenuntergang|die sterne|den mond) (angeschaut|fotografiert)
    (mein auto|unser boot|das haus von oma|tom sein auto) ist (auch|) (rot|blau|grün|gelb) (lol|)
    (mein papa|mein onkel|der chef) hat (sich|) (ein rotes auto|ein blaues boot|ein weißes haus) (gekauft|)
    (ich hab|hab) (heute|grad) (ne rote mütze|ein blaues shirt|grüne socken) an (lol|)
    (die katze|der hund|mein hund) (will raus|bellt|hat hunger|hat gekotzt), (brb|moment|sorry)
    (gestern|neulich) saß (ein fuchs|eine katze|ein hund) (in unserem garten|vor der tür|auf dem balkon)
    (regnet|schneit) es bei (euch|dir|anna) (auch|grad auch|immer noch|)?
    wer (mag|liebt|hasst) (schnee|regen|pixel art|den winter|cyberpunk) (auch|so wie ich|)?
    (pixel art|neon|cyberpunk) erinnert mich an (meine kindheit|alte spiele|früher) (❤️|)
    (ich hasse|ich liebe|ich mag keinen) (schnee im april|regen am montag) (lol|ey|)
    (den winter|schnee im april|hitze) (kann ich nicht ab|liebe ich) (lol|ey|)
    (man sieht|ich seh) hier (draußen|) nix vor lauter (nebel|schnee|regen) (lol|)
    (hier|draußen|bei uns) scheint (die sonne|der mond|endlich die sonne) (🌞|so schön|)
    (mein|unser) nachbar hat (drei katzen|zwei hunde|ein boot|einen roboter zum rasenmähen) (lol|)
    """,
)
