"""How a wish names the things in the picture, and a new one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from model.tiny import grammar, words
from model.tiny.drafts import Draft, NounPhrase, meaning
from model.tiny.world import NATURAL_COLOUR
from training.tiny.wishes import lexicon
from training.tiny.wishes.lexicon import German
from training.tiny.wishes.numbers_agree import verbs
from training.tiny.wishes.strangers import STRANGERS
from training.tiny.wishes.voice import Voice


@dataclass(frozen=True, slots=True)
class Named:
    """A thing as a wish names it: `acc`, `nom` and `dat` with article, `bare` without, `one` in the singular,
    `many` in the plural; `forms` are further words that go with it (`_english_forms`, `_german_forms`)."""

    acc: str
    nom: str
    dat: str
    bare: str
    one: str
    many: str
    forms: dict[str, str] = field(default_factory=dict)

    def slots(self) -> dict[str, str]:
        """The names as slots of a pattern; `thing` is the accusative."""
        return self.forms | {
            "thing": self.acc, "nom": self.nom, "dat": self.dat,
            "bare": self.bare, "one": self.one, "many": self.many,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fresh:
    """A thing to be added: as asked for with its article in three cases, its bare name, and the phrase;
    `forms` are the words that agree with it, among them `no` and `no_nom` (`kein Hund`)."""

    acc: str
    nom: str
    dat: str
    bare: str
    phrase: NounPhrase
    forms: dict[str, str] = field(default_factory=dict)

    def slots(self) -> dict[str, str]:
        """The names as slots of a pattern; `new` is the accusative."""
        return self.forms | {
            "new": self.acc, "new_nom": self.nom, "new_dat": self.dat,
            "new_bare": self.acc if self.phrase.colour or self.phrase.size else self.bare,
        }  # fmt: skip


CASES: tuple[lexicon.Case, ...] = ("acc", "nom", "dat")
_THIS = {
    "nom": {"m": "dieser", "f": "diese", "n": "dieses", "p": "diese"},
    "acc": {"m": "diesen", "f": "diese", "n": "dieses", "p": "diese"},
    "dat": {"m": "diesem", "f": "dieser", "n": "diesem", "p": "diesen"},
}


def noun_of(thing: NounPhrase) -> str | None:
    """The world's noun, or None for a thing that the world does not know."""
    return meaning(words.NOUN_WORDS, thing.noun)


def colour_of(thing: NounPhrase) -> str:
    """The colour word of a thing, said or natural; empty for an unknown thing without one."""
    return thing.colour or NATURAL_COLOUR.get(noun_of(thing) or "", "")


def name(voice: Voice, draft: Draft, thing: NounPhrase, *, pronoun: bool = True) -> Named:
    """A name that means this thing alone: its own word mostly, a synonym, what it is a kind of, what sets it
    apart ("the red one"), or "it"; now and then with "that", or without an article. Beside another thing
    (`pronoun` false) it is never "all the foxes", as "but not all the foxes" would mean some."""
    alone = len(draft.things) == 1
    if pronoun and voice.pronouns and alone and voice.chance(0.08):
        return _pronoun(voice, thing)
    noun = noun_of(thing)
    others = [other for other in draft.things if other is not thing]
    twins = [other for other in others if noun and noun_of(other) == noun]
    if twins:
        return _of_twins(voice, thing, twins)
    over = lexicon.HYPERNYMS.get(noun or "")
    kinds = [lexicon.HYPERNYMS.get(noun_of(other) or "") for other in others]
    # A thing that the world does not know may be of the same kind
    if over and voice.chance(0.1) and over not in kinds and all(noun_of(other) for other in others):
        over = voice.rng.choice((over, *lexicon.MORE_HYPERNYMS.get(over[0], ())))
        return _german(over[1], thing, "") if voice.language == "de" else _english(over[0], thing, "")
    apart = _apart(voice, thing, others) if voice.chance(0.1) else ""
    adjective = colour_of(thing) if voice.chance(0.12) else thing.size if voice.chance(0.08) else ""
    if voice.language == "en":
        own = thing.noun
        if voice.chance(0.12):
            own = voice.rng.choice(lexicon.ENGLISH_SYNONYMS.get(own, (own,)))
        named = _english(own, thing, adjective)
        if apart:
            one = f"the {apart} one" + "s" * (thing.count > 1)
            return replace(named, acc=one, nom=one, dat=one)
        return _pointed(voice, named, thing.count, every=pronoun)
    word = german_of(voice, thing.noun)
    named = _german(word, thing, _in_german(adjective))
    if apart:
        nominal = German("", word.gender, "")
        acc, nom, dat = (_definite(nominal, thing.count, case, _in_german(apart)) for case in CASES)
        return replace(named, acc=acc, nom=nom, dat=dat)
    return _pointed_in_german(voice, named, word, thing.count, every=pronoun)


