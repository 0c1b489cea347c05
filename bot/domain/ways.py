"""How the next picture comes from the last one: an edit of the picture itself, or painted anew. Pure.

Painting anew follows all words and may move everything; an edit follows the instruction and leaves the rest
where it was. `chosen` reads the prompt before, the prompt after and the instruction between them. In "auto" a
reply becomes an edit wherever the engine has an editor, unless

1. it is no instruction for an editor (exact words, a command, the same words again, settings as "16:9"),
2. a LoRA or a pipeline by name painted the picture, which the editor does not know,
3. several pictures are shown and none was picked, so that nobody said which one to edit,
4. it asks for that ("paint it anew", "noch mal ganz neu"),
5. it restyles the whole picture ("as a watercolour"),
6. the subject is another one: a new thing stands in the first phrase, or less than half of the words stay,
7. it changes more than `MOST_CHANGES` places of the prompt at once,
8. it changes the time or the weather, and the engine edits by its prompts (`Capabilities.by_prompts`): that
   finds places that change, and of a night it would leave spots of day.

The limits of 6 and 7 are set by hand; `python -m training ways` measures what each way keeps.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.conversation import Parameters, Turn, TurnKind
from bot.texts.wishes import ANEW, STYLES, TIMES_AND_WEATHER, TWO_PICTURES
from model.engine import Capabilities, MessageKind, Way
from model.language.differences import differences
from model.language.stems import STOP_WORDS, content_stems, stem, words

Wanted = Literal["auto", "repaint", "edit"]
"""What is set: in bot.toml for everybody, in /settings for one person."""

MOST_CHANGES = 3
"""So many places of a prompt may differ for an edit; a fourth is more than one look at the picture does."""
LEAST_SHARED = 0.5
"""At least this share of the content words before must stay for an edit."""

_FIRST_PHRASE = re.compile(
    r"^(.*?)(?:[,.;:|()\n]|\b(?:and|with|in|on|at|by|under|over|behind|beside|near)\b|$)"
)
_JOINED = re.compile(r"[-–]")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the rule reads of one reply: its prompts and words, and what is to be changed by it.

    `kind` is what the language model took it for. `parameters` are the turn's own, inherited already.
    """

    source: str
    instruction: str
    target: str
    parameters: Parameters
    kind: MessageKind = "edit"
    pictures: int = 1


def chosen(reply: Reply, able: Capabilities, wanted: Wanted = "auto") -> Way:
    """The way of a reply: "edit", or "repaint", or "keep" where its parent was painted over a picture.

    "repaint" and "edit" as `wanted` hold wherever they can; what cannot be edited is painted anew.
    """
    painted: Way = "keep" if reply.parameters.keep and able.strength else "repaint"
    if wanted == "repaint" or not able.edit or not _is_editable(reply):
        return painted
    if wanted == "edit":
        return "edit"
    in_spots = able.by_prompts and _changes_all(reply)
    return painted if in_spots or _asks_for_another(reply) else "edit"


def other(turn: Turn, able: Capabilities) -> Way | None:
    """The way that the button under a turn's picture offers; None where there is no other.

    Only a reply, or one painted in its other way, has an instruction that both ways can follow.
    """
    if turn.kind is TurnKind.IMAGINE and turn.way == "edit":  # of a picture that somebody brought
        return "repaint"
    if turn.kind not in (TurnKind.REFINE, TurnKind.OTHER_WAY):
        return None
    if turn.way in ("edit", "region"):
        return "repaint"
    used = turn.parameters
    if not able.edit or used.exact or _by_another(used) or used.changes or not turn.instruction:
        return None
    return "edit"


def is_worn(turn: Turn, able: Capabilities, after: int) -> bool:
    """Whether a picture went through so many edits that a fresh start is offered; 0 never offers one.

    Each edit decodes, changes and encodes the whole picture, and small faults add up.
    """
    return bool(after) and turn.way == "edit" and turn.edits >= max(after, 2) and able.edit


