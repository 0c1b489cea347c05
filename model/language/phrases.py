"""What chat models say around an answer, as patterns: preambles, labels, afterwords, words to the person.

English and German, since these are the languages people write to the bot in; a few openings of refusals in
others. `model.language.answers` says what is done with each. All are matched where a text begins, except
`AFTERWORD`, which is searched for.
"""

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_THING = r"(?:prompt|target|output|answer|result|response|edit|version|assistant|model|ergebnis|antwort)"
_SORT = (
    r"(?:target|edited|new|final|updated|beautified|modified|revised|improved|enhanced|rewritten|resulting"
    r"|image|text-to-image|corrected|your|the|neuer|bearbeiteter|überarbeiteter|option \d+|\d+[.)])"
)

YES = re.compile(
    r"(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|alright|great|understood|got it|no problem"
    r"|gladly|you got it|yes|done|natürlich|gerne|klar|selbstverständlich|verstanden)"
    r"(?:\s*[!.,:…]+(?=\s|$)|\s*[–—]|\s+-\s)\s*",  # not "Sure-footed" and not "Great Wave"
    re.IGNORECASE,
)
"""A word of assent, with its punctuation."""

HERE = re.compile(
    r"(?:(?:sure|certainly|of course|okay)\b[^:\n]{0,80}"
    r"|(?:here(?: is| it is| are|'s|’s| you go)|below is|hier(?: ist| sind))\b[^:\n]{0,120}"
    rf"|(?:this|the|your|my|that|das|der|dein|i|so)\b[^:\n]{{0,80}}\b{_THING}\b[^:\n]{{0,60}}):\**\s*",
    re.IGNORECASE,
)
"""A sentence that presents the prompt, up to its colon."""

LABEL = re.compile(rf"[#>*_\s-]{{0,8}}(?:{_SORT}\s+){{0,6}}{_THING}[*_]*\s*[:：][*_]*\s*", re.IGNORECASE)
"""The prompt's name before it: `**Edited prompt:**`."""

HEADING = re.compile(
    rf"(?:#+\s*\**|\*\*)(?:{_SORT}\s+)*(?:{_THING}|option \d+)\**:?\**\s*(?:\n|\Z)", re.IGNORECASE
)
"""The prompt's name as a heading above it."""

ITEM = _any(r"(?:[-•>]|\*(?!\*)|\d{1,2}[.)])\s+(?=\S)", r"option \d+\s*:\s*")
"""The mark of a list's item or of a quotation."""

QUOTED_WITHIN = re.compile(
    rf"(?:here|this|the|your|so|hier|der|das)\b[^\"“\n]{{0,100}}\b{_THING}\b[^\"“\n]{{0,60}}"
    r"[\"“](.+?)[\"”]\.?",
    re.IGNORECASE,
)
"""A whole sentence that has the prompt in quotes."""

AFTERWORD = _any(
    r"\s+(?:[(\[*_-]+\s*|[–—]\s*)?"
    r"(?:note|explanation|reasoning|changes(?: made)?|hinweis|erklärung)[*_]*:.*",
    r"\s*(?:[(\[]|[–—-]\s)\s*(?:note\b|i\b|i['’]ve|no changes?|unchanged|as requested"
    r"|(?:changed|added|removed|replaced) (?:the|a|from|to|only|by)\b).*",
    r"(?<=[.!])\s+(?:i(?:['’]ve)?|this|the (?:prompt|instruction|change)|let me know|hope|feel free)\b.*",
)
"""An explanation on the prompt's own line, to its end."""

TALK = _any(
    # refusals
    r"i(?:['’]m| am) (?:sorry|unable|not able|afraid|happy|ready|here)",
    r"sorry(?:[,.!]| but\b| i\b)",
    r"apologies",
    r"i apologi[sz]e",
    r"unfortunately\b",
    r"as an? (?:ai|language model|assistant|text)",
    r"es tut mir leid",
    r"entschuldigung",
    r"leider\b",
    r"je (?:suis|ne)\b",
    r"désolé",
    r"lo siento",
    # reports
    r"i (?:can(?:no|['’])?t|won['’]t|will|would|do(?:n['’]t| not)|need|have|changed|added|removed|replaced"
    r"|think|understand|applied|made|kept|edited|see)\b",
    r"i['’](?:ve|ll|d)\b",
    r"no (?:changes?|edits?|instruction)\b",
    r"nothing to change",
    r"(?:the|this) (?:source|source prompt|instruction|user|prompt)\b",
    r"ich (?:kann|habe|werde|bin)\b",
    # questions and politeness
    r"please (?:provide|specify|tell|share|let|clarify|note)",
    r"(?:could|can|would) you\b",
    r"(?:what|which|how) (?:would|do|can|should|kind)\b.*\?",
    r"bitte (?:gib|gebe|nenn)",
    r"you(?:['’]re| are) welcome",
    r"glad (?:you|to)",
    r"(?:thank you|thanks)(?: for\b|[.!])",
    # thoughts without a mark
    r"let(?:['’]s| me| us) (?:see|think|break|analy[sz]e|start|know|apply|edit|look|consider)\b",
    r"we (?:need|are|have|should|must)\b",
    r"(?:okay|alright|first|hmm|wait),",
    r"so,? (?:the|i|we|let)\b",
)
"""Words to the person, where a prompt should be."""
