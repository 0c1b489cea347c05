"""What people ask about a picture and write beside it in a channel: none of it asks for a change."""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

QUESTION = patterns(
    """
    what (is|are) (this|that|these) (supposed to be|)?
    (what|which) (words|prompt|seed|model|style) did you use?
    (what|which) (is the|was the) (prompt|seed|last change)?
    (how|why) did you (do|make|draw) (that|this|it) (like that|)?
    what (did you|have you) (change|changed|done)?
    what can (you|i) (do|say|ask|change)?
    (is that|is this) a {thing}?
    how many {things} are (there|in it)?
    (can i|how can i|where can i) (download|save|share|print) (it|this)?
    (how long|how much time) does it take?
    what (colour|color) is the {thing}?
    (do you know|have you seen) what a {thing} looks like?
    what('s| is) behind the {thing}?
    (tell|show) me the (prompt|seed|words|settings)
    (what's|whats|what is) the (prompt|seed|current prompt|prompt now) (again|)?
    (what|which) (commands|words|styles|colours|options) (are there|do you know|can i use|do you understand)?
    (how|where) (do|can) (i|we) (see|find|get) the (prompt|seed|old pictures|history)?
    (what's|whats|what is) (different|new|changed) (now|)?
    (did you change|did u change|have you changed|did you do) (anything|something)?
    (where|when) is (this|that|it) (supposed to be|)?
    (is|was) (that|this) (ai|made by ai|a real photo|drawn by you|generated)?
    who (made|drew|painted|wrote) (this|that|you)?
    (do|can|are) you (understand|speak|know) (german|english|french|turkish)?
    what kind of {thing} is (that|this)?
    (how|what) does (this|it|the bot|undo) (work|do)?
    (which|what) (of them|one) do you (like|prefer)?
    (am i|are we) (allowed|able) to use (it|this|the pictures) (for a poster|commercially|at school)?
    (whose|who's) turn is it?
    describe (it|the picture|what you see)
    what (do you|can you) see (there|in the picture|)?
    (can|could) you explain (that|what you did|the picture|how it works)?
    (is|are) (the bot|you) (down|online|awake|broken|there)?
    why (does|did) (it|that) (take so long|fail|not work)?
    (what|how many) steps (did we do|have i done|have we done) (so far|)?
    (what|which) (time of day|season|place|style) is (it|that|this)?
    (what resolution|how big|what size) is (the picture|the file|it)?
    (help|help please|i need help|how does this work)
    """,
    """
    was (ist das|soll das sein|ist das da|siehst du)?
    (welche|was für) (Wörter|Einstellungen) hast du benutzt?
    (was|wie) (ist|war) der (Prompt|Seed)?
    (wie|warum) hast du das (so|) gemacht?
    was hast du (geändert|gemacht|verändert)?
    was kannst du (alles|)?
    ist das (da|) ein Bild von {thing}?
    wie viele {things} sind (da|im Bild)?
    (wie kann ich das|wo kann ich das) (speichern|runterladen|teilen|ausdrucken)?
    wie lange dauert das?
    (zeig|sag|nenn|verrat) mir (mal|bitte|) den (Prompt|Seed)
    (wie lautet|was ist|wie heißt) (der|dein) (Prompt|aktuelle Prompt|Seed) (jetzt|gerade|)?
    (welche|was für) (Befehle|Stile|Farben|Wörter|Möglichkeiten) (gibt es|kennst du|verstehst du)?
    was (ist|hat sich) (jetzt|denn|) (anders|geändert|verändert)?
    hast du (überhaupt|) (was|etwas|irgendwas) (geändert|gemacht)?
    (wo|wann) (ist das|soll das sein)?
    (ist das|war das) (ki|von einer ki|ein foto|von dir|echt)?
    wer hat (das|dich|den Bot) (gemalt|gemacht|programmiert|gebaut)?
    (kannst|verstehst|sprichst) du (deutsch|englisch|türkisch|auch englisch)?
    (wie|was) (funktioniert das|macht der Bot|geht das hier|muss ich schreiben)?
    (welches|welche) (gefällt dir|findest du|findet ihr) (am besten|besser|schöner)?
    (darf|kann) (ich|man) das (benutzen|verwenden|ausdrucken|verkaufen)?
    (beschreib|beschreibe) (mal|bitte|) (das Bild|was du siehst|was da ist)
    (kannst|könntest) du mir (das erklären|erklären was das ist|sagen was das ist)?
    (bist du|ist der Bot) (kaputt|online|noch da|abgestürzt|eingeschlafen)?
    warum (dauert das so lange|geht das nicht|klappt das nicht)?
    (wie viele|welche) Schritte (waren das|haben wir gemacht|waren es bisher)?
    (welche|was für eine) (Tageszeit|Jahreszeit|Stadt) (ist|soll) das (sein|)?
    (wie groß ist|welche Auflösung hat|wie viele Pixel hat) (das Bild|die Datei)?
    (hilfe|hilfe bitte|ich brauch hilfe|wie geht das)
    (was ist|welche Farbe hat) das (Ding|) da (hinten|links|rechts|)?
    (wo|wie) finde ich (die alten Bilder|den Verlauf|den Prompt)?
    wer ist (dran|an der Reihe)?
    """,
)
CHAT = patterns(
    """
    (thanks|thank you|thx|ty|cheers|thanks a lot|many thanks|tysm|thank u) (so much|bot|!|)
    (wow|omg|oh wow|whoa|damn), (nice|so good|beautiful|amazing|i love it|that's great)
    (love|like|i love|i really like) (it|this|that) (so much|a lot|❤️|)
    (perfect|great|awesome|cool|nice|beautiful|lovely|well done|good job|sweet) (!|work|one|)
    (that's|thats|this is) (perfect|great|exactly what i wanted|so cute|hilarious)
    (hi|hello|hey|good morning|hey there|yo) (bot|everyone|all|)
    (how are you|how's it going|what's up|are you a human|who are you)?
    (good night|bye|see you|gtg|brb|cu tomorrow)
    (lol|haha|lmao|hahaha|xd|rofl|😂|🤣)
    (❤️|😍|👍|🔥|🎉|👏|🥰|🙏|😊)
    (@anna|@tom|tom|hey lisa|guys), (did you see this|look at this|are you coming later|call me)?
    (i had|we had) (pizza|a long day|so much fun) (today|yesterday)
    (anyone|who is|who's) (up for|in for) (a game|lunch|minecraft) (later|tonight|)?
    (yes|yep|ok|okay|sure|alright|fine|got it)
    (i think|maybe) (my sister|my dad|she|he) (would|will) (like|love) (this|it)
    i'll (show|send) (it|this) to my (mom|friends|kids)
    (tomorrow|next week) is my (birthday|exam|holiday)
    (lmfao|im dead|i'm dying|dead|💀|💀💀|😭😭) (this is gold|the face|so funny|)
    (wait|hold on|hang on|one sec|brb) (phone|someone at the door|dinner|my mom is calling|)
    (sorry|sry) (was afk|wrong chat|wrong channel|i was away|my cat walked over the keyboard)
    (is anyone|anybody|anyone) (here|awake|online|there|still up)?
    (who|which of you) (wants|wanna) (to play|to join|vc|to call) (later|tonight|now|)?
    (my|our) (wifi|internet|laptop|pc|phone) is (so slow|dying|acting up|at 3%) (today|again|rn|)
    (this|that|ai|technology) is (crazy|wild|insane|scary|so cool) (honestly|tbh|ngl|)
    (good|best|clever|smart) (bot|robot boy|job bot)
    (so|that's so|aww so|awww) (cute|pretty|sweet|adorable) (🥺|🥰|omg|)
    (agreed|fr|facts|100%|true|so true)
    (keep it|leave it|don't touch it|don't change anything), (it's|its) (perfect|great|finished|done)
    (i'm|im) (done|happy|finished|good|happy with that) (now|thanks|for today|)
    (can't|cant) (wait|believe it|stop laughing|sleep)
    (what|where) are (you|you guys|we) (doing|eating|playing|meeting) (tonight|later|tomorrow|)?
    (did|have) (you|u|anyone) (watch|see|seen|watched) the (match|game|new episode|trailer) (yesterday|yet|)?
    (it's|its|it is) (so hot|freezing|raining|snowing) (where i live|outside my window) (rn|today|)
    (my|our) (dog|cat|hamster|little brother|teacher) (just|) (ate my homework|is snoring|is so weird|says hi)
    (we|they) (moved to a new flat last year|are moving to the city in may|move to the seaside soon)
    (on my way|omw|almost home|on the bus|at work rn|in class rn)
    (ok|alright|well) (gotta go|i'm off|i have to go|time for bed|off to school) (cya|bye|)
    (happy|merry) (birthday|christmas|new year|easter|friday) (everyone|tom|all|🎂|)
    (congrats|gratz|gg|gg wp|well played|wp|nice one) (tom|anna|everyone|mate|)
    (welcome|welcome back|hey welcome) (lena|to our server|mate|)
    (i'm|im) (hungry|so tired|bored|sick|at my grandma's|so excited)
    (what's|whats) for (dinner|lunch|breakfast)?
    (no worries|no problem|np|all good|you're welcome|yw|any time)
    (you're|ur|you are) (the best|a genius|so talented|funny|amazing)
    (my|the) (kids|students|friends|wife) (love|loved|are laughing at) (it|this|the picture)
    (that|this) (reminds me|made me think) of (my childhood|our holiday|a book i read|my grandpa)
    (posting|gonna post|i'm putting) (this|it) on (insta|my wall|my door|reddit)
    (so|sooo) (good|nice|pretty|funny|satisfying) (!|🔥|)
    (nah|no) (thanks|i'm good|it's fine|that's okay)
    (i|we) (should|need to|have to) (sleep|eat|go shopping|study|clean my room) (now|soon|)
    (guys|everyone|chat|y'all) (look|look at this|come see|check this out) (lol|👀|)
    (😂😂😂|🤣🤣|❤️❤️❤️|🔥🔥|👍👍|🥳|💯|😎|🤩|👌|🙌)
    (the meeting|school|the raid|the stream|practice) (starts|is) at (5|six|8|noon|half past seven)
    (remember|don't forget) (the homework|the party on saturday|to vote|mom's birthday)
    (haha|lol|omg) (it|this|that) (looks like|is literally) (my boss|my uncle|me on mondays|you)
    (tbh|honestly|ngl) (didn't expect that|that's impressive|i'm impressed|not even mad)
    (gm|gn|hiya|heyy|sup|wassup|hola|howdy) (all|folks|friends|)
    """,
    """
    (danke|vielen dank|danke dir|dankeschön|merci|tausend dank|thx|danke schön) (bot|dir|!|)
    (wow|boah|oh|krass), (schön|wie schön|richtig gut|toll|das ist super)
    (gefällt mir|das gefällt mir|ich liebe es|mag ich) (sehr|total|❤️|)
    (perfekt|super|toll|klasse|spitze|prima|gut gemacht|sehr schön|geil) (!|)
    (hallo|hi|moin|guten morgen|servus|hey) (bot|zusammen|leute|)
    (wie geht's|was geht|wer bist du|bist du ein mensch)?
    (gute nacht|tschüss|bis morgen|bis später|ciao)
    (haha|lol|hihi|😂|🤣)
    (❤️|😍|👍|🔥|🎉|👏|🙏)
    (@anna|tom|hey lisa|leute), (habt ihr das gesehen|schaut mal|kommt ihr nachher)?
    (ich hatte|wir hatten) (heute|gestern) (pizza|einen langen tag|viel spaß)
    (wer kommt|kommt jemand) (heute abend|nachher|später) (mit|zocken)?
    (ja|jo|ok|okay|alles klar|passt)
    das zeig ich meiner (mama|schwester|freundin)
    morgen (habe ich geburtstag|ist prüfung|fahren wir weg)
    (ich kann nicht mehr|ich lieg am boden|ich sterbe|hilfe wie lustig) (😂|lol|)
    (warte|moment|sekunde|bin gleich da|brb) (telefon|es klingelt|essen ist fertig|mama ruft|)
    (sorry|sry|entschuldigung) (war afk|falscher chat|falscher kanal|war kurz weg|katze auf der tastatur)
    (ist|noch) (jemand|wer) (da|wach|online|hier)?
    (wer hat|hat jemand) (lust|bock) (auf zocken|auf ne runde|auf pizza) (heute|später|)?
    (mein|unser) (wlan|internet|laptop|rechner|handy) (spinnt|ist so lahm|ist tot) (heute|wieder|gerade|)
    (das|ki|die technik) ist (echt|schon|ja) (krass|verrückt|der wahnsinn|unheimlich|mega)
    (guter|braver|schlauer|bester) (bot|junge)
    (oh|och|aww|ach) (wie süß|wie niedlich|ist das süß|wie putzig) (🥰|🥺|)
    (stimmt|genau|finde ich auch|seh ich auch so|so isses)
    (lass es so|so lassen|nichts mehr ändern|bleibt so), (ist perfekt|passt|ist super)
    (bin fertig|ich bin zufrieden|das reicht mir|das wars|fertig) (danke|für heute|)
    (kann nicht|ich kann nicht) (aufhören zu lachen|schlafen|glauben dass du das kannst)
    (was macht|was esst|wo spielt|wann kommt) ihr (heute|heute abend|morgen|nachher)?
    (habt ihr|hast du|hat wer) (das spiel|den tatort|die neue folge|den trailer) (gestern|schon|) gesehen?
    (bei uns|in hamburg) (regnet es|schneit es|ist es so heiß|ist es eiskalt) (gerade|heute|schon wieder|)
    (mein|unser) (hund|kater|hamster|kleiner bruder|lehrer) (schnarcht|spinnt|lässt grüßen|ist so komisch)
    (wir ziehen|meine tante zieht) (bald|nächsten monat) (in die stadt|ans meer|aufs land)
    (bin unterwegs|gleich zuhause|sitze im bus|bin grad auf arbeit|hab unterricht)
    (so|ok|naja) (muss los|ich bin weg|ich geh schlafen|ab ins bett|muss zur schule) (ciao|tschau|)
    (alles gute|happy birthday|frohe weihnachten|frohes neues|schönes wochenende) (euch|tom|allen|🎂|)
    (glückwunsch|gg|stark gespielt|respekt|gut gespielt) (tom|anna|alle|)
    (willkommen|willkommen zurück|herzlich willkommen) (lena|auf dem server|hier|)
    (ich bin|bin) (so müde|hungrig|krank|bei oma|voll aufgeregt|gelangweilt)
    was gibts (heute|) zu (essen|mittag)?
    (kein problem|kein ding|gerne|gern geschehen|bitte gerne|nichts zu danken|passt schon)
    (du bist|bist) (die beste|der beste|ein genie|echt witzig|ein schatz)
    (meine|die) (kinder|schüler|freunde|oma) (lieben es|lachen sich kaputt|finden es super)
    das (erinnert mich|lässt mich denken) an (meine kindheit|unseren urlaub|opa|ein buch)
    (das poste ich|das häng ich mir auf|das druck ich mir aus|das kommt an die wand)
    (so|sooo|voll|echt) (gut|schön|lustig|stark|witzig) (geworden|!|🔥|)
    (nein danke|nö danke|ne passt|alles gut|schon gut)
    (ich muss|wir müssen) (noch|) (einkaufen|lernen|schlafen|mein zimmer aufräumen|hausaufgaben machen)
    (leute|alle|schatz|jungs) (guckt mal|schau mal|kommt mal gucken|müsst ihr sehen) (lol|👀|)
    (😂😂😂|🤣🤣|❤️❤️|🔥🔥|👍👍|🥳|💯|😎|🤩|👌|🙌)
    (das training|die schule|der stream|das treffen) (fängt|geht) um (fünf|acht|sieben|halb neun) (an|los)
    (denkt dran|nicht vergessen|vergesst nicht), (samstag ist party|mama hat geburtstag|morgen ist test)
    (haha|lol|omg) das (sieht aus wie|ist) (mein chef|mein onkel|ich am montag|du)
    (ehrlich|ehrlich gesagt|ganz ehrlich) (hätte ich nicht gedacht|bin ich beeindruckt|das ist stark)
    (na|huhu|tach|grüß euch|hallöchen|moinsen|servus|guten abend) (ihr|zusammen|alle|)
    (mega|hammer|wahnsinn|der hammer|genial|bombe|nice|läuft) (!|danke|)
    (genau so|so ist es gut|so wollte ich es|das ist es|jetzt passt es) (!|danke|)
    """,
)
CHOOSE = patterns(
    """
    (the|take the|i like the|use the|i want the|go with the|pick the|keep the) {nth} (one|picture|image|)
    (number|nr|no.|nr.|pic|picture|option|#) {n} (please|is best|is the best|)
    (take|choose|pick|use|i'll take|let's take|go with) (number|nr|) {n}
    {n} (please|is nice|looks best|is the best|!|)
    {nth} (please|one|is best)
    (i think|definitely) (number|the|nr) {n}
    (can we|let's|lets|we) (continue|keep going|go on|work) with (number|the picture|pic) {n}
    (my|our) (favourite|favorite|pick|choice|vote) (is|:) (number|nr|the picture|) {n}
    (the|that) {nth} (one|picture) (is|looks) (the best|nicest|prettiest|great|perfect)
    {n} (wins|it is|for me|for sure|obviously|all the way|imo)
    (i vote for|voting for|my vote goes to) (number|nr|) {n}
    (upscale|select|choose) {n}
    (i prefer|i'd take|i'd go for|i choose|gimme) (the {nth}|number {n}|nr {n})
    (hm|hmm|ok|well), (the {nth} one|number {n}) (then|i guess|maybe|)
    (we all|me and my sister|the kids) (like|want) (number {n}|the {nth}) (best|most|)
    not sure but (number {n}|the {nth} one) (i think|probably|)
    {n}! {n}! {n}!
    """,
    """
    (das|nimm das|ich nehme das|ich mag das|lieber das) {nth} (Bild|bitte|)
    (Nummer|Nr.|Bild|Nr) {n} (bitte|ist am besten|gefällt mir|)
    (nimm|wähl|ich nehme) (Nummer|Bild|die|) {n} (bitte|)
    lass uns (Nummer|Bild|die) {n} nehmen
    {n} (bitte|ist schön|!|)
    das {nth} ist am (besten|schönsten)
    (weiter|mach weiter|lass uns weitermachen) mit (Nummer|Bild|der|Nr) {n}
    (mein|unser) (Favorit|Liebling) (ist|:) (Nummer|Bild|die|) {n}
    (ich bin für|ich stimme für|meine Stimme geht an) (Nummer|Bild|die) {n}
    {n} (gewinnt|ist es|für mich|auf jeden fall|natürlich|ganz klar)
    (ich finde|wir finden) (das {nth}|Nummer {n}|Bild {n}) (am besten|am schönsten|super)
    (hm|hmm|ok|na gut), (das {nth}|dann die {n}|Nummer {n}) (halt|dann|)
    (das {nth}|die {n}|Bild {n}) (gefällt mir|gefällt uns|mag ich) (am besten|am meisten|)
    (auswahl|wahl): {n}
    das {nth} (bitte|nehm ich|soll es sein)
    (die|alle) Kinder (wollen|möchten) (das {nth}|Nummer {n})
    """,
)
UNCLEAR = patterns(
    """
    {odd}
    {odd} {odd2}
    make it {odd}
    more {odd} please
    can you {odd} it?
    {odd} the {odd2}
    i want {odd}
    (pls|please|bot) {odd} (now|)
    (it|this) should be (more|) {odd}
    {odd}!! {odd2}!!
    (do|put|get) the {odd} on the {odd2}
    needs (more|some|) {odd}
    (turn|flip) it {odd}
    what about {odd}?
    (a bit|way) more {odd}
    """,
    """
    {odd}
    {odd} {odd2}
    mach es {odd}
    mehr {odd} bitte
    kannst du das {odd}?
    ich will {odd}
    (bitte|bot) {odd} (jetzt|)
    das soll (mehr|) {odd} (sein|)
    {odd}!! {odd2}!!
    (tu|mach) das {odd} auf das {odd2}
    (da fehlt|es fehlt) {odd}
    wie wär's mit {odd}?
    (ein bisschen|viel) mehr {odd}
    """,
)
VAGUE = patterns(
    """
    (hmm|hm|uh|um|er|mmm|eh)
    (...|?|??|???|.)
    make it
    add
    (the|a|that|this one)
    (different|change it|change something)
    the thing with the
    (do|make) (the|that) thing (you know|)
    i (don't know|dunno|have no idea)
    (not that|not like this|no)
    and
    (change|edit|fix) (the|that)
    (something|somehow|anything) (is|looks|feels) (off|wrong|missing)
    (it|this) (is|looks) (weird|off|strange)
    (do|make) (something|sth|anything) (with it|to it|)
    (can you|could you|please)
    i (want|wanted|need) (it|that|something) (like|)
    (more|less) of the (thing|stuff)
    (like|as) (you know|the other thing|that thing)
    (you know what i mean|idk|whatever|etc|and so on)
    (but|so|then|with|or|if|put the|instead of)
    (nah|nope|bleh|ew)
    (not|isn't) (quite|really) (it|right|what i meant)
    """,
    """
    (hm|hmm|äh|ähm|tja)
    (...|?|??)
    mach
    füg hinzu
    (das|die da|so ein)
    (anders|änder was|irgendwie anders)
    das Ding mit dem
    (keine ahnung|weiß nicht)
    (so nicht|nein|nicht so)
    und
    (irgendwas|irgendetwas|da) (stimmt|passt) (noch|) nicht
    (das|es) (ist|sieht) (irgendwie|) komisch (aus|)
    (mach|tu) (irgendwas|was|etwas) (damit|)
    (kannst du|könntest du|bitte mal)
    (du weißt schon|du weißt was ich meine|wie auch immer|und so weiter)
    (aber|also|dann|mit|oder|wenn|statt|mach das)
    (geht so|nö|bäh)
    (mach|änder) (das|es) (mal|) (richtig|passend)
    (ich will|ich wollte) (das|so was|irgendwas) (halt|)
    (mehr|weniger) von dem (Zeug|Dings)
    so wie (das|das andere) Dings
    """,
)
