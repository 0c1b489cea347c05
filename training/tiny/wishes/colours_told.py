"""A thing's colour wished for as a hope, a story, a complaint, a goal, or as an order to a machine.

The slots are those of `colours_said`.
"""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

RECOLOUR = patterns(
    """
    imagine {nom} were {colour}, (do that|make it so|like that please|that's what i want)
    (picture this:|imagine this:|close your eyes:|here's the vision:) {thing} in {colour}
    i was hoping for {of_colour} {bare} instead
    (for some reason|somehow|idk why but) i (see|picture|imagine) {thing} in {colour}
    if {nom} were {colour} i'd (be happy|hang it up|print it|love it)
    it'd (make my day|be so cool|be so cute|be perfect|be dope) if {nom} was {colour}
    (you know what would look good|know what would be nice|guess what would be cute)? {thing} in {colour}
    my (friend|sister|dad|grandma) says {nom} would look (great|good|better|cute) in {colour}
    i (wish|wanted|hoped) {nom} (were|was|would be) {colour}
    why on earth {is} {nom} not {colour}??
    (ugh|bruh|hello|excuse me), why {is} {nom} not {colour}?? i want {it} {colour}
    {nom} should've been {colour} (from the start|all along|to begin with|)
    (something is off with|i'm not happy with|i don't like) the (colour|color) of {thing}. {colour} please
    {nom} {doesnt} look right like that, {colour} (please|would be better|is better)
    it looks (sad|dull|tired|cold|lifeless) like that, {thing} in {colour} please
    {bare} needs repainting, {colour} please
    wrong (colour|color) on {thing}, (should be|make that|i need) {colour}
    (thinking|leaning towards|going with|i'm going with|i decided on|i vote) {colour} for {thing}
    i've (decided|made up my mind): {thing} in {colour}
    about {thing}... (could you do {colour}?|{colour} maybe?|i'd take {colour})
    {bare}, but make it {colour}
    {bare}.(color|colour) = {colour}
    /(color|colour|paint|recolor) {bare} {colour}
    set (colour|color) of {bare} to {colour}
    set {bare} (colour|color) to {colour}
    {bare} (colour|color): {colour}
    {bare} => {colour}
    {bare} = {colour}
    {bare}: now {colour}
    {thing}: {colour} please
    (what i want|goal|end result|target|the goal): {thing} in {colour}
    {thing} should end up {colour}
    when (i come back|you're done|this is done) {nom} should be {colour}
    {nom} {colour}! (not negotiable|no discussion|make it happen|now|)
    i (kinda|sorta|really|totally|just) (want|need) {thing} {colour}
    (is there|do you have|u got) {colour} for {thing}?
    {thing} (maybe|perhaps|rather|preferably) in {colour}?
    {bare} in {colour}, (if you please|that's the dream|thats all i ask|chop chop)
    {colour} paint on {thing} and (we're good|i'm happy|it's perfect)
    (dip|dunk) {thing} in {colour} paint
    we agreed on {colour} for {thing}
    all {nom} {needs} is a coat of {colour} (paint|)
    wouldn't {nom} look (better|nicer|cute) in {colour}?
    i can't unsee {thing} in {colour} now, do it
    the client wants {thing} in {colour}
    {thing}?? {colour}!!
    """,
    """
    stell dir (mal|) vor, {nom} {wäre} {colour}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schön|super|toll|nice|mega), wenn {nom} {colour} {wäre}
    (ich fänds|ich fänd es|fänds|ich fände es) (besser|schöner|cooler|gut), wenn {nom} {colour} {wäre}
    ich dachte bei {dat} (eher|mehr|eigentlich|so) an {colour}
    ich hatte auf {thing} in {colour} gehofft
    ich wär (happy|glücklich|froh|zufrieden), wenn {nom} {colour} {wäre}
    wenn {nom} {colour} {wäre}, (würd ich's aufhängen|wär ich zufrieden|wär's perfekt|wär ich glücklich)
    wenn du {thing} {colour} machst, bin ich (glücklich|zufrieden|froh|still)
    kannste {thing} (mal|nich|vielleicht|bitte) {colour} machen (oder so|)?
    haste {thing} auch in {colour}?
    (warum|wieso) zum (Kuckuck|Henker) {ist} {nom} nicht {colour}?
    wieso {ist} {nom} denn nicht {colour}? (mach das mal|änder das bitte|will ich aber so)
    {nom} {hätte} (von Anfang an|eigentlich|) {colour} sein sollen
    {nom} {gehört} {colour} (gestrichen|angemalt|gemacht)
    ich seh {thing} (irgendwie|eher|total|klar) in {colour}
    so in {colour} {wäre} {nom} (der Hammer|richtig schön|perfekt|voll süß)
    (weißt du was|weißte was)? {thing} in {colour}!
    (hab mich entschieden|ich hab's mir überlegt|beschlossen): {nom} in {colour}
    ich (nehm|nehme) {thing} in {colour}
    ich bin für {colour} bei {dat}
    {colour} wär bei {dat} (nicht schlecht|ganz gut|am besten|mein Favorit)
    tust du {thing} (bitte|mal|) {colour} machen?
    tu {thing} (mal|bitte|doch) {colour} machen
    {thing} hätt ich (gern|gerne|lieber) {colour}
    {thing} (bitte|mal|) {colour} (machen|anmalen|färben|anpinseln|streichen)
    mach (ma|mal|bitte), dass {nom} {colour} {wird}
    {nom} {sieht} in {colour} (bestimmt|sicher|viel) besser aus
    ich find, {nom} {könnte} (gut|ruhig|auch) {colour} sein
    meine (Oma|Frau|Kleine|Schwester) sagt, {nom} {muss} {colour} sein
    bei {dat} stimmt die Farbe nicht, {colour} (bitte|wär richtig|muss das sein)
    (irgendwas|was) stimmt mit der Farbe von {dat} nicht. {colour} bitte
    (sieht traurig aus so|wirkt so leblos|gefällt mir so nicht), {thing} in {colour} bitte
    Farbe von {dat} auf {colour} (ändern|setzen|stellen)
    setze Farbe von {dat} auf {colour}
    {bare} = {colour}
    {bare} => {colour}
    {bare}, Farbe {colour}
    Farbe {bare}: {colour}
    {bare} auf {colour} (stellen|setzen|ändern)
    (Ziel|Ergebnis|Wunschbild|am Ende): {nom} in {colour}
    am Ende {soll} {nom} {colour} sein
    ausgemacht war {colour} bei {dat}
    der Kunde will {thing} in {colour}
    {nom} {colour}! (keine Diskussion|bitte|sofort|aber pronto|)
    ich hätt gern, dass {nom} {colour} {wird}
    wär's möglich, dass {nom} {colour} {wird}?
    ob {nom} wohl auch {colour} sein {kann}?
    (wolln|wollen) wir {thing} nicht {colour} machen?
    {nom} {kriegt} (mal|jetzt|bitte) die Farbe {colour}
    {colour} und nix anderes für {thing}
    hm, {nom}... vielleicht (lieber|doch eher|eher) {colour}?
    (die|deine) Farbe bei {dat}: (nee|nein|naja). {colour} (ja|passt|wär's)
    """,
)
RECOLOUR_FROM = patterns(
    """
    i thought {nom} would be {colour}, not {had}. (fix it|please change that|can you fix that?)
    {had} is such a (boring|sad|lame|ugly) (colour|color) for {thing}, {colour} please
    who painted {thing} {had}? (should be|i said|make that) {colour}
    {thing}: {had} no, {colour} yes
    i'm tired of {had}, {thing} in {colour} please
    {thing} less {had}, more {colour}, so just {colour}
    {bare}: {had} => {colour}
    find {had} {bare}, replace with {colour} {bare}
    {nom} went {had} but i ordered {colour}
    (colour|color) of {thing}: {colour}, not {had}
    turn the {had} {bare} into {of_colour} {bare}
    {had} → {colour} ({bare})
    so {had}... {thing} would be nicer in {colour}
    """,
    """
    ich dachte, {nom} {wäre} {colour}, {ist} aber {had}. (änder das bitte|bitte {colour})
    {had} ist so (langweilig|trist|fad|öde), {thing} bitte in {colour}
    wer hat {thing} denn {had} gemacht? {colour} bitte
    {nom}: {had} nein, {colour} ja
    hab genug von {had}, {thing} bitte in {colour}
    Farbe von {dat}: {colour}, nicht {had}
    {bare}: {had} => {colour}
    {had} → {colour} ({bare})
    {nom} {ist} {had} geworden, bestellt war {colour}
    so {had}... {nom} {wäre} in {colour} schöner
    bei {dat} weg vom {had}, hin zu {colour}
    {had} kann jeder, {nom} bitte in {colour}
    """,
)
