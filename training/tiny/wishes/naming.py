"""How a wish names the things in the picture, and a new one."""

from __future__ import annotations

from dataclasses import dataclass

from model.tiny import grammar, words
from model.tiny.drafts import Draft, NounPhrase, meaning
from model.tiny.world import NATURAL_COLOUR
from training.tiny.wishes import lexicon
from training.tiny.wishes.lexicon import German
from training.tiny.wishes.strangers import STRANGERS
from training.tiny.wishes.voice import Voice


@dataclass(frozen=True, slots=True)
class Named:
    """A thing as a wish names it: `acc`, `nom` and `dat` with article, `bare` without, `one` in the singular,
    `many` in the plural."""

    acc: str
    nom: str
    dat: str
    bare: str
    one: str
    many: str

    def slots(self) -> dict[str, str]:
        """The names as slots of a pattern; `thing` is the accusative."""
        return {
            "thing": self.acc, "nom": self.nom, "dat": self.dat,
            "bare": self.bare, "one": self.one, "many": self.many,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fresh:
    """A thing to be added: as asked for with its article in three cases, its bare name, and the phrase."""

    acc: str
    nom: str
    dat: str
    bare: str
    phrase: NounPhrase


def noun_of(thing: NounPhrase) -> str | None:
    """The world's noun, or None for a thing that the world does not know."""
    return meaning(words.NOUN_WORDS, thing.noun)


def colour_of(thing: NounPhrase) -> str:
    """The colour word of a thing, said or natural; empty for an unknown thing without one."""
    return thing.colour or NATURAL_COLOUR.get(noun_of(thing) or "", "")


def name(voice: Voice, draft: Draft, thing: NounPhrase, *, pronoun: bool = True) -> Named:
    """A name that means this thing alone: its own word mostly, a synonym, what it is a kind of, or "it"."""
    alone = len(draft.things) == 1
    if pronoun and voice.pronouns and alone and voice.chance(0.08):
        return _pronoun(voice, thing)
    noun = noun_of(thing)
    others = [noun_of(other) for other in draft.things if other is not thing]
    over = lexicon.HYPERNYMS.get(noun or "")
    if over and voice.chance(0.1) and not any(lexicon.HYPERNYMS.get(other or "") == over for other in others):
        return _german(over[1], thing, "") if voice.language == "de" else _english(over[0], thing, "")
    colour = colour_of(thing) if voice.chance(0.12) else ""
    if voice.language == "en":
        own = thing.noun
        if voice.chance(0.12):
            own = voice.rng.choice(lexicon.ENGLISH_SYNONYMS.get(own, (own,)))
        return _english(own, thing, colour)
    value = meaning(words.COLOUR_WORDS, colour)
    return _german(german_of(voice, thing.noun), thing, lexicon.COLOURS[value] if value else "")


def german_of(voice: Voice, english: str) -> German:
    """A German word for an English noun, the plainest mostly; now and then the English word itself."""
    known = lexicon.GERMAN.get(english) or lexicon.GERMAN.get(english.split(" ", maxsplit=1)[0])
    if known is None:
        noun = meaning(words.NOUN_WORDS, english)
        known = lexicon.GERMAN[noun] if noun else tuple(g for e, g in STRANGERS if e == english)
    word = known[0] if voice.chance(0.75) else voice.rng.choice(known)
    if voice.chance(0.04):
        return German(english, word.gender, grammar.plural(english))
    return word


def _pronoun(voice: Voice, thing: NounPhrase) -> Named:
    if voice.language == "en":
        it = "it" if thing.count == 1 else "them"
        subject = "it" if thing.count == 1 else "they"
        return Named(it, subject, it, thing.name, thing.noun, grammar.plural(thing.noun))
    word = lexicon.GERMAN[noun_of(thing) or "house"][0]
    gender = "p" if thing.count > 1 else word.gender
    acc = {"m": "ihn", "f": "sie", "n": "es", "p": "sie"}[gender]
    dat = {"m": "ihm", "f": "ihr", "n": "ihm", "p": "ihnen"}[gender]
    nom = {"m": "er", "f": "sie", "n": "es", "p": "sie"}[gender]
    bare = word.noun if thing.count == 1 else word.plural
    return Named(acc, nom, dat, bare, word.noun, word.plural)


def _english(noun: str, thing: NounPhrase, colour: str) -> Named:
    many = grammar.plural(noun)
    bare = noun if thing.count == 1 else many
    the = " ".join(filter(None, ["the", colour, bare]))
    return Named(the, the, the, bare, noun, many)


def _german(word: German, thing: NounPhrase, colour: str) -> Named:
    n = thing.count
    return Named(
        acc=lexicon.definite(word, n, "acc", colour),
        nom=lexicon.definite(word, n, "nom", colour),
        dat=lexicon.definite(word, n, "dat", colour),
        bare=word.noun if n == 1 else word.plural,
        one=word.noun,
        many=word.plural,
    )


def colour(voice: Voice, but: tuple[str, ...] = ()) -> tuple[str, str]:
    """A colour as it is asked for and as the prompt then says it."""
    value = voice.rng.choice([c for c in lexicon.COLOURS if c not in but])
    if voice.language == "en":
        ways = words.COLOUR_WORDS[value]
        said = ways[0] if voice.chance(0.85) else voice.rng.choice(ways)
        return said, said
    return lexicon.COLOURS[value], value


def new_thing(voice: Voice, draft: Draft, *, strange: float = 0.3, plain: float = 0.5) -> Fresh:
    """A thing that the picture does not have.

    `strange`: the share of nouns that the world does not know; `plain`: of things without colour and size.
    A picture with two kinds gets only unknown ones, as the world holds no third.
    """
    taken = {noun_of(thing) for thing in draft.things}
    asked, said = colour(voice) if not voice.chance(plain) else ("", "")
    size = voice.rng.choice(list(lexicon.SIZES)) if not voice.chance(max(plain, 0.7)) else ""
    german_size = lexicon.SIZES[size][0] if size else ""
    if voice.chance(strange):
        english, german = voice.rng.choice(STRANGERS)
        voice.protected.update((english.lower(), german.noun.lower()))
        phrase = NounPhrase(english, said, size)
        if voice.language == "en":
            return Fresh(str(phrase), str(phrase), str(phrase), english, phrase)
        return _fresh(german, phrase, (german_size, asked))
    english = voice.rng.choice([e for e, noun in lexicon.CANONICAL.items() if noun not in taken])
    if voice.chance(0.4):
        canonical = lexicon.CANONICAL[english]
        english = canonical if canonical in lexicon.CANONICAL else english
    count = voice.rng.choices((1, 2, 3), (5, 2, 1))[0]
    lead = "a" if count == 1 else lexicon.NUMBERS["en"][count]
    phrase = NounPhrase(english, said, size, count, lead)
    if voice.language == "en":
        return Fresh(str(phrase), str(phrase), str(phrase), phrase.name, phrase)
    return _fresh(german_of(voice, english), phrase, (german_size, asked))


def _fresh(word: German, phrase: NounPhrase, adjectives: tuple[str, ...]) -> Fresh:
    acc, nom, dat = (
        lexicon.indefinite(word, phrase.count, adjectives, case) for case in ("acc", "nom", "dat")
    )
    return Fresh(acc, nom, dat, word.noun if phrase.count == 1 else word.plural, phrase)