def _of_twins(voice: Voice, thing: NounPhrase, others: list[NounPhrase]) -> Named:
    """The name of one of two kinds of the same thing, by what tells them apart: colour, else size."""
    colour_ = colour_of(thing)
    same = any(_colour_value(other) == _colour_value(thing) for other in others)
    apart = (thing.size or "normal") if same else colour_
    if voice.language == "en":
        named = _english(thing.noun, thing, apart)
        if not voice.chance(0.4):
            return named
        one = f"the {apart} one" + "s" * (thing.count > 1)
        return replace(named, acc=one, nom=one, dat=one)
    word = german_of(voice, thing.noun)
    adjective = _in_german(apart) or "normal"
    named = _german(word, thing, adjective)
    if adjective in lexicon.UNINFLECTED or not voice.chance(0.4):
        return named
    nominal = German("", word.gender, "")
    acc, nom, dat = (_definite(nominal, thing.count, case, adjective) for case in CASES)
    return replace(named, acc=acc, nom=nom, dat=dat)


def _apart(voice: Voice, thing: NounPhrase, others: list[NounPhrase]) -> str:
    """A colour or size word that is said of this thing, and that means no other thing in the picture."""
    value, size = meaning(words.COLOUR_WORDS, thing.colour), meaning(words.SIZE_WORDS, thing.size)
    found = []
    if value and all(noun_of(other) and _colour_value(other) != value for other in others):
        found.append(thing.colour)
    if size and size != "medium" and all(_size_value(other) != size for other in others):
        found.append(thing.size)
    if voice.language == "de":
        found = [word for word in found if _in_german(word) and _in_german(word) not in lexicon.UNINFLECTED]
    return voice.rng.choice(found) if found and all(noun_of(other) for other in others) else ""


def _colour_value(thing: NounPhrase) -> str | None:
    return meaning(words.COLOUR_WORDS, colour_of(thing))


def _size_value(thing: NounPhrase) -> str | None:
    return meaning(words.SIZE_WORDS, thing.size)


def _in_german(adjective: str) -> str:
    """The German for a colour or size word of a prompt; empty for a word that has none here."""
    value, size = meaning(words.COLOUR_WORDS, adjective), meaning(words.SIZE_WORDS, adjective)
    if value:
        return lexicon.COLOURS[value]
    return lexicon.SIZES[size][0] if size in lexicon.SIZES else ""


def _pointed(voice: Voice, named: Named, count: int, *, every: bool) -> Named:
    """The name as it is, or with "that", a hint where it is, no article, or (`every`) "all the"."""
    way = voice.rng.random()
    rest = named.acc.removeprefix("the ")
    if way < 0.07:
        said = voice.rng.choice(("this", "that", "that") if count == 1 else ("these", "those")) + " " + rest
    elif way < 0.1:
        said = f"{named.acc} {voice.rng.choice(('there', 'over there', 'in the picture', 'in the pic'))}"
    elif way < 0.15:
        said = rest
    elif way < 0.3 and count > 1 and every:
        ways = ("all the", "all", "all of the", *(("both",) * 2 if count == 2 else ()))
        said = f"{voice.rng.choice(ways)} {rest}"
    else:
        return named
    return replace(named, acc=said, nom=said, dat=said)


