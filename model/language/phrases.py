"""What chat models say around an answer, as patterns: preambles, labels, afterwords, words to the person.

English and German, since these are the languages of the bot's own texts; how answers and refusals begin in
some others, as a model answers in the language that it is asked in. `model.language.answers` says what is
done with each. All are matched where a text begins, except `AFTERWORD`, which is searched for, and
`ANSWER_BELOW` and `CHOICE`, which are searched for at the beginnings of lines.
"""

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_THING = (
    r"(?:prompt|target|output|answer|result|response|edit|version|assistant|model|ai|bot|description"
    r"|beschreibung|ergebnis|antwort)"
)
_THING_ELSEWHERE = r"(?:(?:目标|最终|新的?|(?:编辑|修改|更新)后的?)?提示词?|プロンプト)"
_SORT = (
    r"(?:target|edited|new|final|updated|beautified|modified|revised|improved|enhanced|rewritten|resulting"
    r"|image|text-to-image|corrected|your|the|neuer|bearbeiteter|überarbeiteter|option \d+|\d+[.)])"
)

_ASSENT = (
    r"(?:sure(?: thing)?|certainly|of course|okay|ok|alright|understood|got it|no (?:problem|worries)"
    r"|gladly|you got it|yes|done|my pleasure|natürlich|selbstverständlich|verstanden|bien sûr|¡claro|当然)"
)
# Words that may also begin a prompt: "great, towering mountains"
_PRAISE = (
    r"(?:absolutely|great|perfect|excellent|awesome|gerne|klar|(?:great|good|nice|excellent) (?:choice|idea)"
    r"|you['’]re (?:absolutely )?right)"
)
YES = re.compile(
    rf"{_ASSENT}(?:\s*[!.,:…]+(?=\s|$)|！|\s*[–—]|\s+-\s)\s*"  # not "Sure-footed"
    rf"|{_PRAISE}(?:\s*[!.:…]+(?=\s|$)|,(?=\s+(?:here|below|hier|i)\b))\s*",  # not "Great Wave"
    re.IGNORECASE,
)
"""A word of assent, with its punctuation."""

HERE = re.compile(
    r"(?:(?:sure|certainly|of course|okay)\b[^:\n]{0,80}"
    r"|(?:here(?: is| it is| are|'s|’s| you go)|below is|hier(?: ist| sind))\b[^:\n]{0,120}"
    rf"|(?:this|the|your|my|that|das|der|dein|i|so)\b[^:\n]{{0,80}}\b{_THING}\b[^:\n]{{0,60}}"
    r"|(?:voici|aquí (?:está|tienes)|aqui está|ecco|вот|以下是|这是)[^:：\n]{0,120})[:：]\**\s*",
    re.IGNORECASE,
)
"""A sentence that presents the prompt, up to its colon."""

LABEL = re.compile(
    rf"[#>*_\s-]{{0,8}}(?:/imagine\s+)?(?:(?:{_SORT}\s+){{0,6}}{_THING}|{_THING_ELSEWHERE})[*_]*\s*"
    r"(?:[:：]|=\s*(?=[\"'“`]))[*_]*\s*",
    re.IGNORECASE,
)
"""The prompt's name before it: `**Edited prompt:**`."""

HEADING = re.compile(
    rf"(?:#+\s*\**|\*\*)(?:{_SORT}\s+)*(?:{_THING}|option \d+)\**:?\**\s*(?:\n|\Z)", re.IGNORECASE
)
"""The prompt's name as a heading above it."""

ITEM = _any(r"(?:[-•>]|\*(?!\*)|\d{1,2}[.)])\s+(?=\S)", r"option \d+\s*:\s*")
"""The mark of a list's item or of a quotation."""

ORNAMENT = re.compile(
    r"[-*_=]{3,}\s*(?:\n|\Z)|(?:→|⇒|[-=]>)\s*(?=\S)|[✅✨🎨🖼👉➡📝🔹⭐🌟💡🎉\ufe0f\s]+(?=\S)"
)
"""A rule, or a symbol of the kind that chat models set before a line."""

WORK = re.compile(
    r"[#>*_\s-]{0,8}(?:(?:my |the )?(?:thinking|thoughts?|reasoning|analysis)(?: process)?"
    r"|source(?: prompt)?|instruction)[*_]*\s*(?:[:：]|\n|\Z)",
    re.IGNORECASE,
)
"""The name of what is no answer, where that stands before it: thoughts in the open, the request once more."""

EARLIER = re.compile(
    r"[#>*_\s-]{0,8}(?:(?:original(?: prompt)?|before|step \d+)[*_]*\s*[:：]|1[.)]\s)", re.IGNORECASE
)
"""The same for what may be a prompt too, unless an answer with its name follows."""

