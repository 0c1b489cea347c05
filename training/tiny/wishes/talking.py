"""Talk in a channel that names no thing of the picture: reactions, plans, jokes, play, school, other bots.

All of it is chat; `chatting.CHAT` holds more. `ASKING` are questions about the bot and the picture.
"""

from __future__ import annotations

from training.tiny.wishes.voice import Patterns, patterns

TALKING = patterns(
    """
    (yess|yesss|yea|yeah|yup|ye|mhm|aye|okie|kk|okey|oki|roger|noted)
    (noice|sheesh|dang|woah|ooh|oooh|aaah|oof|yikes|bruh|bro|slay|pog|poggers|based|legend)
    (nice one|not bad|pretty good|oh nice|oh cool|well well|holy moly|no way|hell yeah|get in|chef's kiss)
    (that's|thats) (so|just) (funny|wholesome|wild|random|beautiful) (i can't|lol|haha|omg|)
    (you|u) (nailed|killed|crushed) it (bro|again|mate|)
    (exactly|precisely|yes that's) (what i|how i) (had in mind|imagined it|pictured it) (thanks|!|)
    (saving|framing|screenshotting) (this|that) (one|) (lol|for later|)
    (gonna|going to|i'll) (use this as|make this) my (wallpaper|profile pic|pfp|phone background|banner)
    (this|that) (goes|is going) (on my fridge|on the wall|straight into the group chat|on a birthday card)
    (i'll|gonna|imma) (print|frame|save|post|share) (this|it) (later|tomorrow|for my mom|when i'm home|)
    (my mom|my daughter|my son|grandma|my girlfriend) (is going to|is gonna|will) (love|adore) (this|it)
    (showed|i showed) (this|it) to (my mum|the team|my class) and (they|everyone) (loved it|laughed)
    (can you guys|can everyone|can you all) (hear me|see my screen|join vc|vote in the poll)?
    (who|anyone) (else|) (stuck|lagging|playing ranked|on the new map|watching the finals) (rn|tonight|)?
    (i'm|im) (stuck on|grinding|still at) (level 12|the water temple|the last boss|silver) (help|lol|)
    (lfg|looking for group|need one more) (ranked|for the raid|valorant|tonight)
    (ggs|ggwp|ez|glhf|gg go next|rematch|one more round|respawn in 5|push mid|enemy spotted)
    (we|you guys) (lost|won) (again|by one point|the tournament|in overtime) (lol|sadly|!|)
    (what homework|what page|which chapter) do we have (for|in) (maths|history|english)?
    (did|has) anyone (done|finish|finished) the (essay|worksheet|maths homework|reading)?
    (mr smith|our teacher|the prof) (is|was) (so late|sick today|in a good mood|boring today)
    (got|i got) (a b in maths|detention|an a in art|97 in the test) (lol|!|today|)
    (exam|test|presentation) (tomorrow|on friday|in an hour), (wish me luck|pray for me|kill me|so nervous)
    (back|brb|afk) (in|) (5|10|20|five) (min|mins|minutes)
    (@anna|@tom|@everyone|@mods|@lena) (check your dms|dinner's ready|you owe me pizza|where are you)?
    @(anna|tom|lena|max) (look what the bot made|you have to see this|this is so you|what do you think)?
    (tom|anna|max), (stop it|shut up|be nice|i saw that|you're next|come online) (lol|😂|)
    (max|lena|dad) (told me|said) (this bot is cool|you can draw here|to try this)
    (i'm|im) (new here|just looking|only watching|testing this bot|just passing by)
    (first time|never) (here|used one of these|tried this bot) (before|so be nice|lol|hi all|)
    (where's|who's) (the admin|everybody|tom today|the mod)?
    were you (in the voice chat|talking to me|talking to the bot)?
    (not you bot|bot i wasn't talking to you|i meant tom, not you|wasn't for the bot|this is not for you)
    (ignore me|ignore that|just thinking out loud|just talking to myself|wrong window|typed in the wrong chat)
    (oops|ups|whoops), (wrong|that was the wrong) (channel|chat|button|server)
    (i|we) (laughed|cried) so (hard|much) (lol|at this|😂|)
    (can't wait to|i should|i will) (tell|show) (my friends|the kids|everyone at work)
    (how|why) is (this|it) so (good|funny|accurate|satisfying) (lol|omg|??|)
    (10/10|11/10|100/10|9/10|5 stars|a+|12 points) (would recommend|no notes|from me|👏|)
    (in awe|speechless|i have no words|mind blown|i'm obsessed|obsessed)
    (ai|robots|computers) (will|are gonna) (take my job|take over the world|replace us all) (lol|😅|)
    (the future is now|what a time to be alive|we live in the future|skynet is here)
    who needs (photoshop|photoshop anyway|a paintbrush anymore) (lol|?|)
    (should've|i should have) (gone to bed|bought more coffee|studied|stayed in art school) (lol|)
    (coffee|lunch|tea|snack|bathroom) (break|time) (anyone|brb|)
    (my|the) (battery|headset|mouse|controller|mic) (died|is broken|is at 5%|doesn't work) (again|)
    (it's|its) (friday|monday again|my birthday|2am|bedtime|my day off) (!!|lol|finally|)
    (how was|how's) (your day|work|school|the trip|the new job|the concert)?
    (long|rough|great|busy) day (today|at work|at school), (you|u|and you)?
    have (you|u) (eaten|slept|seen tom|done the dishes) (yet|today|)?
    (wanna|want to|shall we) (call|hang out|get food|play smth) (later|after school|tonight)?
    (sounds good|works for me|deal|count me in|i'm in|same here|me too|me neither|can't today)
    (don't|do not) (spoil it|tell my mom|worry about it|wait for me|be late) (pls|lol|)
    (so you're|you are) (just a bot|not a real person|really smart|better than me at this)
    (good|nice|smart) (work|job|bot), (proud of you|keep it up|you deserve a cookie)
    (dear bot|dear machine), thank you (very much|kindly|for your patience|for your help)
    (that was|this is|this was) (quick|fast|fun|easier than i thought|a good laugh|relaxing)
    (i|we) could (do this|play with this|watch this) (all day|for hours)
    (no comment|no words|what have i done|what did i just see|help lol|send help|i'm crying)
    (sry|sorry) (for|about) (the noise|the spam|my english|the typos|bothering you)
    (english|this) is not my (first language|mother tongue), sorry
    """,
    """
    (jap|joa|jo|jup|jepp|jau|jawoll|mhm|jaaa|aha|achso|ach so|okidoki|okeee|na klar|klaro|logo)
    (oha|boah|alter|krass|heftig|wow|uff|ui|uiuiui|huch|joo|digga|bro|ehrenbot|ehrenmann|stabil|safe)
    (nice one|nicht schlecht|gar nicht mal schlecht|ach wie cool|oha nice|mein lieber schwan|nee oder)
    (geil|mega geil|saugeil|der burner|richtig nice|übelst nice|voll gut) (alter|ey|digga|)
    (ich feier's|ich feier das|feier ich|hart gefeiert|fühl ich|lieb ich|lieb's)
    (genau|exakt) so (hab|hatte) ich (mir das|das mir) (vorgestellt|gedacht)
    (das|des) (speicher ich mir|druck ich mir aus|häng ich mir auf|rahm ich mir ein) (ey|echt|später|)
    das (muss|werd|will) ich mir (gleich mal|nachher|unbedingt|) (ausdrucken|speichern|einrahmen|aufhängen)
    das (wird|ist jetzt) mein (neuer hintergrund|neues profilbild|handyhintergrund|sperrbildschirm)
    (das|des) (schick|zeig) ich (nachher|morgen|gleich|) (meiner oma|meinem bruder|der klasse|dem opa)
    (meine mama|meine tochter|meine freundin|die oma) wird (es lieben|das feiern|sich freuen|ausflippen)
    hab's (gerade|grad) (meiner frau|meinem chef|den kindern) gezeigt, (die lachen immer noch|alle begeistert)
    (hört|versteht) ihr mich (überhaupt|noch|)?
    (wer hat lust auf|jemand bock auf|wer ist bereit für) (ranked|ne runde fifa|minecraft) (nachher|)?
    (ich häng|ich bin) (immer noch bei|jetzt bei) (level 12|dem endboss|der dritten welt) (hilfe|lol|)
    (gg|gg wp|ez|revanche|noch ne runde|letzte runde|suche mitspieler|wer ist dabei)
    wir haben (schon wieder|gestern|knapp|3:1) (verloren|gewonnen) (lol|leider|!|)
    (was haben wir|haben wir was) auf in (mathe|deutsch|englisch|bio)?
    (hat wer|hat jemand|hast du schon) die (hausaufgaben|lösungen|matheaufgaben) (für morgen|)?
    (herr müller|unser lehrer|die frau schmidt) (ist krank|kommt zu spät|war heute gut drauf)
    (hab|ich hab) (ne 2 in mathe|ne 5 in latein|ne 1 in kunst|nachsitzen) (lol|!|bekommen|)
    (morgen|freitag|gleich) (ist klausur|schreiben wir mathe|ist referat), (drückt mir die daumen|ich sterbe)
    (bin|bin mal) (kurz|eben) (weg|afk|essen|am telefon|einkaufen)
    (@anna|@tom|@alle|@lena), (essen ist fertig|check mal deine dms|wo bleibst du|du schuldest mir ne pizza)
    @(anna|tom|lena|max) (guck mal was der bot gemacht hat|das musst du sehen|das bist so du)
    (tom|anna|max), (lass den quatsch|sei nett|du bist dran|komm mal online) (lol|😂|)
    (der max|die lena|mein kumpel) (meinte|hat gesagt) (der bot wär cool|man kann hier malen lassen)
    (bin|ich bin) (neu hier|nur am zugucken|zum ersten mal hier|nur zufällig hier)
    (nicht du|bot dich mein ich nicht|ich mein den tom, nicht dich|das war nicht für den bot)
    (ups|hoppla|sorry), (falscher chat|falsches fenster|verklickt|das war für wen anders)
    (egal|nicht so wichtig|ach egal) (lol|haha|), war nur (laut gedacht|so ein gedanke)
    (hab|haben) (so|richtig) (gelacht|lachen müssen) (ey|😂|)
    (warum|wieso) ist das so (gut|lustig|witzig|süß) (lol|ey|??|)
    (10/10|11/10|9/10|5 sterne|note 1|eine eins mit sternchen|12 punkte) (von mir|gerne wieder|👏|)
    (sprachlos|mir fehlen die worte|ich kann nimmer|ich pack's nicht|i werd narrisch)
    (die ki|der bot) (nimmt mir noch den job weg|übernimmt bald die welt|malt besser als ich) (lol|😅|)
    (verrückte|schöne) neue welt
    (früher|zu meiner zeit) hat man (das|sowas) (noch|) (mit der hand gemalt|selber gemalt)
    (kaffee|mittag|pause|feierabend|wochenende) (ist fertig|endlich|!|jemand|)
    (mein akku ist gleich leer|das headset ist kaputt|mein mikro ist tot|handy hat nur noch 3%)
    (endlich|heute ist|ist ja) (freitag|schon wieder montag|feiertag|wochenende)
    (wie war|wie wars) (dein tag|die arbeit|in der schule|der urlaub|beim arzt|das konzert)?
    (langer|stressiger|schöner) tag (heute|gewesen), und bei dir?
    (haste|hast du|habt ihr) (schon|heute schon|) (gegessen|geschlafen|mit tom geredet|feierabend)?
    (kommste|kommst du|kommt ihr) (nachher|morgen|heut abend|) (mit|rüber|vorbei|ins kino)?
    (klingt gut|bin dabei|ich auch|ich auch nicht|geht klar|passt mir|heut nicht|abgemacht)
    (bitte nicht|nicht|bloß nicht) (spoilern|der mama verraten|auf mich warten)
    (du bist also|du bist ja|du bist) (nur ein bot|gar kein mensch|echt schlau|besser als ich)
    (lieber bot|werter bot), (herzlichen dank|danke für deine mühe|danke für die geduld)
    (das ging|des ging) (ja|aber|) (schnell|flott|fix|einfach)
    (da|dabei) könnt ich (stundenlang|ewig|den ganzen tag) (zugucken|zuschauen)
    (was hab ich getan|was hab ich da gerade gesehen|hilfe lol|ich heul|ich brech ab|zu gut)
    (sorry|entschuldigt) (für|wegen) (den lärm|die tippfehler|dem spam|die störung)
    (mein|meine) (deutsch ist nicht so gut|deutsch ist schlecht), sorry
    (schönen abend|schönen tag|guten appetit|gute besserung|viel glück|viel spaß) (euch|tom|noch|allen)
    (servus|grüezi|moin moin|tach|n'abend|nabend|mahlzeit|tachchen) (zusammen|leute|alle zusammen|)
    (pfiat di|ade|tschüssi|bis denne|bis dann|machts gut|man sieht sich|haut rein)
    """,
)
ASKING = patterns(
    """
    how do you (work|paint|do that|know what i mean|come up with this)?
    (can|could) (you|this bot|u) (also|even|) (do|make) (videos|gifs|music|3d models|animations|songs)?
    (can you|do you) (speak|understand) (spanish|japanese|polish|dutch|emojis)?
    (do|can) you (sleep|dream|remember me|remember everything|get tired|have feelings|learn from us)?
    (are you|r u) (a robot|real|alive|an ai|chatgpt|open source|free|a person|listening)?
    who (is your creator|made you|trained you|pays for you|wrote your code)?
    (how|where) (were you|did you get) (trained|made|your data)?
    (how old|how smart|how big) (is this bot|is the model|is the ai)?
    (what|which) (model|ai|gpu|version|software) (is this|do you run on|is that|are you)?
    (is there|do you have) a (limit|website|manual|help page|queue|list of commands)?
    (how many|how much) (pictures|images|wishes) can i (make|get|do) (per day|for free|a day|)?
    (is it|is this|are the pictures) (free|saved somewhere|private|public|stored|copyrighted)?
    what (time|time of day) is it (there|in the picture|supposed to be|)?
    (what's|whats|what is) the (weird|strange|funny|blurry) thing (behind|next to|under) the {thing}?
    is (that|this) (supposed to be|meant to be|really) a {thing}?
    (is|was) that (a {thing} or|supposed to be) (a dog|a stone|a toaster|a potato)?
    (what|who) is (that|this) (in the background|in the corner|on the left|back there|up there)?
    (where did the idea come from|how did you get the idea|where did you get the idea)?
    (are|were) there (any|) {things} in (it|the picture|the first one)?
    (why|how come) is there a {thing}?
    (which|what) (word|part of my message) did you (not get|not understand|understand)?
    (what|which) (words|phrases|wishes) (work best|should i use|don't you know)?
    (what|how) do i (have to|need to) (type|write|say) (to start|for a new picture|to you)?
    (does|did) (it|the bot) (get|understand) (me|that|what i said)?
    (wait|hold on|hm|uh), (what|how) (is that|did that happen|did you do there)?
    (do|will) you (keep|save|delete) (the|our|my) (pictures|old pictures|messages)?
    (which|what) (picture|version|step) (are we at|is this|is that) (now|)?
    (is this|are we) still (the same picture|the first one|on the first picture)?
    can (other people|everyone|my mom) see (this|what i write|my pictures)?
    (what would happen|what happens) if i (say nothing|write in german|type nonsense|just say hi)?
    """,
    """
    wie (funktionierst du|machst du das|malst du|geht das alles|kommst du auf sowas) (eigentlich|überhaupt|)?
    (kannst du|kannste|kann der bot) (auch|auch noch|) (videos|gifs|musik|animationen|lieder|3d) (machen|)?
    (verstehst du|kannst du|sprichst du) (auch|) (spanisch|polnisch|schwäbisch|plattdeutsch|bayrisch)?
    (schläfst|träumst|lernst|lebst|denkst) du (auch|eigentlich|wirklich|)?
    (bist du|biste) (ein roboter|echt|ne ki|chatgpt|kostenlos|ein bot oder ein mensch|müde|lebendig)?
    (wer hat dich|von wem wurdest du) (erfunden|trainiert|gemacht|gebaut)?
    (wie alt|wie schlau|wie groß) (bist du|ist die ki|ist das modell)?
    (welches modell|welche ki|welche version|was für ne ki) (ist das|bist du|steckt dahinter)?
    gibt (es|es da|es hier) (ein limit|ne anleitung|ne hilfe|ne webseite|eine liste mit befehlen)?
    wie viele (bilder|wünsche) (darf|kann) ich (machen|haben|am tag machen|umsonst machen)?
    (ist das|sind die bilder) (kostenlos|öffentlich|privat|irgendwo gespeichert)?
    (wie spät|welche uhrzeit|welche jahreszeit) ist (es da|das da|das im bild)?
    was ist (das|denn das) (komische|seltsame|lustige) (ding|teil|zeug) (da hinten|links|)?
    ist das (da|) (wirklich|echt|etwa) {a_thing}?
    (soll das|soll das da) (etwa|wohl|wirklich|) {a_thing} (sein|darstellen)?
    (was|wer) ist (das|denn das|das da) (im hintergrund|in der ecke|links|oben|da hinten)?
    (sind|waren) da {things} (drauf|im bild|)?
    wo (hast du|haste) (die|diese) idee her?
    welches wort hast du nicht (verstanden|gekannt|gecheckt)?
    (was|wie) (muss ich|soll ich|muss man) (schreiben|tippen|sagen) (damit du malst|am anfang|)?
    (hat er|hat der bot|hast du) (das|mich|des) (verstanden|gecheckt|kapiert)?
    (warte|moment|hm|häh), (was ist das|was hast du da gemacht|wie ist das passiert)?
    (speicherst|behältst|löschst) du (die|meine|unsere) (bilder|alten bilder|nachrichten)?
    (bei welchem bild|bei welcher version) sind wir (jetzt|gerade|)?
    ist das (noch|immer noch) (das gleiche bild|dasselbe bild|das erste)?
    (können|kann) (das alle|jeder das|meine mutter das) sehen?
    (kann|darf) ich (dich|dir|den bot) (was fragen|was persönliches fragen)?
    """,
)
SNIPPETS: Patterns = {
    "en": (
        "can you make the", "i want a", "could you please put", "now the", "and then the", "pls add",
        "change the colour of", "make it so that the", "i would like the", "let's have a", "the one on the",
        "turn the", "what if the", "maybe with a", "huh?", "huh", "wut?", "eh?", "can we have", "put a",
        "hey can you", "i think the", "make the one", "add a big",
    ),
    "de": (
        "kannst du mal den", "ich hätte gern ein", "mach mal die", "und jetzt noch", "bitte einmal die",
        "könntest du vielleicht", "der soll", "tu mal", "ich will dass", "vielleicht mit", "hä?", "hä",
        "änder die farbe von", "häh??", "wie jetzt", "wat?", "kannste die", "mach da mal so nen",
        "das soll", "und die", "wenn der", "haste nen", "ne ich mein den", "ich würd gern das",
    ),
}  # fmt: skip
"""Messages that were sent too early, and what is said when nobody understands."""
