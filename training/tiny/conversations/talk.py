"""`random_chat`: a conversation of 2 to 8 messages whose every answer is known.

Pictures form a tree: an edit adds one below the picture it was about, undo and its kin only move. What a
model is shown of it is the path alone (`model.engine.EditRequest.history`), so a message after an undo knows
nothing of what was undone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from model.language.conversation import Answer
from model.language.stems import words
from model.tiny import grammar
from model.tiny import instructions as say_in
from model.tiny.changes import SINGLE, combined
from model.tiny.drafts import Draft, Slot, draft, meaning, noun_phrase, scene_of
from model.tiny.vocabulary import world_vocabulary
from model.tiny.words import COLOUR_WORDS, NOUN_WORDS, PLACE_WORDS, TIME_WORDS, WEATHER_WORDS
from model.tiny.world import MAX_KINDS, Scene, Thing
from training.tiny.conversations.around import around, typed
from training.tiny.conversations.backs import BACKS
from training.tiny.conversations.deltas import deltas, find, slotted, with_thing
from training.tiny.conversations.german import LASTING_DE, german_noun
from training.tiny.conversations.marks import mark, mark_under
from training.tiny.conversations.mistakes import mistake
from training.tiny.conversations.naming import colour_name, still_said, value
from training.tiny.conversations.shares import (
    ABOUT_ANYTHING,
    CONTINUED_FROM,
    CONTINUES,
    FOLLOWED,
    FOLLOWS,
    REFERENCES,
    weighted,
)
from training.tiny.conversations.state import MISTAKEN, Chat, Message, Picture
from training.tiny.conversations.steps import say
from training.tiny.openvocab import OPEN, random_draft
from training.tiny.vocabulary import open_vocabulary
from training.tiny.wishes.draw import random_wish
from training.tiny.wishes.kinds import has_twins
from training.tiny.wishes.lexicon import indefinite
from training.tiny.wishes.messages import message

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from training.tiny.conversations.deltas import What
    from training.tiny.conversations.said import Language

World = Literal["world", "open"]
_GRAMMAR = tuple(kind for kind in SINGLE if kind not in ("nothing", "back"))
GERMAN = 0.38
"""The share of conversations in German."""
_MIXED = 0.06
"""The share of conversations whose people write in both languages."""
_TRIES = 3
"""How many moves are drawn for one message that refers back."""
_DRAWS = 8
_BARE = ("meant", "too", "instead", "other_it", "both_it", "more", "fewer")
"""Moves that no polite words go before."""
_LASTING: tuple[Slot, ...] = ("time", "time", "weather", "style", "filler", "place")


def random_chat(
    rng: random.Random,
    language: Language | None = None,
    world: World = "world",
    messages: int = 0,
    first: Draft | None = None,
    *,
    mistakes: bool = True,
) -> Chat:
    """A conversation about TinyWorld, or (`world` "open") about anything, in English then.

    `messages` 0 draws 2 to 8; without a `first` prompt one is drawn. Its every prompt is read back as its
    draft's scene. With `mistakes` some wishes are answered wrongly and put right (`mistakes`).
    """
    if language is None:
        language = "de" if world == "world" and rng.random() < GERMAN else "en"
    if world == "open":
        language = "en"
    capital = rng.random() < 0.12
    first = first or first_draft(rng, world)
    most = MAX_KINDS if world == "world" else open_vocabulary().most_things

    def written(text: str) -> str:
        return text[0].upper() + text[1:] if capital else text

    mixed = world == "world" and rng.random() < _MIXED
    chat = Chat(language, [Picture(first, written(str(first)))], written, most, mixed=mixed)
    if rng.random() < 0.2:
        _beautify(chat, rng)
    go_on(chat, rng, world, messages or rng.choices(range(2, 9), (2, 3, 3, 3, 3, 2, 2))[0], mistakes=mistakes)
    return chat


def go_on(chat: Chat, rng: random.Random, world: World, messages: int, *, mistakes: bool) -> None:
    """Add messages until there are so many in all; `mistakes` as in `random_chat`."""
    language = chat.language
    while len(chat.messages) < messages:
        if chat.mixed:
            chat.language = rng.choice(("en", "de"))
        _say(chat, rng, world, messages - len(chat.messages), mistakes=mistakes)
    chat.language = language


def first_draft(rng: random.Random, world: World = "world") -> Draft:
    """A prompt to begin with, of TinyWorld read back exactly."""
    if world == "open":
        return random_draft(rng)
    while True:
        scene = Scene.random(rng)
        # A conversation mostly begins with something to speak of
        if len(scene.things) < MAX_KINDS and rng.random() < 0.5:
            continue
        first = draft(scene, rng)
        if grammar.parse(str(first)) == scene:
            return first


def _beautify(chat: Chat, rng: random.Random) -> None:
    """The bot's own first step: the empty instruction, which adds words of quality."""
    first = chat.now.draft
    if any(slot == "quality" for slot, _ in first.tags):
        return
    polished = grammar.polish(Scene(), rng).quality
    after = first.tagged("quality", *polished)
    chat.messages.append(Message(0, "", Answer("edit", chat.written(str(after))), 1, "beautify"))
    chat.pictures.append(Picture(after, chat.written(str(after)), 0, "", (), ()))
    chat.here = 1


