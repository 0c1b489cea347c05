"""How whole wishes are joined, put in order, taken back, or said with what is to stay."""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

JOINED = patterns(
    """
    {a} and {b}
    {a}, {b}
    {a} and also {b}
    {a}. {b}
    {a}; {b}
    {a} + {b}
    {a} ¶ {b}
    {a}, and {b}
    {a} plus {b}
    {a} but {b}
    {a} but also {b}
    {a} & {b}
    {a}... {b}
    {a}. (oh|ah|and|also|and also|plus|btw|oh and), {b}
    {a} (while|as) you're at it {b}
    {a} and (maybe|perhaps|please) {b}
    (two things|2 things|a couple of things|small changes|my wishes): {a} and {b}
    (two things|2 things): {a}, {b}
    - {a} ¶ - {b}
    * {a} ¶ * {b}
    {a}, along with this {b}
    both please: {a}, {b}
    {a} / also {b}
    {a} n {b}
    {a}, same time {b}
    {a}! {b}!
    (it's too boring|it looks a bit dull|too plain for me|not there yet), so {a} and {b}
    (it's boring|it's not quite right), {a} and maybe {b}
    {a}, and since we're at it {b}
    {a}. (besides|apart from that|other than that|furthermore|in addition), {b}
    (nice start.|good so far.|not bad.|cool.) {a} and {b}
    {a} (and yeah|and uh|and then there's this:) {b}
    (one:|1st:) {a}. (two:|2nd:) {b}
    {a}, as well as this: {b}
    (my kids have two wishes|my wife says|the client has two notes): {a} and {b}
    {a} -- {b}
    {a} ... oh and {b}
    ok so: {a}, {b}
    {a} and (while at it|in the same go|at once) {b}
    """,
    """
    {a} und {b}
    {a}, {b}
    {a}. außerdem: {b}
    {a}. {b}
    {a} + {b}
    {a} ¶ {b}
    {a}, aber {b}
    {a} & {b}
    {a}... {b}
    {a}. (ach ja,|oh,|und|achso,|und noch was:|übrigens,) {b}
    {a} (und|und bitte|und vielleicht) {b}
    (zwei Sachen|zwei Dinge|2 Sachen|zwei Änderungen|meine Wünsche): {a} und {b}
    - {a} ¶ - {b}
    {a}, (außerdem:|zusätzlich:|dazu noch:|gleichzeitig:|und noch:) {b}
    {a} / {b}
    {a}! {b}!
    beides bitte: {a}, {b}
    wenn du schon dabei bist: {a} und {b}
    (ist so langweilig|das ist zu öde|gefällt mir noch nicht|noch nicht ganz): {a} und {b}
    {a} und vielleicht noch: {b}
    {a}. (ansonsten|zudem|darüber hinaus|obendrein|und sonst): {b}
    (guter Anfang.|schon mal gut.|nicht schlecht.|cool.) {a} und {b}
    (meine Kinder haben zwei Wünsche|meine Frau meint|Anmerkungen vom Kunden): {a} und {b}
    {a} -- {b}
    {a} ... ach und {b}
    (also|ok also|pass auf): {a}, {b}
    erstens: {a}. zweitens: {b}
    {a} und im selben Zug {b}
    {a}, und wo wir schon dabei sind: {b}
    (zweierlei|zwei Kleinigkeiten): {a}, {b}
    {a} plus {b}
    """,
)
THREE = patterns(
    """
    {a}, {b} and {c}
    {a}, {b}, {c}
    {a} and {b} and {c}
    {a}, {b}, and {c}
    {a}. {b}. {c}
    {a} ¶ {b} ¶ {c}
    - {a} ¶ - {b} ¶ - {c}
    1. {a} 2. {b} 3. {c}
    (3 things|three things|a few changes): {a}, {b} and {c}
    {a} + {b} + {c}
    {a}, {b}. (also|oh and|and) {c}
    {a} and {b}, also {c}
    {a}; {b}; {c}
    ok so: {a}, {b}, {c}
    {a} & {b} & {c}
    (todo list|my notes|list of changes): {a} / {b} / {c}
    {a} and {b}. (one last thing|last but not least|and finally): {c}
    {a}, {b}, oh and {c}
    {a}! {b}! {c}!
    a) {a} b) {b} c) {c}
    """,
    """
    {a}, {b} und {c}
    {a}, {b}, {c}
    {a} und {b} und {c}
    {a}. {b}. {c}
    {a} ¶ {b} ¶ {c}
    1. {a} 2. {b} 3. {c}
    (drei Sachen|ein paar Änderungen): {a}, {b} und {c}
    {a} + {b} + {c}
    {a}, {b}. (und|ach ja|außerdem) {c}
    - {a} ¶ - {b} ¶ - {c}
    {a}, {b}, ach und {c}
    also: {a}, {b}, {c}
    {a} & {b} & {c}
    (To-do-Liste|meine Notizen|Liste): {a} / {b} / {c}
    {a} und {b}. (und als letztes|letzte Sache|und zum Schluss): {c}
    {a}! {b}! {c}!
    a) {a} b) {b} c) {c}
    {a}, außerdem: {b}, und dann noch: {c}
    """,
)
THREE_STEPS = patterns(
    """
    first {a}, then {b} and (finally|last|in the end) {c}
    (first|first of all) {a}, (second|then) {b}, (third|after that|then) {c}
    """,
    """
    (erst|zuerst) {a}, dann {b} und (zuletzt|am Ende|zum Schluss) {c}
    (erst|als erstes) {a}, (danach|dann) {b}, (danach|am Ende) {c}
    """,
)
JOINED_PLAINLY = patterns("{a}. {b}\n{a} ¶ {b}\n{a}... {b}", "{a}. {b}\n{a} ¶ {b}\n{a}... {b}")
"""Fits whatever the wishes are."""
ORDER = patterns(
    """
    (first|first of all|firstly|to begin with), {a}, (then|and then|after that|next|second) {b}
    {a} and then {b}
    {a}, then {b}
    start with this: {a}. after that {b}
    1. {a} 2. {b}
    1) {a} ¶ 2) {b}
    {a}, afterwards {b}
    {a}. when that is done {b}
    {b}, but (first|before that|before) {a}
    {b} after (this|you did this|that): {a}
    {a}, (and once that's done|once that is done|as a second step|in a second step|followed by this:) {b}
    {a} (1st|first), {b} (2nd|second|after)
    step 1: {a}, step 2: {b}
    (before anything else|before you do anything else) {a}. (then|later) {b}
    a: {a} b: {b}
    begin (with|by) this: {a}. (end|finish) with that: {b}
    {a}. then, and only then: {b}
    {a} -> {b}
    as soon as this is done: {a}, go on with this: {b}
    the first thing: {a}. the second thing: {b}
    start: {a}, then: {b}
    (let's go step by step|one after the other|in this order): {a}, {b}
    {a}, and right after that {b}
    (top priority|most important): {a}. (second|after that): {b}
    {a} for a start, and later {b}
    """,
    """
    (erst|zuerst|erstmal|als erstes|zunächst) {a}, (dann|danach|und dann|anschließend) {b}
    {a} und dann {b}
    {a}, danach {b}
    1. {a} 2. {b}
    1) {a} ¶ 2) {b}
    {a}, anschließend {b}
    als erstes {a}, (dann|als zweites|zweitens) {b}
    erstens {a}, zweitens {b}
    {b}, aber (vorher|zuerst|davor) {a}
    Schritt 1: {a}, Schritt 2: {b}
    {a}. wenn das fertig ist: {b}
    {a}, (im zweiten Schritt|zum Schluss|am Ende|hinterher) {b}
    (bevor du was anderes machst|vor allem anderen): {a}. (dann|danach) {b}
    {a}. und erst dann: {b}
    {a} -> {b}
    (der Reihe nach|in dieser Reihenfolge|eins nach dem anderen): {a}, {b}
    das Erste: {a}. das Zweite: {b}
    Anfang: {a}, danach: {b}
    {a}, gleich danach {b}
    (am wichtigsten|Priorität 1): {a}. (danach|Priorität 2): {b}
    (fürs Erste|für den Anfang) {a}, später {b}
    {b}, (nachdem das passiert ist|wenn das hier fertig ist): {a}
    """,
)
TOGETHER = patterns("{a} and {b}\n{a} and also {b}", "{a} und {b}\n{a} und auch {b}")
"""How two of what follows "could you" are joined."""
MIND = patterns(
    """
    {a}... (no wait|wait no|no), {b}
    {a} - actually (no|), {b}
    {a}, or no, {b} (instead|)
    {a}? (nah|nope|no|hmm no), {b}
    {a}. hmm, forget that. {b} (instead|)
    {a}, scratch that, {b}
    {a}. sorry, (i mean|i meant) {b}
    {a}, i mean {b}
    (i wanted to say|i was about to say|i almost said) {a}, but {b} (is better|instead|)
    {a} (er|uh|oops|wait), {b}
    {a}, no no, {b}
    {a} - on second thought {b} (instead|)
    {a}, (better|rather): {b}
    {a}. nope, changed my mind: {b}
    {a}, hang on, {b}
    {a}... hmm or better: {b}
    {a}. ah no, that won't work, {b}
    first i thought: {a}. but no: {b}
    {a}, no sorry, {b}
    instead of "{a}" i should have said: {b}
    """,
    """
    {a}... (nein warte|warte nein|nein|nee), {b}
    {a} - (ach nein|doch nicht|quatsch), {b}
    {a}, oder nein, {b}
    {a}? (nee|nö|hm nein), {b}
    {a}. hm, vergiss das. {b}
    {a}. sorry, ich meine {b}
    {a}, ich meine {b}
    {a} (äh|ups|moment), {b}
    {a}, (besser|oder besser|lieber doch): {b}
    ich wollte erst sagen {a}, aber {b}
    {a}, nein, doch lieber {b}
    {a}. nee, hab's mir anders überlegt: {b}
    {a}, halt stopp, {b}
    {a}... hmm oder besser: {b}
    {a}. ach nee, doch nicht, {b}
    erst dachte ich: {a}. aber nein: {b}
    {a}, sorry nein, {b}
    statt "{a}" hätte ich sagen sollen: {b}
    """,
)
REST_STAYS = patterns(
    """
    {a}, (but|and|) (keep|leave) (everything else|the rest|all else) (as is|the same|untouched|alone|)
    {a}. nothing else (changes|should change)
    only this change: {a}
    {a} (and|but) (don't|dont|do not|never) (touch|change|alter) (anything else|the rest|other things)
    keep everything (as it is|the same|), (just|only|but) {a}
    same (picture|image|scene|thing|one) but {a}
    {a}, (the|) rest (stays|stays the same|is fine|is good|is perfect)
    {a}, (otherwise|everything else is) (perfect|good|fine|great)
    i like (it|the picture|everything|how it looks) (so far|), (just|only|but) {a}
    {a} without changing (anything else|the rest)
    no other changes: {a}
    {a} and that's (it|all)
    exactly like this but {a}
    everything stays, (only|except:) {a}
    """,
    """
    {a}, (aber|und|) (lass|lasst) (den Rest|alles andere|das andere) (so|wie es ist|in Ruhe|unverändert|)
    {a}, sonst nichts (bitte|)
    nur das: {a}
    {a}, (der Rest|alles andere) (bleibt|bleibt so|soll so bleiben|passt|ist super)
    {a}, sonst (bleibt alles|alles gleich|ist es perfekt|passt alles)
    (gleiches|dasselbe|selbes) Bild, aber {a}
    {a} und sonst nichts ändern
    ich mag es so, (nur|aber) {a}
    alles so lassen, nur {a}
    {a} ohne den Rest zu (ändern|verändern)
    {a}, mehr nicht
    """,
)
THING_STAYS = patterns(
    """
    {a} but (keep|leave|don't touch|dont touch|don't change) {other}
    {a} (and|but) (keep|leave) {other} (as it was|the way it looks|there|alone|)
    leave {other} (alone|as is|there), (just|and|but) {a}
    {a}, i (like|love) {other}
    don't (touch|change|remove) {other}. {a}
    """,
    """
    {a}, aber (lass|behalte) {other} (so|da|)
    {a}, aber {other} nicht (ändern|anfassen|verändern)
    lass {other} (so|in Ruhe), (aber|nur|und) {a}
    {a}, {other} mag ich
    """,
)