def _pointed_in_german(voice: Voice, named: Named, word: German, count: int, *, every: bool) -> Named:
    """The same in German."""
    way = voice.rng.random()
    forms: tuple[str, ...] = (named.acc, named.nom, named.dat)
    if way < 0.06:
        gender = "p" if count > 1 else word.gender
        this = (_THIS[case][gender] for case in CASES)
        forms = tuple(f"{said} {form.split(' ', 1)[1]}" for said, form in zip(this, forms, strict=True))
    elif way < 0.1:
        where = voice.rng.choice(("da", "da", "dort", "im Bild", "auf dem Bild", "da drüben"))
        forms = tuple(f"{form} {where}" for form in forms)
    elif way < 0.14 and len(named.acc.split()) == 2:
        forms = tuple(form.split(" ", 1)[1] for form in forms)
    elif way < 0.3 and count > 1 and every:
        stem = voice.rng.choice(("all", "beid") if count == 2 else ("all",))
        ends = ("e", "e", "en")
        forms = tuple(f"{stem}{e} {form.split(' ', 1)[1]}" for e, form in zip(ends, forms, strict=True))
    return replace(named, acc=forms[0], nom=forms[1], dat=forms[2])


def _definite(word: German, count: int, case: lexicon.Case, adjective: str) -> str:
    """`den roten`: the definite form of a word without its noun."""
    said = lexicon.definite(word, count, case, adjective)
    return said.removesuffix(" n")


def german_of(voice: Voice, english: str) -> German:
    """A German word for an English noun, the plainest mostly; now and then the English word itself."""
    known = lexicon.GERMAN.get(english) or lexicon.GERMAN.get(english.split(" ", maxsplit=1)[0])
    known = known or lexicon.GERMAN[meaning(words.NOUN_WORDS, english) or english]
    word = known[0] if voice.chance(0.75) else voice.rng.choice(known)
    if voice.chance(0.04):
        return German(english, word.gender, grammar.plural(english))
    return word


def _pronoun(voice: Voice, thing: NounPhrase) -> Named:
    if voice.language == "en":
        it = "it" if thing.count == 1 else "them"
        subject = "it" if thing.count == 1 else "they"
        many = grammar.plural(thing.noun)
        return Named(it, subject, it, thing.name, thing.noun, many, _english_forms(thing.noun, thing.count))
    word = lexicon.GERMAN[noun_of(thing) or "house"][0]
    gender = "p" if thing.count > 1 else word.gender
    acc = {"m": "ihn", "f": "sie", "n": "es", "p": "sie"}[gender]
    dat = {"m": "ihm", "f": "ihr", "n": "ihm", "p": "ihnen"}[gender]
    nom = {"m": "er", "f": "sie", "n": "es", "p": "sie"}[gender]
    bare = word.noun if thing.count == 1 else word.plural
    return Named(acc, nom, dat, bare, word.noun, word.plural, _german_forms(word, thing.count))


def _english(noun: str, thing: NounPhrase, colour: str) -> Named:
    many = grammar.plural(noun)
    bare = noun if thing.count == 1 else many
    the = " ".join(filter(None, ["the", colour, bare]))
    return Named(the, the, the, bare, noun, many, _english_forms(noun, thing.count))


def _english_forms(noun: str, count: int) -> dict[str, str]:
    """`a`: with its article; the others are verbs and pronouns that agree with the thing in its number."""
    forms = verbs("en", plural=count > 1)
    return {"a": str(NounPhrase(noun)), **forms}


def _german_forms(word: German, count: int) -> dict[str, str]:
    """`a`, `a_nom`, `a_dat`: one such thing; `second`, `second_nom`: a second one; `no`, `no_nom`: none of
    them; `such`: one, without the noun (`einen`), `such_nom`; `many_dat`; pronouns and verbs that agree."""
    forms = verbs("de", plural=count > 1)
    acc, nom = (
        {"m": "ihn", "f": "sie", "n": "es"}[word.gender],
        {"m": "er", "f": "sie", "n": "es"}[word.gender],
    )
    if count > 1:
        acc = nom = "sie"
    noun = word.noun if count == 1 else word.plural
    ein, eine = (lexicon.indefinite(word, 1, (), case).split(" ")[0] for case in ("nom", "acc"))
    return forms | {
        "a": lexicon.indefinite(word), "a_nom": lexicon.indefinite(word, case="nom"),
        "a_dat": lexicon.indefinite(word, case="dat"),
        "second": lexicon.indefinite(word, 1, ("zweit",)),
        "second_nom": lexicon.indefinite(word, 1, ("zweit",), "nom"),
        "second_dat": lexicon.indefinite(word, 1, ("zweit",), "dat"),
        "no": f"k{eine} {noun}" if count == 1 else f"keine {noun}",
        "no_nom": f"k{ein} {noun}" if count == 1 else f"keine {noun}",
        "such": {"m": "einen", "f": "eine", "n": "eins"}[word.gender],
        "such_nom": {"m": "einer", "f": "eine", "n": "eins"}[word.gender],
        "many_dat": word.form(2, "dat"),
        "es": acc, "er": nom,
    }  # fmt: skip