def _say(chat: Chat, rng: random.Random, world: World, room: int, *, mistakes: bool) -> None:
    """One more message, or two of the `room` left: a wish misunderstood and put right. Those that do not fit
    are drawn again."""
    weights: dict[Callable[[Chat, random.Random, World], None], float] = {
        _edit: 10.0,
        _mark: 6.0,
        _lasting: 0.8,
        _new: 0.8,
    }
    if len(chat.path()) > 1:
        weights |= {_reference: 30, _back: 10, _undo: 2, _restart: 0.6}
    if chat.undone:
        weights[_redo] = 12
    if room > 1:
        weights |= {_followed: 12, _continued: 7} | ({_mistaken: 5.5} if mistakes else {})
    rng.choices(list(weights), list(weights.values()))[0](chat, rng, world)


def _reference(chat: Chat, rng: random.Random, world: World) -> None:
    _move(chat, rng, world, REFERENCES if world == "world" else ABOUT_ANYTHING)


def _back(chat: Chat, rng: random.Random, world: World) -> None:
    _move(chat, rng, world, BACKS)


def _mark(chat: Chat, rng: random.Random, world: World) -> None:
    text, answer = (
        mark_under(rng, chat.language, chat.now.draft) if world == "world" else mark(rng, chat.language)
    )
    if answer.kind not in ("undo", "redo", "restart"):
        _go(chat, answer.kind, text, chat.here, answer)


def _undo(chat: Chat, rng: random.Random, _: World) -> None:
    _go(chat, "undo", _command(chat, rng, "undo"), chat.now.parent, Answer("undo", ""))


def _redo(chat: Chat, rng: random.Random, _: World) -> None:
    _go(chat, "redo", _command(chat, rng, "redo"), chat.undone[-1], Answer("redo", ""))


def _restart(chat: Chat, rng: random.Random, _: World) -> None:
    _go(chat, "restart", _command(chat, rng, "restart"), 0, Answer("restart", ""))


def _command(chat: Chat, rng: random.Random, kind: Literal["undo", "redo", "restart"]) -> str:
    if rng.random() < 0.5:
        return message(rng, chat.language, kind=kind)[0]
    return typed(say(chat, rng, kind), chat, rng)


def _go(chat: Chat, kind: str, said: str, to: int, answer: Answer) -> None:
    if kind == "undo":
        chat.undone.append(chat.here)
    elif kind == "redo":
        chat.undone.pop()
    elif to != chat.here:
        chat.undone.clear()
    chat.messages.append(Message(chat.here, said, answer, to, kind))
    chat.here = to


def _move(chat: Chat, rng: random.Random, world: World, table: dict, tries: int = _TRIES) -> None:  # type: ignore[type-arg]
    """A move of the table; of those drawn, the first that fits."""
    for kind in rng.choices(list(table), [weight for _, weight in table.values()], k=tries):
        try:
            move = table[kind][0](chat, rng)
        except KeyError:  # a word that has no German name
            continue
        if move is None:
            continue
        said = around(kind, move.said, chat.language, rng)
        said = typed(said, chat, rng, 0.0 if kind in _BARE or said != move.said else 0.3)
        if move.to is not None:
            _go(chat, kind, said, move.to, Answer("back", chat.pictures[move.to].prompt))
        elif move.draft is not None:
            _paint(chat, kind, said, move.draft, world)
        return


