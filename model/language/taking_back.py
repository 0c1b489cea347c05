"""A wish to take one step of the past back, where the model was not sure of its answer.

"The old weather was better" asks for the prompt without one of the steps that led to it. What that comes to
is known for each step (`model.language.one_step_less`), and only which one is meant has to be told. So where
an edit's confidence is below `CERTAIN` and its words speak of what was before, the answer is compared with
these prompts. One that says the same is as good as certain. Otherwise the likeliest of them to the model is
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
SHARE = 0.05
"""From this share of the model's own answer's probability on, a prompt without a step is the answer."""
AGREED = 0.95
"""The confidence of an answer that is a prompt without a step: 60 of 63 were right."""
TAKEN = 0.6
"""The confidence of a prompt without a step in the place of another answer: 28 of 44 were right, where 6 had
been."""

_SPEAKS_OF_BEFORE = re.compile(
    r"\b(?:undo|undone|undid|back|before|again|old|earlier|previous(?:ly)?|was|were|had|reverse|revert"
    r"|restore|return|original(?:ly)?|after all|without|took|used to|former|mistake|better|nicer|regret|scrap"
    r"|scratch|cancel|forget|never ?mind|miss|liked"
    r"|vorher|vorhin|früher|davor|zurück\w*|rückgängig|wieder\w*|alte[nrsm]?|doch|war|waren|besser|schöner"
    r"|ungeschehen|hatten?|vermiss\w*|fehl\w*|ohne|vorige[nrs]?|letzte[nrs]?|gefiel\w*|lieber"
    r"|ursprünglich\w*|vergiss|bereu\w*)\b",
    re.IGNORECASE,
)

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
        if not _SPEAKS_OF_BEFORE.search(request.instruction):
            continue
        now = content(request.source_prompt)
        prompts = {content(prompt): prompt for prompt in without_each(request.source_prompt, request.history)}
        if content(answer.text) in prompts and content(answer.text) != now:
            looked[row] = replace(answer, confidence=AGREED)
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
        if prompt and probability >= SHARE * likely:
            second = own.text if likely >= LEAST_READING else ""
            looked[row] = replace(own, text=prompt, confidence=TAKEN, second=second)
    return looked
