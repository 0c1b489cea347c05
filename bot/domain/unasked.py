"""What an edit took out of a prompt though nobody asked for it. Pure, and without a model.

The words that went are compared with the instruction. A word may go where the instruction names it, or names
another word of its phrase ("make the house red" takes "blue" from "a small blue house"), or where what was
named stands in its place ("make it a fox" takes the cat). A wish for the whole picture, or for what was there
before, may take any word.

After words that only add ("and a red car", "füge eine Katze hinzu") nothing that the picture shows may go.

Only words are compared, so this errs to the quiet side: of any other instruction that shares no word with
either prompt (in another language, or of things by a broader name) only a thing is told that went without
another in its place, where the words ask for a change and for nothing to go. Words that were added are not
judged, since a language model that beautifies always adds some.
"""

import re
from collections.abc import Iterator

from bot.domain.conversation import Turn, TurnKind
from bot.domain.sanitize import same_words
from bot.texts.wishes import ADDING, CHANGING, EARLIER, REMOVING, REPLACING, WHOLE_PICTURE
from model.engine import EditRequest, EditResult
from model.language.differences import differences
from model.language.stems import STOP_WORDS, content_stems, stem, words

_AROUND = "in|on|at|by|under|over|behind|beside|near|during|while|next to|in front of|as"
_PHRASE = re.compile(rf"([,.;:|()\n]|\b(?:and|with|without|{_AROUND})\b)", re.IGNORECASE)
_SURROUNDING = re.compile(_AROUND, re.IGNORECASE)
_COUNTED = frozenset(
    """a an the some another one two three four five
    ein eine einen zwei drei vier fünf""".split()  # noqa: SIM905
)
_JOINING = frozenset({"next", "front", "behind", "beside", "near", "during", "while", "without"})
"""Words of a prompt that only tie its things together."""


def unasked(source: str, instruction: str, target: str) -> tuple[str, ...]:
    """The words of `source` that are not in `target` and that nothing in `instruction` accounts for.

    In their order in `source`, in lower case, each once; empty where the instruction cannot be judged.
    """
    said = words(instruction)
    named = frozenset(stem(word) for word in said if word not in STOP_WORDS)
    before, after = content_stems(source), content_stems(target)
    gone, adds = before - after - named - _JOINING, _only_adds(said)
    if not gone or not (WHOLE_PICTURE | EARLIER).isdisjoint(said):
        return ()
    if adds or named & (before | after):
        replaced, any_place = _replaced(source, target, named), _replaces(said)
        for stems, thing in phrases(source):
            # "and a red car" names the red of "a red balloon", but not the balloon
            if stems & named and (not adds or not thing or thing in named):
                gone -= stems
            elif any_place or not thing:
                gone -= replaced & stems
    else:
        gone &= _lost(source, target) if _only_changes(said) else frozenset()
    left = (word for word in words(source) if stem(word) in gone and word not in STOP_WORDS)
    return tuple(dict.fromkeys(left))


def in_doubt(turn: Turn) -> bool:
    """Whether a turn's picture may not be what was meant: its edit took out what nobody named, or the
    language model was not sure."""
    return (turn.kind is TurnKind.REFINE and turn.doubtful) or bool(unasked_by(turn))


def unasked_by(turn: Turn) -> tuple[str, ...]:
    """The same for a turn with its target prompt; nothing where its words are the prompt, or no edit."""
    if turn.kind is not TurnKind.REFINE or turn.parameters.exact or turn.target_prompt is None:
        return ()
    return unasked(turn.source_prompt, turn.instruction, turn.target_prompt)


def second_reading(source: str, instruction: str, result: EditResult) -> str:
    """The target prompt that an instruction may mean instead of what the language model made of it.

    "" where nothing speaks against the first reading, or no second one is known that says something else and
    takes out only what was named.
    """
    second = result.second
    if not second or same_words(second, source) or same_words(second, result.target_prompt):
        return ""
    doubted = result.doubtful or bool(unasked(source, instruction, result.target_prompt))
    return second if doubted and not unasked(source, instruction, second) else ""


def also_changed(request: EditRequest, result: EditResult) -> bool:
    """Whether an edit takes out what nobody named."""
    edits = result.kind == "edit"
    return edits and bool(unasked(request.source_prompt, request.instruction, result.target_prompt))


def phrases(prompt: str) -> Iterator[tuple[frozenset[str], str]]:
    """The phrases of a prompt: each one's stems, and the last one where it is of a thing.

    Of "a red car" it is "car", of "in a city" none.
    """
    tied = ""
    for number, part in enumerate(_PHRASE.split(prompt)):
        if number % 2:
            tied = part
            continue
        said = words(part)
        counted = bool(said) and (said[0] in _COUNTED or said[0].isdigit())
        yield content_stems(part), stem(said[-1]) if counted and not _SURROUNDING.fullmatch(tied) else ""
        if said:
            tied = ""


def _lost(source: str, target: str) -> frozenset[str]:
    """The stems of the things that went, where no other came in their place."""
    after, things = content_stems(target), [part for part in phrases(source) if part[1]]
    if sum(bool(thing) for _, thing in phrases(target)) >= len(things):
        return frozenset()
    return frozenset().union(*(stems for stems, thing in things if thing not in after))


def _only_changes(said: list[str]) -> bool:
    """Whether the words ask for something to be different and for nothing to go."""
    return not CHANGING.isdisjoint(said) and REMOVING.isdisjoint(said)


def _only_adds(said: list[str]) -> bool:
    """Whether the words ask for something more and for nothing to change or to go."""
    begins = len(said) > 2 and said[0] in ("and", "und") and said[1] in _COUNTED
    return (begins or not ADDING.isdisjoint(said)) and (CHANGING | REMOVING).isdisjoint(said)


def _replaces(said: list[str]) -> bool:
    """Whether a thing that is asked for may stand in another's place: "make it a fox", and not "ad a fox"."""
    return ADDING.isdisjoint(said) and not REPLACING.isdisjoint(said)


def _replaced(source: str, target: str, named: frozenset[str]) -> frozenset[str]:
    """The stems that went where a named word came."""
    old, new = [stem(word) for word in words(source)], [stem(word) for word in words(target)]
    places = (one for one in differences(old, new) if named.intersection(new[one.into : one.upto]))
    return frozenset(went for one in places for went in old[one.start : one.end] if went not in new)
