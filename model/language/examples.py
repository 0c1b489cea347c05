"""Examples that instruct models without an adapter are shown: edits, conversations, other messages.

They differ in subject and wording, so that an answer which copies one is found (`copies_example`), and share
the source of all messages that are no edit, so that nothing but the message tells these apart.
"""

from dataclasses import dataclass
from itertools import pairwise

from model.engine import Step
from model.language.stems import content_stems, words

EDITS = (
    (
        "a fox in the snow",
        "",
        "a fox in the snow, digital painting, soft light, highly detailed, sharp focus",
    ),
    (
        "a red house in a meadow, highly detailed, soft light",
        "make it night and add a lantern",
        "a red house and a lantern in a meadow at night, highly detailed, soft light",
    ),
    (
        "portrait of a wizard with a long beard, oil painting, sharp focus",
        "turn the wizard into a robot, as a watercolor",
        "portrait of a robot with a long beard, watercolor painting, sharp focus",
    ),
    ("two cats on a sofa, pencil sketch", "thanks, looks great!", "two cats on a sofa, pencil sketch"),
)
"""Source, instruction, target of single edits; with nothing asked, the beautified form."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message with the steps before it, and the answer to it."""

    source: str
    instruction: str
    answer: str
    history: tuple[Step, ...] = ()


_CATS, _HOUSE, _NIGHT = EDITS[3][0], EDITS[1][0], EDITS[1][2]
_WIZARD, _ROBOT = EDITS[2][0], EDITS[2][2]
_BOAT = "a wooden boat beside a white lighthouse, misty morning"
_BLUE_BOAT = "a blue wooden boat beside a white lighthouse, misty morning"

MESSAGES = (
    Example(_CATS, "thanks, looks great!", "!chat"),
    Example(_CATS, "which words did you use?", "!question"),
    Example(_CATS, "mach das rückgängig", "!undo"),
    Example(_CATS, "the second one", "!choose 2"),
    Example(_CATS, "more snorblish please", "!unclear snorblish"),
    Example(_ROBOT, "take the first one again", f"!back {_WIZARD}", (Step(_WIZARD, EDITS[2][1]),)),
    Example(
        _BLUE_BOAT,
        "das andere auch",
        "a blue wooden boat beside a blue lighthouse, misty morning",
        (Step(_BOAT, "paint the boat blue"),),
    ),
    Example(
        _NIGHT,
        "undo the lantern but keep the night",
        "a red house in a meadow at night, highly detailed, soft light",
        (Step(_HOUSE, EDITS[1][1]),),
    ),
    *(Example(*edit) for edit in EDITS[:3]),
)
"""Messages of a conversation. The last are ordinary edits, as small models do what the last example does."""


def _written() -> list[tuple[str, str]]:
    """Source and target of everything that the examples show as an answer with a prompt."""
    edits = [(source, target) for source, _, target in EDITS]
    for example in MESSAGES:
        mark, _, prompt = example.answer.partition(" ")
        if mark == "!back":
            edits.append((example.source, prompt))
        elif not mark.startswith("!"):
            edits.append((example.source, example.answer))
        prompts = [*(step.prompt for step in example.history), example.source]
        edits += pairwise(prompts)
    return edits


_WRITTEN = _written()


def copies_example(target: str, source_prompt: str) -> bool:
    """Whether `target` is an example's target given to another source, as very small models do.

    A source with half of the content words of the example's source or target may well come to this target.

    >>> copies_example("Two cats on a sofa, pencil sketch", "a bird"), copies_example("a bird", "a bird")
    (True, False)
    """
    given, said = content_stems(source_prompt), words(target)
    return any(
        all(2 * len(stems & given) < len(stems) for stems in map(content_stems, (source, written)))
        for source, written in _WRITTEN
        if words(written) == said
    )
