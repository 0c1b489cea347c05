"""A wish to take one step of the past back, where the model was not sure of its answer.

"The old weather was better" asks for the prompt without one of the steps that led to it. What that comes to
is known for each step (`model.language.one_step_less`), and only which one is meant has to be told. So where
an edit's confidence is below `CERTAIN` and its words speak of what was before, the answer is compared with
these prompts. One that says the same is the surer for it. Otherwise the likeliest of them to the model is
the answer, unless it is less than `SHARE` as likely as what the model wrote itself, which is the second
reading then.

The words and the numbers were chosen on conversations of the selection part; what they bring on others is in
docs/results.md.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from model.engine import EditRequest
from model.errors import EditError
from model.language.clauses import unsure_edits
from model.language.conversation import Answer
from model.language.one_step_less import without_each
from model.language.weighing import LEAST_READING, content

MOST = 12
"""Steps that are looked at, the latest ones."""
SHARE = 0.1
"""From this share of the model's own answer's probability on, a prompt without a step is the answer. That of
the own one is of all texts that say the same, and the other's of one text: it is somewhat more probable."""
AGREED = 0.95
"""How often an answer that is a prompt without a step was right (55 of 57): its confidence is the mean of
this and what it had."""
TAKEN = 0.6
"""The confidence of a prompt without a step in the place of another answer: more than half of them were
right, where hardly any had been."""

_LOOKS_BACK = re.compile(
    r"""\b(?:
    undo(?:ne)?|undid|revert|restore|roll\ back|changed\ my\ mind|never\ ?mind|after\ all|used\ to
    |back\ (?:please|pls|in|again|into|to|out)\b|back[!.\s]*$
    |took\ (?:out|away|back)|(?:as|like|than|were|was)\ before|before[!.\s]*$|again[!.\s]*$
    |(?:the|its|their|his|her)\ (?:old|former|previous|earlier|original)
        \ (?:colou?r|size|number|amount|look|style|time|weather|place|light|one)
    |(?:was|were|looked)\ (?:better|nicer|prettier|cooler|a\ mistake|a\ bad\ idea)|(?:better|nicer)\ without
    |mistake|bad\ idea|i\ (?:liked|preferred|miss|regret)|(?:forget|cancel|scrap)\b
    |rückgängig|zurück\w*|vorher|wie\ (?:zuvor|vorhin|davor|früher)|ungeschehen|nehm\w*\ ich\ zurück
    |(?:alte[nrsm]?|vorige[nrs]?|frühere[nrs]?|vorherige[nrs]?|ursprüngliche[nrs]?)
        \ (?:farbe|größe|zahl|anzahl|ort|hintergrund|umgebung|wetter|licht|stil|look|tageszeit|uhrzeit)
    |wieder\ (?:die|das|der|den)\ (?:alte|vorige|frühere)[nrs]?
    |doch\ (?:nicht|lieber|ohne|wieder|keine?\w*)|wieder\ (?:rein|hin|her|dazu|da|weg|so|wie|mit|ohne|haben)
    |wieder\ \w+[!.\s]*$|(?:war\w*|wars)\ (?:besser|schöner|netter|hübscher|doch\ gut)
    |besser\ ohne|gefiel\w*|vermiss\w*|bereu\w*|vergiss|anders\ überlegt|(?:fehler|blöd|nix)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""What speaks of what was before, and of nothing else: "old" alone may be a lantern's age."""
_ASKS_FOR_MORE = re.compile(
    r"\b(?:add|another|more|(?:at|in|on|to|of)\ (?:the|its|his|her)\ back|back\ (?:of|to\ (?:us|me))"
    r"|füge?|noch\ (?:ein\w*|mehr)|wieder\ an)\b",
    re.IGNORECASE,
)
"""What asks for something more, or is the back of a thing."""

Weigh = Callable[[Sequence[tuple[EditRequest, str]]], Sequence[float]]
"""How probable a target prompt is to the model, as the answer to a request."""


def taken_back(
    requests: Sequence[EditRequest], answers: Sequence[Answer | EditError | None], weigh: Weigh
) -> list[Answer | EditError | None]:
    """The answers; to unsure edits that speak of what was before, with a step taken back where that fits."""
    looked = list(answers)
    left: dict[int, list[str]] = {}
    unsure = unsure_edits(requests, answers)
    for row, answer in unsure.items():
        request = requests[row]
        if not _LOOKS_BACK.search(request.instruction) or _ASKS_FOR_MORE.search(request.instruction):
            continue
        now = content(request.source_prompt)
        prompts = {content(prompt): prompt for prompt in without_each(request.source_prompt, request.history)}
        if content(answer.text) in prompts and content(answer.text) != now:
            looked[row] = replace(answer, confidence=((answer.confidence or 0.0) + AGREED) / 2)
        elif others := [prompt for says, prompt in prompts.items() if says != now]:
            left[row] = others[-MOST:]
    asked = [(row, prompt) for row, prompts in left.items() for prompt in prompts]
    best: dict[int, tuple[float, str]] = {}
    probabilities = weigh([(requests[row], prompt) for row, prompt in asked]) if asked else []
    for (row, prompt), probability in zip(asked, probabilities, strict=True):
        best[row] = max(best.get(row, (0.0, "")), (probability, prompt))
    for row, (probability, prompt) in best.items():
        own = unsure[row]
        likely = own.confidence or 0.0
        if probability and probability >= SHARE * likely:
            second = own.text if likely >= LEAST_READING else ""
            looked[row] = replace(own, text=prompt, confidence=TAKEN, second=second)
    return looked
