"""Messages that are no edit and need no history: again, choose, questions, chat and nonsense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.language.conversation import Answer
from model.tiny.drafts import Draft, NounPhrase
from model.tiny.words import NOUN_WORDS
from training.tiny.chatter import chatter
from training.tiny.chatter_german import chatter_german
from training.tiny.conversations.naming import thing_name
from training.tiny.conversations.said import worded
from training.tiny.vocabulary import made_up
from training.tiny.wishes.messages import message
from training.tiny.wishes.remarks import remark

if TYPE_CHECKING:
    import random

    from training.tiny.conversations.said import Language

REMARKS = 0.35
"""The share of messages under a picture of the world that speak of what is in it."""
_AGAIN: dict[Language, tuple[str, ...]] = {
    "en": (
        "again", "once more", "another version", "try again", "more like this",
        "again please", "one more try", "variations", "give me some variations", "reroll",
        "different version please", "generate again", "do it again", "repeat", "paint it again",
        "another take",
        "roll again", "new attempt, same words", "can i see it again but different?", "show me alternatives",
    ),
    "de": (
        "nochmal", "noch einmal", "noch ein versuch", "nochmal bitte", "andere Variante", "Varianten bitte",
         "noch eine Version", "versuch's nochmal", "mal es nochmal", "neu würfeln",
         "wiederhol das", "gib mir ein paar Varianten", "das gleiche nochmal neu",
    ),
}  # fmt: skip
_CHOOSE: dict[Language, tuple[str, ...]] = {
    "en": (
        "the {o} one", "the {o}", "number {n}", "{n}", "i take the {o} one", "take number {n}",
        "the {o} picture",
        "i like the {o} best", "go with the {o} one", "use the {o}", "#{n}", "the {o} one please", "no. {n}",
        "let's take {n}", "{o} one!", "picture {n} please", "the {o} one is the best", "pick the {o}",
    ),
    "de": (
        "das {o}", "nummer {n}", "nimm das {o}", "ich nehme das {o}", "das {o} bitte", "bild {n}", "die {n}",
        "das {o} gefällt mir am besten", "das {o} Bild", "Nr. {n}", "wir nehmen das {o}", "{n} bitte",
    ),
}  # fmt: skip
_ORDINALS: dict[Language, tuple[str, ...]] = {
    "en": ("first", "second", "third", "fourth"), "de": ("erste", "zweite", "dritte", "vierte"),
}  # fmt: skip
_QUESTIONS: dict[Language, tuple[str, ...]] = {
    "en": (
        "what is this?", "what's that", "what am i looking at?", "which words did you use?",
        "what's the prompt?",
        "what is the prompt", "show me the prompt", "which seed was that?", "what seed is this",
        "what changed?",
        "what did you change?", "what style is this?", "how many things are in it?",
        "what do i see there?", "what was my first wish?", "what's different now?",
        "did you change anything?",
        "what did you do?", "how did you make this?", "can you tell me what's in the picture?",
        "what time of day is it there?", "describe the picture", "what's the seed",
        "tell me the prompt please",
        "what can you do?", "how does this work?", "what else can i say?", "where is that supposed to be?",
        "why did you do that?", "what colour is it supposed to be?", "is that meant to be like this?",
    ),
    "de": (
        "was ist das?", "was ist das denn", "was sehe ich da?", "welche Wörter hast du benutzt?",
        "was ist der Prompt?", "wie lautet der prompt", "zeig mir den Prompt", "welcher Seed war das?",
        "was hat sich geändert?", "was hast du geändert?",
        "welcher Stil ist das?",
        "was ist auf dem bild", "was ist jetzt anders?", "wie hast du das gemacht?", "beschreib das Bild",
        "was kannst du?", "wie geht das hier?", "was kann ich noch sagen?", "wo soll das sein?",
        "warum hast du das gemacht?", "welche Farbe soll das sein?", "was war mein erster Wunsch?",
    ),
}  # fmt: skip
_TALK_DE = (
    "danke", "danke!", "vielen Dank", "super", "sehr schön", "toll", "wow", "haha", "cool", "geil", "perfekt",
    "genau so", "gefällt mir", "das ist ja süß", "lol", "nice", "mega", "sieht gut aus", "schön geworden",
    "hallo", "hi zusammen", "guten Morgen", "guten abend", "gute Nacht zusammen", "bin gleich wieder da",
    "muss jetzt los", "bis morgen", "wer spielt heute Abend mit?", "hat jemand Hunger?",
    "ich hol mir was zu essen",
    "meine Katze schläft auf der Tastatur", "bei uns regnet es gerade", "wie war dein Tag?", "ich liebe es",
    "großartig", "ok", "alles klar", "passt so", "so lassen", "das bleibt so",
    "ich geh mal mit dem Hund raus",
    "hast du das spiel gestern gesehen?", "morgen muss ich früh raus", "danke dir, das ist genau richtig",
    "echt stark", "richtig gut", "krass", "sehr cool, danke", "das ist das beste bild heute", "na gut",
    "guckt mal alle her", "@Lena schau mal", "Tom, siehst du das?", "ich bin müde",
    "was gibt's heute zu essen?",
    "kommt ihr am Wochenende?", "schreib mir später", "hdl", "😂😂", "👍", "❤️", "😍 danke",
    "das hat meine Oma gemalt lol",
)  # fmt: skip
_PRAISE = (
    "thanks", "thank you so much", "love it", "this is great", "wow nice", "so cute", "perfect!", "amazing",
    "that's exactly it", "good bot", "great job", "haha nice", "beautiful", "👍", "❤️❤️", "😍", "looks awesome",
    "keep it like that", "that's perfect, thanks", "i love this one", "cool cool", "yesss", "ok great", "ty",
    "thx!!",
)  # fmt: skip
_HMM: dict[Language, tuple[str, ...]] = {
    "en": ("hmm", "hm?", "??", "...", "uh", "idk", "dunno", "not sure", "make it like the thing",
           "do the thing",
           "you know what i mean", "something", "different", "no", "not that", "the other way", "so so",
           "but why not more", "i don't like it", "i do not like that",
            "that's wrong", "not what i wanted", "i hate it", "hmm no", "this is not it",
           "that looks weird"),
    "de": ("hm", "hmm?", "??", "...", "äh", "keine ahnung", "weiß nicht", "mach das so wie das da",
           "irgendwie anders",
           "du weißt schon", "nein", "nicht so", "anders", "irgendwas", "das gefällt mir nicht",
           "gefällt mir nicht", "das ist falsch", "so nicht",
           "das wollte ich nicht", "sieht komisch aus"),
}  # fmt: skip


def mark(rng: random.Random, language: Language) -> tuple[str, Answer]:
    """A message and its answer, by this module's tables or by the second source's."""
    if rng.random() < 0.55:
        return message(rng, language)
    kind = rng.choices(
        ("chat", "question", "again", "choose", "unclear", "undo", "redo", "restart"),
        (8, 3, 1.5, 1.5, 2, 2, 0.8, 1.2),
    )[0]
    if kind == "chat":
        return _talk(rng, language), Answer("chat", "")
    if kind == "question":
        return _cased(rng.choice(_QUESTIONS[language]), rng), Answer("question", "")
    if kind == "again":
        return _cased(rng.choice(_AGAIN[language]), rng), Answer("again", "")
    if kind == "choose":
        number = rng.randint(1, 4)
        text = rng.choice(_CHOOSE[language]).format(o=_ORDINALS[language][number - 1], n=number)
        return text, Answer("choose", str(number))
    if kind == "unclear":
        return _unclear(rng, language)
    text = _cased(worded(rng, kind, language), rng)
    return text, Answer({"undo": "undo", "redo": "redo"}.get(kind, "restart"), "")  # type: ignore[arg-type]


def mark_under(rng: random.Random, language: Language, shown: Draft) -> tuple[str, Answer]:
    """The same under a picture of the world: now and then about what is in it."""
    return remark(rng, shown, language) if rng.random() < REMARKS else mark(rng, language)


def nowhere(rng: random.Random, language: Language, shown: str) -> str:
    """Words of going back where there is nothing to go back to; the answer is the picture itself."""
    move = rng.choice(("back_to", "back_to", "before_adding", "first", "steps"))
    if move == "steps":
        return worded(rng, move, language, x=rng.choice(("2", "3")))
    nouns = [noun for noun in NOUN_WORDS if noun not in shown]
    return worded(rng, move, language, **thing_name(NounPhrase(rng.choice(nouns)), language, rng))


def _talk(rng: random.Random, language: Language) -> str:
    if language == "de":
        return _cased(rng.choice(_TALK_DE), rng) if rng.random() < 0.4 else chatter_german(rng)
    return _cased(rng.choice(_PRAISE), rng) if rng.random() < 0.3 else chatter(rng)


def _unclear(rng: random.Random, language: Language) -> tuple[str, Answer]:
    """Words without sense; the odd ones are named."""
    if rng.random() < 0.4:
        return rng.choice(_HMM[language]), Answer("unclear", "")
    odd = " ".join(made_up(rng) for _ in range(rng.choice((1, 2, 2, 3))))
    if rng.random() < 0.35:
        odd = "".join(rng.choices("asdfghjklqwertzuiop", k=rng.randint(4, 12)))
    return odd, Answer("unclear", odd)


def _cased(text: str, rng: random.Random) -> str:
    if rng.random() < 0.35:
        text = text[0].upper() + text[1:]
    return text + rng.choice(("!", ".", " please", " 😊")) if rng.random() < 0.08 else text