def _paint(chat: Chat, kind: str, said: str, after: Draft, world: World, lasting: tuple = ()) -> bool:  # type: ignore[type-arg]
    """Add the picture of an edit, if the world reads it as it is meant; whether one was added."""
    if world == "open" and not after.things:
        return False
    if len(after.things) > chat.most_things or any(thing.count > 3 for thing in after.things):
        return False
    if world == "world":
        try:
            if grammar.parse(str(after)) != scene_of(after):
                return False
        except ValueError:
            if not unknown(after):
                return False
    prompt = chat.written(str(after))
    if words(prompt) == words(chat.now.prompt):
        # The bot paints nothing then, so that no later message has this step in its history
        if not lasting:
            chat.messages.append(Message(chat.here, said, Answer("edit", chat.now.prompt), chat.here, kind))
        return False
    held = tuple(wish for wish in (*chat.now.lasting, *lasting) if still_said(after, kind, *wish))
    picture = Picture(after, prompt, chat.here, said, deltas(chat.now.draft, after), held)
    chat.pictures.append(picture)
    chat.messages.append(Message(chat.here, said, Answer("edit", prompt), len(chat.pictures) - 1, kind))
    chat.here = len(chat.pictures) - 1
    chat.undone.clear()
    return True


def unknown(after: Draft) -> bool:
    """Whether the draft has a noun that the world does not know."""
    return any(meaning(NOUN_WORDS, thing.noun) is None for thing in after.things)


def _edit(chat: Chat, rng: random.Random, world: World) -> None:
    """An edit that needs no history, by the grammar or by the second source of wishes."""
    asked = _asked(chat, rng, world)
    if asked:
        _paint(chat, *asked, world)


def _asked(chat: Chat, rng: random.Random, world: World) -> tuple[str, str, Draft] | None:
    """Kind, words and picture of an edit that needs no history."""
    if world == "world" and (chat.language == "de" or rng.random() < 0.5):
        wish = random_wish(rng, chat.now.draft, chat.language)
        # Of twins neither "the other one" nor "the balloon" means one thing
        if wish is None or has_twins(wish.after):
            return None
        return "wish", wish.instruction, kept(chat, wish.after)
    kinds = list(OPEN) if world == "open" else list(_GRAMMAR)
    kind = rng.choice([k for k in kinds if k not in ("nothing", "back")])
    make = combined if rng.random() < 0.15 else (OPEN if world == "open" else SINGLE)[kind]
    change = make(chat.now.draft, open_vocabulary() if world == "open" else world_vocabulary(), rng)
    if change is None:
        return None
    exact = frozenset(change.clause.split()) if world == "open" else frozenset()
    return "edit", say_in.typed(change.clause, rng, exact), kept(chat, change.draft)


def _mistaken(chat: Chat, rng: random.Random, world: World) -> None:
    """A wish, the wrong picture for it, and the words that put it right."""
    asked = _unnamed(chat, rng) if rng.random() < 0.3 else _asked(chat, rng, world)
    try:
        found = mistake(chat, rng, *asked[1:]) if asked else None
    except KeyError:  # a word that has no German name
        return
    if asked and found and _paint(chat, MISTAKEN, asked[1], found.wrong, world):
        said = around("corrected", found.said, chat.language, rng)
        _paint(chat, "corrected", typed(said, chat, rng, 0.0), found.right, world)


def _followed(chat: Chat, rng: random.Random, world: World) -> None:
    """A change of one of two things, and a message that is about the other one then."""
    if len(chat.now.draft.things) > 1:
        _two_in_a_row(chat, rng, world, FOLLOWED, FOLLOWS)


def _continued(chat: Chat, rng: random.Random, world: World) -> None:
    """A change of one part of the picture, and a message that goes on from it or takes it back."""
    _two_in_a_row(chat, rng, world, CONTINUED_FROM, CONTINUES)


def _two_in_a_row(
    chat: Chat, rng: random.Random, world: World, first: dict[What, float], second: dict[str, float]
) -> None:
    """A change of one part, of a sort that is taken with a chance of `first`, and a move of `second`."""
    for _ in range(_DRAWS):
        asked = _asked(chat, rng, world)
        changed = deltas(chat.now.draft, asked[2]) if asked else ()
        taken = len(changed) == 1 and rng.random() < first.get(changed[0].what, 0)
        if asked and taken and _paint(chat, *asked, world):
            _move(chat, rng, world, weighted(second, anything=world == "open"), _DRAWS)
            return


