"""A command in other forms of its verb: `adding a cat`, `einen Hund hinzuzufügen`, `machst du es rot?`."""

from __future__ import annotations

import re

from training.tiny.wishes.voice import Command, Voice, patterns

DOING = patterns(
    """
    (would you mind|do you mind|mind|u mind|would u mind) {doing}?
    (how about|what about|how do you feel about) {doing}(?|)
    (i suggest|i'd suggest|i recommend|may i suggest|i propose) {doing}
    i (was|am|was just) thinking (of|about) {doing}
    (maybe|perhaps|just|pls|let's) try {doing}
    have you (thought about|considered|ever thought of) {doing}?
    (i'd appreciate|i would appreciate|i'd be grateful for|i wouldn't mind) you {doing}
    (consider|feel like|fancy) {doing}(?|)
    (i vote for|i'm all for|i'm in favor of|let's go with) {doing}
    (any chance of|what are the odds of) you {doing}?
    (you'd make me happy by|you would help me by) {doing}
    (it's worth|it would be worth|there's no harm in) {doing}
    (can you help me with|i need help with|i need a hand with) {doing}(?|)
    """,
    """
    (hättest du Lust|hast du Lust|haste Lust|hättet ihr Lust), {doing}?
    (wärst du|wärest du) so (lieb|nett|gut|freundlich), {doing}?
    (denk dran|vergiss nicht|vergiss bitte nicht|denk bitte dran), {doing}
    (ich bitte dich|ich bitte darum|ich schlage vor|ich würde vorschlagen), {doing}
    (es wäre|ich glaub es wäre) (schön|toll|gut|besser), {doing}
    (wäre es möglich|ist es möglich|geht es|gibt es eine Möglichkeit), {doing}?
    (schaffst du es|bist du in der Lage|traust du dich|bekommst du es hin), {doing}?
    (versuch mal|versuch bitte|probier mal|versuch doch mal), {doing}
    (mein Wunsch ist es|mein Vorschlag wäre|mein Plan ist es), {doing}
    (macht es dir was aus|würde es dir was ausmachen), {doing}?
    (hast du Zeit|hast du kurz Zeit|haste mal Zeit), {doing}?
    (darf ich dich bitten|dürfte ich dich bitten|kann ich dich bitten), {doing}?
    """,
)
"""`{doing}` is the English form in -ing, in German the infinitive with "zu"."""
DO_YOU = patterns(
    """
    (would|will|could) you kindly {command}(?|)
    (would|could) you be so (kind|good|sweet) as to {command}?
    (be a sweetheart|be so nice|be a good bot) and {command}
    (would|will|can) (someone|somebody|anyone) {command} (please|)(?|)
    (do you mind if i ask you to|would it be too much to ask you to|would it be ok to) {command}?
    (it would mean a lot|i'd be so happy|it would help|i'd appreciate it) if you could {command}
    (i wish you would|i hope you can|please do|do please|kindly) {command}
    (how hard is it to|how do i get you to|what do i have to do to make you) {command}??
    (need you to|gonna need you to|i'll need you to|i want u to) {command}
    (all you have to do is|the only thing to do:|your only job:|the plan:) {command}
    """,
    """
    {do_you}?
    (hey|sag mal|hallo|du|bitte|ey), {do_you}?
    {do_you}, (bitte|ja|ok|geht das)?
    {shall_we}
    (ok|also|gut|na gut|hm), {shall_we}
    {formal}
    (guten Tag|hallo|bitte|Entschuldigung), {formal}
    {formal}, (vielen Dank|danke|wenn es geht)
    """,
)
"""The command to be nice about, or in German a question to "du", what "wir" do, and the command to "Sie"."""
_PARTICLES = (
    "mal", "mal", "mal", "doch mal", "bitte", "bitte mal", "doch", "doch bitte", "ma", "halt", "einfach",
    "jetzt", "lieber", "mal bitte", "mal eben", "mal schnell", "gleich mal", "jetzt mal", "mal kurz",
)  # fmt: skip
_SAID_ALREADY = re.compile(r"\b(mal|bitte|doch|noch|auch|jetzt|einfach|da|ma|lieber|eben|gern)\b")
_SHORT = ("es", "ihn", "sie", "mir", "uns")
"""Pronouns stand before a particle: "mach es mal rot"."""
_MORE_THAN_ONE = re.compile(r"[,.:!?]|\b(and|but|und|aber)\b")
"""Signs of a command with another part, whose verb would have to change as well."""
_DOING = {"omit": "omitting", "photoshop": "photoshopping", "dye": "dyeing", "redo": "redoing"}
_NO_VERBS = ("also", "please", "not", "just", "then", "now")
_THOU = {
    "nimm": "nimmst", "gib": "gibst", "lass": "lässt", "wirf": "wirfst", "verwandle": "verwandelst",
    "zaubere": "zauberst", "zeichne": "zeichnest", "halt": "hältst", "behalt": "behältst",
}  # fmt: skip