def _german(word: German, thing: NounPhrase, colour: str) -> Named:
    n = thing.count
    return Named(
        acc=lexicon.definite(word, n, "acc", colour),
        nom=lexicon.definite(word, n, "nom", colour),
        dat=lexicon.definite(word, n, "dat", colour),
        bare=word.noun if n == 1 else word.plural,
        one=word.noun,
        many=word.plural,
        forms=_german_forms(word, n),
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
        voice.protected.update((english.lower(), german.noun.lower(), german.plural.lower()))
        phrase = NounPhrase(english, said, size)
        if voice.language == "en":
            return _fresh_english(voice, phrase)
        return _fresh(voice, german, phrase, (german_size, asked))
    english = voice.rng.choice([e for e, noun in lexicon.CANONICAL.items() if noun not in taken])
    if voice.chance(0.4):
        canonical = lexicon.CANONICAL[english]
        english = canonical if canonical in lexicon.CANONICAL else english
    count = voice.rng.choices((1, 2, 3), (5, 2, 1))[0]
    lead = "a" if count == 1 else lexicon.NUMBERS["en"][count]
    phrase = NounPhrase(english, said, size, count, lead)
    if voice.language == "en":
        return _fresh_english(voice, phrase)
    return _fresh(voice, german_of(voice, english), phrase, (german_size, asked))


def _fresh_english(voice: Voice, phrase: NounPhrase) -> Fresh:
    """A thing as it is asked for: now and then without an article, or its number in other words."""
    asked = str(phrase)
    rest = str(replace(phrase, lead=""))
    if phrase.count == 1 and voice.chance(0.07):
        asked = voice.rng.choice((rest, f"one {rest}"))
    elif phrase.count > 1 and voice.chance(0.35):
        ways = (str(phrase.count), "a couple of" if phrase.count == 2 else "a trio of")
        asked = f"{voice.rng.choice(ways)} {rest}"
    forms = {"no": f"no {rest}", "no_nom": f"no {rest}", "any": f"any {rest}", "rest": rest}
    return Fresh(asked, asked, asked, phrase.name, phrase, verbs("en", plural=phrase.count > 1) | forms)


def _fresh(voice: Voice, word: German, phrase: NounPhrase, adjectives: tuple[str, ...]) -> Fresh:
    acc, nom, dat = (lexicon.indefinite(word, phrase.count, adjectives, case) for case in CASES)
    bare = word.noun if phrase.count == 1 else word.plural
    no, no_nom = (f"k{said}" if phrase.count == 1 else f"keine {bare}" for said in (acc, nom))
    if phrase.count == 1 and voice.chance(0.05):
        short = {"einen": "nen", "eine": "ne", "ein": "n", "einem": "nem", "einer": "ner"}
        acc, nom, dat = (" ".join([short[s.split(" ")[0]], s.split(" ", 1)[1]]) for s in (acc, nom, dat))
    elif phrase.count == 1 and not any(adjectives) and voice.chance(0.05):
        acc = nom = dat = bare
    elif phrase.count > 1 and voice.chance(0.25):
        acc, nom, dat = (f"{phrase.count} {s.split(' ', 1)[1]}" for s in (acc, nom, dat))
    forms = verbs("de", plural=phrase.count > 1) | {"no": no, "no_nom": no_nom}
    return Fresh(acc, nom, dat, bare, phrase, forms)