ANSWER_BELOW = re.compile(
    rf"^[#>*_ \t-]{{0,8}}(?:{_SORT}\s+){{0,6}}(?:{_THING}|after|final|edited)[*_]*\s*(?:[:：][*_]*|\n)",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that names the answer, after `WORK` or `EARLIER`."""

CHOICE = re.compile(
    r"^\W{0,8}(?:option|variante?|version|choice)\s*(\d|[a-d])\b\W", re.IGNORECASE | re.MULTILINE
)
"""A line that begins one of several prompts to choose from."""

PLACEHOLDER = _any(
    r"[\[<{(](?:(?:insert|your|the|new|edited|updated|target|final|image)\b[ _]?)+"
    r"(?:prompt|description|answer|text)?(?: here)?[\]>})]\.?",
    r"(?:n/a|none|null|undefined|unchanged)\W*",
)
"""What was to be filled in and was not, as all of an answer: "[your prompt here]", "N/A"."""

QUOTED_WITHIN = re.compile(
    rf"(?:here|this|the|your|so|hier|der|das)\b[^\"“\n]{{0,100}}\b{_THING}\b[^\"“\n]{{0,60}}"
    r"[\"“](.+?)[\"”]\.?",
    re.IGNORECASE,
)
"""A whole sentence that has the prompt in quotes."""

_DID = (
    r"(?:have|changed|kept|added|removed|replaced|made|left|applied|edited|turned|swapped|only|just|also)\b"
)
_DOES = r"(?:keeps|changes|applies|adds|maintains|preserves|reflects|replaces|incorporates|makes)"

AFTERWORD = _any(
    r"\s+(?:[(\[*_-]+\s*|[–—]\s*)(?:note|explanation|reasoning|changes(?: made)?|hinweis|erklärung)[*_]*:.*",
    # without a bracket in capitals only: "a musical note: ..." goes on
    r"\s+(?-i:Note|Explanation|Reasoning|Changes(?: made)?|Hinweis|Erklärung)[*_]*:.*",
    rf"\s*(?:[(\[]|[–—-]\s)\s*(?:note\b|i {_DID}|i['’]ve|no changes?|unchanged|as requested"
    r"|(?:changed|added|removed|replaced) (?:the|a|from|to|only|by)\b"
    r"|(?:changed|turned|replaced|swapped) [^()\n]{1,60} (?:to|into|with|for) ).*",
    # not every sentence that begins so: "This serene scene ..." is part of a long prompt
    rf"(?<=[.!])\s+(?:i(?:['’]ve| {_DID}| hope)|this (?:prompt|version|edit|change|{_DOES})|hope|feel free"
    r"|the (?:prompt|instruction|changes?) (?:is|was|are|were|has|have|now)|let me know"
    r"|(?:would|do) you (?:like|want)|(?:should|shall) i)\b.*",
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
    r"(?:das|dies|dabei|damit) (?:kann ich|geht) ",
    r"je (?:suis|ne)\b",
    r"désolé",
    r"lo siento",
    r"no puedo\b",
    r"mi dispiace",
    r"non posso\b",
    r"(?:desculpe|lamento)[,.!]",
    r"não posso\b",
    r"извините|к сожалению|я не могу",
    r"(?:很)?抱歉|对不起|我(?:无法|不能)|申し訳|すみません|죄송",
    r"my (?:guidelines|polic(?:y|ies)|programming)\b",
    r"this request\b",
    r"it(?:['’]s| is) (?:not|im)\s?possible",
    # reports
    r"i (?:can(?:no|['’])?t|won['’]t|will|would|do(?:n['’]t| not)|need|have|changed|added|removed|replaced"
    r"|think|understand|applied|made|kept|edited|see)\b",
    r"i['’](?:ve|ll|d)\b",
    r"no (?:changes?|edits?|instruction)\b",
    r"nothing to change",
    r"there (?:is|are|was) no (?:instruction|source|change)",
    r"it (?:looks like|seems|appears)(?: that)? you\b",
    rf"(?:here(?:['’]s| is| are)|hier (?:ist|sind)) (?:[^:\n]{{0,80}} )?{_THING}\b[^\w\n]*(?:\n|\Z)",
    r"here you go[^\w\n]*(?:\n|\Z)",
    r"(?:the|this) (?:source|source prompt|instruction|user(?! of)|prompt)\b",
    r"ich (?:kann|habe|werde|bin)\b",
    # questions and politeness
    r"please (?:provide|specify|tell|share|let|clarify|note)",
    r"(?:could|can|would) you\b",
    r"(?:what|which|how) (?:(?:would|do|can|should) (?:you|i)|kind)\b.*\?",
    r"(?:what|which|how|do you|did you|should|shall)\b[^\n]*\?\W*\Z",
    r"bitte (?:gib|gebe|nenn)",
    r"you(?:['’]re| are) welcome",
    r"glad (?:you|to)",
    r"(?:thank you|thanks)(?: for\b|[.!])",
    # thoughts without a mark
    r"let(?:['’]s| me| us) (?:see|think|break|analy[sz]e|start|know|apply|edit|look|consider)\b",
    r"we (?:need|are (?:asked|given|to)|have to|should|must)\b",
    r"(?:okay|alright|first(?!, second)|hmm|wait),",
    r"so,? (?:the|i|we|let)\b",
)
"""Words to the person, where a prompt should be."""
