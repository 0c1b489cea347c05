"""What the table of each language holds."""

from dataclasses import dataclass

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandWords:
    """The forms of each command in one language.

    Each form is a whole message in lower case, without punctuation and polite words; accents may be left
    out by those who write. Words that are just as well a wish for the picture ("larger", "next",
    "delete it", a bare "encore" or "otra") stand in none of the tables: the language model decides what they
    mean.

    `question` is about the picture, `ability` about what the bot can do. `delete`, `report`, `favourite`,
    `thread` and `history` ask for what only a button does, and are told where it is.
    `undo_more` goes several steps back at once, `{n}` of them: a figure or a word of `numbers`, from two;
    `undo_twice` goes two.
    `before` goes back to the picture that something had not happened to yet, `showing` to one that has
    something, both after any words of `around_earlier`; `undo_step` takes the last step back by what it did:
    `{x}` names that. Of `{x}`, `articles` and words of `happened` do not (who did it, that it came), `lost`
    say that it went. A question goes back only where it begins with one of `may_ask`.
    `choose` says how one of several pictures is chosen: `{n}` is its number, a figure or a word of
    `numbers`, `{nth}` one of the words for its place in `ordinals`; both count from the first picture.
    `then` are words between a command and a wish ("undo, but make it blue"), `having` those that a wish may
    begin with right behind one ("start over with a dragon").
    `reasons` are the words of reasons for a command ("undo that, it was funnier before"): none of them names
    anything that a picture may have, so that a reason is told from a wish. It needs no pause before it where
    it begins with one of `because`.
    `polite` are words around a command that change nothing about it. `openings` and `endings` are the same
    in a language without spaces, where they cannot be told from the command by a gap.
    `sighs` may come before an undo of the same language ("hm, undo", "oh no undo that"); `refusals` as well,
    but only with a comma or the like behind, as "no undo" may mean the contrary. `undo_places` are forms of
    `undo` that say a place as well, and are none behind a sigh ("no, atrás": put it behind).
    `greetings` and `thanks` are whole messages, `to_all` what may follow them, `mood` what may follow both.
    `praise` are words for a picture that is liked, `around_praise` those that a message of praise has beside
    them: none of either names a change.
    """

    undo: Forms
    undo_more: Forms
    undo_twice: Forms
    before: Forms
    showing: Forms
    around_earlier: Forms
    undo_step: Forms
    articles: Forms
    happened: Forms
    lost: Forms
    may_ask: Forms
    redo: Forms
    restart: Forms
    again: Forms
    vary: Forms
    remix: Forms
    upscale: Forms
    recompose: Forms
    question: Forms
    ability: Forms
    delete: Forms
    report: Forms
    favourite: Forms
    thread: Forms
    history: Forms
    choose: Forms
    numbers: tuple[str, str, str, str]
    ordinals: tuple[Forms, Forms, Forms, Forms]
    polite: Forms
    then: Forms = ()
    having: Forms = ()
    because: Forms = ()
    reasons: Forms = ()
    sighs: Forms = ()
    refusals: Forms = ()
    undo_places: Forms = ()
    openings: Forms = ()
    endings: Forms = ()
    greetings: Forms
    thanks: Forms
    to_all: Forms
    mood: Forms
    praise: Forms
    around_praise: Forms
