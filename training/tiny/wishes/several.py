"""Several wishes in one message, a change of mind within it, and what is to stay as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from model.tiny.drafts import Draft
from training.tiny.wishes.kinds import Worded, known
from training.tiny.wishes.naming import name
from training.tiny.wishes.single import SINGLE
from training.tiny.wishes.voice import Clause, Patterns, Voice, patterns

_ABOUT_THINGS = (
    "add", "remove", "some", "except", "replace", "recolour", "all", "swap", "resize", "compare", "count",
)  # fmt: skip
_ABOUT_THE_REST = ("time", "weather", "place", "style", "quality")
_ABOUT_ONE = ("add", "remove", "replace", "recolour", "resize", "count")
"""Kinds that touch one thing, so that two of them may stand beside each other."""
_RETHOUGHT = ("time", "weather", "place", "style", "add")
_RETHOUGHT_ALONE = ("recolour", "resize", "replace")
"""Kinds of which somebody says one and means another, the second ones in a picture of one thing."""

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
    {a} and (maybe|perhaps|please|could you also|can you also) {b}
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
    {a} (und|und bitte auch|und vielleicht|und gleich|und auch noch) {b}
    (zwei Sachen|zwei Dinge|2 Sachen|zwei Änderungen|meine Wünsche): {a} und {b}
    - {a} ¶ - {b}
    {a}, (außerdem:|zusätzlich:|dazu noch:|gleichzeitig:|und noch:) {b}
    {a} / {b}
    {a}! {b}!
    beides bitte: {a}, {b}
    wenn du schon dabei bist: {a} und {b}
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
    first {a}, then {b} and (finally|last|in the end) {c}
    {a}; {b}; {c}
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
    (erst|zuerst) {a}, dann {b} und (zuletzt|am Ende|zum Schluss) {c}
    - {a} ¶ - {b} ¶ - {c}
    """,
)
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
    {a} *{b}
    ich wollte erst sagen {a}, aber {b}
    {a}, nein, doch lieber {b}
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
_NOT_KEPT = frozenset({"except", "some", "all", "emoji", "beside"})
"""Kinds that say themselves what is to stay, touch everything, have no words, or say much beside."""


def several(voice: Voice, before: Draft, kind: str, without: Collection[str]) -> Worded | None:
    """Two wishes, or three, each about something else, so that their order does not change the result."""
    voice.pronouns = False
    kinds = _kinds(voice, most=3 if kind == "several" else 2)
    clauses: list[Clause] = []
    now = before
    for name_ in kinds:
        made = None if name_ in without else SINGLE[name_][0](voice, now)
        if made is None or str(made[1]) == str(now) or not apart(before, now, made[1]):
            return None
        clauses.append(made[0])
        now = made[1]
    # Nobody puts questions, or what they think, in an order
    if kind == "order" and any(re.search(r"\?|\bich\b", clause.text) for clause in clauses):
        return None
    table = THREE if len(clauses) == 3 else JOINED if kind == "several" else ORDER
    return _joined(voice, table, clauses), now


def _kinds(voice: Voice, most: int) -> list[str]:
    """Two or three kinds; of the many about things only those of one thing stand side by side."""
    way = voice.rng.random()
    if way < 0.2:
        kinds = voice.rng.sample(_ABOUT_THE_REST, 2)
    elif way < 0.45:
        kinds = voice.rng.choices(_ABOUT_ONE, k=2)
    else:
        kinds = [voice.rng.choice(_ABOUT_THINGS), voice.rng.choice(_ABOUT_THE_REST)]
    if most > 2 and voice.chance(0.25):
        kinds.append(voice.rng.choice([kind for kind in _ABOUT_THE_REST if kind not in kinds]))
    voice.rng.shuffle(kinds)
    return kinds


def apart(before: Draft, now: Draft, after: Draft) -> bool:
    """Whether the step from `now` to `after` leaves alone what the steps from `before` to `now` brought, and
    brings nothing that they took."""
    fresh = [thing for thing in now.things if thing not in before.things]
    gone = [thing for thing in now.things if thing not in after.things]
    nouns = {thing.noun for thing in now.things}
    back = {t.noun for t in after.things} & {t.noun for t in before.things if t.noun not in nouns}
    twice = any(
        before.said(slot) != now.said(slot) != after.said(slot) for slot in ("place", "time", "weather")
    )
    return not back and not twice and not any(thing in fresh for thing in gone)


def _joined(voice: Voice, table: Patterns, clauses: Sequence[Clause]) -> Clause:
    texts = [clause.text.rstrip("?.") for clause in clauses]
    slots = dict(zip("abc", texts, strict=False))
    text = voice.pick(table, **slots).text.replace(" ¶ ", "\n")
    infinitives = [clause.infinitive for clause in clauses if clause.infinitive]
    if len(infinitives) == len(clauses) == 2:
        asked = voice.pick(TOGETHER, a=infinitives[0], b=infinitives[1]).text
        return Clause(text, asked)
    return Clause(text)


def rethought(voice: Voice, before: Draft, without: Collection[str]) -> Worded | None:
    """A wish that is taken back in the same message for another of its kind; only the second counts."""
    voice.pronouns = False
    alone = len(before.things) == 1
    kind = voice.rng.choice((*_RETHOUGHT, *_RETHOUGHT_ALONE) if alone else _RETHOUGHT)
    made = [None if kind in without else SINGLE[kind][0](voice, before) for _ in range(2)]
    if made[0] is None or made[1] is None or str(made[0][1]) == str(made[1][1]):
        return None
    said = voice.pick(MIND, a=made[0][0].text.rstrip("?."), b=made[1][0].text)
    return said, made[1][1]


def with_what_stays(voice: Voice, kind: str, wish: Worded, before: Draft) -> Worded:
    """The wish, and that all the rest, or another thing of the picture, is to stay as it is."""
    clause, after = wish
    if kind in _NOT_KEPT or (kind == "compare" and not any(thing in after.things for thing in before.things)):
        return wish
    text = clause.text.rstrip("?.!")
    others = [thing for thing in known(before) if thing in after.things]
    # Who goes elsewhere "but leaves the tree" leaves it behind
    if kind != "place" and others and len(before.things) > 1 and voice.chance(0.4):
        other = name(voice, before, voice.rng.choice(others), pronoun=False).acc
        return voice.pick(THING_STAYS, a=text, other=other), after
    return voice.pick(REST_STAYS, a=text), after