def _unnamed(chat: Chat, rng: random.Random) -> tuple[str, str, Draft] | None:
    """Said as "make it red", of one of two things."""
    things = chat.now.draft.things
    if len(things) != 2 or any(thing.count > 1 for thing in things):
        return None
    thing = rng.choice(things)
    colour = rng.choice([c for c in COLOUR_WORDS if all(c != other.colour for other in things)])
    said = say(chat, rng, "again_it", x=colour_name(colour, chat.language))
    after = with_thing(chat.now.draft, thing, replace(thing, colour=colour))
    return "edit", typed(said, chat, rng), after


# --- wishes that last -----------------------------------------------------------------------------------


def _lasting(chat: Chat, rng: random.Random, world: World) -> None:
    """Said as "From now on everything at night": said for this picture and for those that come."""
    if world == "open":
        return
    now, de = chat.now.draft, chat.language == "de"
    if any(slot for slot, _ in chat.now.lasting):
        return
    slot: Slot = rng.choice(_LASTING)
    if slot == "filler":
        colour = rng.choice(list(COLOUR_WORDS))
        after = replace(now, things=tuple(replace(thing, colour=colour) for thing in now.things))
        said = say(chat, rng, "lasting", x=colour_name(colour, chat.language))
        _paint(chat, "lasting", typed(said, chat, rng), after, "world", (("filler", colour),))
        return
    vocabulary = world_vocabulary()
    table = {"time": TIME_WORDS, "weather": WEATHER_WORDS, "place": PLACE_WORDS}
    if slot == "place" and not now.things:
        return
    if slot == "style":
        asked, text = rng.choice(vocabulary.styles)
        key = value("style", text)
        x = LASTING_DE[key] if de else f"as {asked}" if asked.startswith("a") else f"in {asked}"
    else:
        values = [v for v in table[slot] if v not in ("day", "clear")]
        key = rng.choice(values)
        text = table[slot][key][0]
        x = LASTING_DE[key] if de else text
    said = say(chat, rng, "lasting", x=x)
    _paint(chat, "lasting", typed(said, chat, rng), slotted(now, slot, text), "world", ((slot, text),))


def kept(chat: Chat, after: Draft) -> Draft:
    """The draft after an edit with what a lasting wish adds to it: the colour of things that come without."""
    colour = dict(chat.now.lasting).get("filler")
    if not colour:
        return after
    for thing in after.things:
        if find(chat.now.draft, thing.noun) is None and not thing.colour:
            after = with_thing(after, thing, replace(thing, colour=colour))
    return after


def _new(chat: Chat, rng: random.Random, world: World) -> None:
    """Another picture altogether; only lasting wishes hold."""
    if world == "open":
        return
    if any(chat.pictures[p].lasting for p in chat.path()) and not chat.now.lasting:
        return  # nobody knows whether the wish is meant to come back
    thing = noun_phrase(Thing.random(rng), rng)
    if rng.random() < 0.6:
        thing = replace(thing, colour="")
    thing = replace(thing, lead="a" if thing.count == 1 else thing.lead)
    place = rng.choice(list(PLACE_WORDS))
    phrase = rng.choice([p for p in PLACE_WORDS[place] if " " in p])
    if chat.language == "de":
        noun = NOUN_WORDS[meaning(NOUN_WORDS, thing.noun) or "tree"][0]
        thing, phrase = replace(thing, noun=noun, size="", colour=""), PLACE_WORDS[place][0]
    said_place = rng.random() < 0.6 and "place" not in dict(chat.now.lasting)
    plain = Draft((thing,), phrases=(("place", phrase),) if said_place else ())
    after = plain
    for slot, text in chat.now.lasting:
        if slot == "filler":
            after = with_thing(after, after.things[0], replace(after.things[0], colour=thing.colour or text))
        else:
            after = slotted(after, slot, text)
    x = str(plain)
    if chat.language == "de":
        x = indefinite(german_noun(thing), thing.count)
        x += f" {LASTING_DE[place]}" if said_place else ""
    _paint(chat, "new", typed(say(chat, rng, "new_picture", x=x), chat, rng), after, "world")