def asked(voice: Voice, command: Command) -> str:
    """The command with its verb in another form, or in German with a particle: "mach mal", "machst du".

    Empty where there is no such form.
    """
    if _MORE_THAN_ONE.search(command.rest) or command.stem in _NO_VERBS:
        return ""
    if voice.language == "en":
        if voice.chance(0.5):
            return voice.pick(DO_YOU, command=f"{command.verb} {command.rest}").text
        return voice.pick(DOING, doing=doing(command)).text
    if voice.chance(0.45):
        return particled(voice, command, command.stem)
    if voice.chance(0.45):
        return voice.pick(DOING, doing=with_zu(command)).text
    return voice.pick(
        DO_YOU,
        do_you=particled(voice, command, _to_you(voice, command)),
        shall_we=particled(voice, command, f"{command.verb} wir"),
        formal=particled(voice, command, f"{command.verb} Sie"),
    ).text


def doing(command: Command) -> str:
    """`adding a cat`."""
    verb = command.verb
    if verb in _DOING:
        said = _DOING[verb]
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        said = verb[:-1] + "ing"
    elif re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        said = verb + verb[-1] + "ing"
    else:
        said = verb + "ing"
    return f"{said} {command.rest}"


def with_zu(command: Command) -> str:
    """`eine Katze hinzuzufügen`, `das Haus rot zu machen`, `die Sterne leuchten zu lassen`."""
    split = command.split if not command.split.endswith("en") else f"{command.split} "
    joined = f"{split}zu{command.verb}" if split and split[-1] != " " else f"{split}zu {command.verb}"
    return f"{command.rest} {joined}".strip()


def thou(stem: str) -> str:
    """A verb's second person by its imperative: `machst`, `setzt`, `zeichnest`."""
    if stem in _THOU:
        return _THOU[stem]
    stem = stem.removesuffix("e")
    if stem.endswith(("s", "ß", "z", "x")):
        return stem + "t"
    return stem + ("est" if stem.endswith(("d", "t")) else "st")


def _to_you(voice: Voice, command: Command) -> str:
    verb = thou(command.stem)
    return f"{verb}e" if verb.endswith("st") and voice.chance(0.2) else f"{verb} du"


def particled(voice: Voice, command: Command, opening: str) -> str:
    """The command behind another opening, with a particle where it has none: `machst du` gives
    "machst du mal das Haus rot"."""
    first, _, others = command.rest.partition(" ")
    short = first in _SHORT
    said_already = _SAID_ALREADY.search(command.rest)
    particle = "" if said_already or opening == "mal" else voice.rng.choice(_PARTICLES)
    if opening.endswith(("du", "e", "wir", "Sie")) and particle in ("halt", "ma"):
        particle = "mal"
    middle = f"{first} {particle} {others}" if short else f"{particle} {command.rest}"
    return re.sub(r" +", " ", f"{opening} {middle} {command.split}").strip()