def edits_of(path: Sequence[Turn]) -> tuple[Turn, ...]:
    """The edits by words alone that end a path of turns, oldest first: what one edit could do at once.

    `path` leads from a conversation's first turn to the one whose picture they made. An edit that was done
    once more counts once. A region or a further picture ends it, since no words say all of that.
    """
    found: list[Turn] = []
    above = list(path)
    while above and above[-1].way == "edit" and above[-1].live:
        edit = above.pop()
        while edit.kind.repeats and above:
            edit = above.pop()
        if edit.sources or not edit.instruction:
            break
        found.append(edit)
    return tuple(reversed(found))


def way_again(of: Turn, able: Capabilities) -> Way | None:
    """The way of a picture whose words are to be followed once more; None where an engine lost it.

    `of` is the turn whose picture was not good enough.
    """
    if of.way in ("edit", "region"):
        return of.way if (able.edit if of.way == "edit" else able.region) else None
    return of.way


def _by_another(used: Parameters) -> bool:
    """Whether something painted the picture that the editor beside the default pipeline does not know."""
    return used.model is not None or bool(used.loras)


def _is_editable(reply: Reply) -> bool:
    """Whether an editor could make anything of the reply (rules 1 and 2)."""
    used = reply.parameters
    said = reply.kind == "edit" and bool(reply.instruction)
    return said and not used.exact and not _by_another(used) and used.changes is None


def _asks_for_another(reply: Reply) -> bool:
    """Whether the reply is better served by another picture (rules 3 to 7)."""
    said = frozenset(words(reply.instruction))
    return (
        reply.pictures > 1
        or asks_anew(reply.instruction)
        or bool(_style_words(reply, said))
        or _another_subject(reply.source, reply.target)
        or changes(reply.source, reply.target) > MOST_CHANGES
    )


def asks_anew(instruction: str) -> bool:
    """Whether the words ask for another picture: "start over with a bigger house", "mal es ganz neu"."""
    said = f" {' '.join(words(instruction))} "
    return any(f" {' '.join(words(form))} " in said for forms in ANEW.values() for form in forms)


def joins_pictures(instruction: str) -> bool:
    """Whether a reply's words are about two pictures: "put this fox into that meadow"."""
    said = instruction.casefold()
    return any(re.search(pattern, said) for pattern in TWO_PICTURES.values())


def _style_words(reply: Reply, said: frozenset[str]) -> frozenset[str]:
    """Words of style that were asked for and that the picture did not have.

    "a sign with a sketch of a cat" is taken for a restyle: that costs one press of the other way's button.
    """
    return (said & STYLES) - frozenset(words(reply.source))


def _changes_all(reply: Reply) -> bool:
    """Whether another time or other weather is in the prompt than before (rule 8)."""
    return bool((set(words(reply.source)) ^ set(words(reply.target))) & TIMES_AND_WEATHER)


def _another_subject(source: str, target: str) -> bool:
    """Whether another thing stands in place of the first one, or most words are gone."""
    before, after = content_stems(source), content_stems(target)
    if not before:
        return True
    kept = len(before & after) / len(before)
    # taken out, it leaves another thing of before in front: that is a change of a part
    return kept < LEAST_SHARED or (_subject(source) not in after and _subject(target) not in before)


def _subject(prompt: str) -> str:
    """The stem of the last content word of the first phrase: "fox" of "a small red fox in the snow"."""
    match = _FIRST_PHRASE.match(_JOINED.sub(" ", prompt.casefold()))
    named = [word for word in words(match[1] if match else prompt) if word not in STOP_WORDS]
    return stem(named[-1]) if named else ""


def changes(source: str, target: str) -> int:
    """At how many places content words of two prompts differ; a replaced phrase is one place.

    >>> changes("a red house in a meadow", "a blue house in a meadow, a tree")
    2
    """
    old = [stem(word) for word in words(source) if word not in STOP_WORDS]
    new = [stem(word) for word in words(target) if word not in STOP_WORDS]
    return sum(1 for _ in differences(old, new))
