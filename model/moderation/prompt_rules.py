"""Rules about words, ready to be asked: the one about minors, and lists of words from the settings.

Words are compared after folding (`model.moderation.folding`) and without the names and fixed phrases that
mean nothing of the kind ("naked eye"). Rules match whole words, so "class" and "grapes" are safe from shorter
words within them.
"""

import re
from collections.abc import Sequence

from model.engine import EditRequest
from model.errors import MinorsRefused, PromptRefused
from model.moderation import minors
from model.moderation.folding import fold, folded_readings
from model.moderation.minors import without_harmless
from model.moderation.vocabulary import vocabulary
from model.settings import SafetyRule, SafetySettings


class PromptRules:
    """The rule about minors, which no setting takes away, and the rules of the settings."""

    def __init__(self, settings: SafetySettings) -> None:
        self._minors = True
        vocabulary()  # read now, and not while somebody waits
        self._rules = [_compiled(rule) for rule in settings.rules]

    @classmethod
    def of(cls, *rules: SafetyRule) -> "PromptRules":
        """The rules given, and no others."""
        made = cls(SafetySettings(rules=rules))
        made._minors = False
        return made

    def check(self, text: str) -> None:
        """Raise PromptRefused with the rule's reason when a rule forbids `text`; MinorsRefused for minors."""
        reason = self.find(text)
        if reason == minors.REASON:
            raise MinorsRefused(
                f"This prompt is refused because of {reason}: leave out either the words for children and "
                "ages, or those for nakedness and sex."
            )
        if reason:
            raise PromptRefused(f"This prompt is refused because of {reason}: take those words out.")

    def check_edit(self, request: EditRequest) -> None:
        """As `check`, for what a language model is given: the source with the instruction, and each step of
        the history by itself. A word that was taken out of the picture long ago thus speaks against no
        wish of today; what comes of the edit is checked when it is painted.
        """
        for step in request.history:
            self.check(f"{step.prompt}\n{step.instruction}")
        self.check(f"{request.source_prompt}\n{request.instruction}")

    def find(self, text: str) -> str:
        """The reason of the first rule that speaks against `text`; "" when none does."""
        if self._minors and minors.is_forbidden(text):
            return minors.REASON
        if not self._rules:
            return ""
        readings = [without_harmless(folded) for folded in folded_readings(text)]
        for reason, words, together_with in self._rules:
            if any(words.search(folded) and together_with.search(folded) for folded in readings):
                return reason
        return ""


def _compiled(rule: SafetyRule) -> tuple[str, re.Pattern[str], re.Pattern[str]]:
    return rule.reason, _pattern(rule.words), _pattern(rule.together_with)


def _pattern(terms: Sequence[str]) -> re.Pattern[str]:
    """One of the terms as whole words, one that ends in * as the beginning of one; no terms: always."""
    if not terms:
        return re.compile("")
    written = [
        re.escape(fold(term.rstrip("*"))).replace(r"\ ", " +") + (r"\w*" if term.endswith("*") else "")
        for term in terms
    ]
    return re.compile(rf"\b(?:{'|'.join(written)})\b")
