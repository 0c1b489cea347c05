"""What becomes of adult words and pictures in a place: the operator's [safety], applied.

Adult words and what a check of pictures finds are a matter of place: they may be refused, shown covered, or
kept to age-restricted channels. The models' own rules (`model.settings.SafetySettings.rules`) are refused
everywhere and never relaxed. Every finding is a line of the log, without the words.

Each text has one check at each of three borders:

1. What a person says, when the turn is accepted (`accept`, by `bot.services.turns`): both kinds of rules, so
   that it is refused at once and nothing of it is stored.
2. What a model reads or paints, as it enters the engine (`model.engine.Engine`): the rules that are never
   relaxed, whichever way the text came there; only the engine sees a source and its instruction together.
3. All words behind a painting, what the model wrote among them, before it is painted (`covers_words`, by
   `bot.jobs.processor`): the rules of the place, as the place is then.
"""

import logging
from collections.abc import Callable
from typing import Literal

from bot.errors import AdultsOnly
from bot.settings import SafetySettings
from model.errors import PictureRefused, PromptRefused
from model.moderation.prompt_rules import PromptRules
from model.settings import ADULT_WORDS, SafetyRule
from model.settings import SafetySettings as ModelSafety

log = logging.getLogger(__name__)

Finding = Literal["prompt refused", "picture refused", "picture covered"]


class SafetyPolicy:
    """`adult` says of a place that it is age-restricted. Built from [safety] and the models' settings.

    `count` is told of everything that is refused or covered.
    """

    def __init__(
        self,
        settings: SafetySettings | None = None,
        models: ModelSafety | None = None,
        count: Callable[[Finding], None] = lambda _: None,
    ) -> None:
        self._count = count
        self._settings = settings or SafetySettings()
        self._never = PromptRules(models or ModelSafety())
        words = ADULT_WORDS if self._settings.words == "auto" else self._settings.words
        self._adult = PromptRules.of(*([SafetyRule(reason="adult words", words=words)] if words else []))

    def accept(self, text: str, *, adult: bool) -> None:
        """Check what a person says in a place.

        Raises `model.errors.PromptRefused`, or `AdultsOnly` where another place would do.
        """
        try:
            self._never.check(text)
        except PromptRefused as refused:
            self.refused(refused)
            raise
        self._check_place(text, adult=adult)

    def finds_nothing(self, text: str) -> bool:
        """Whether no rule speaks against a text that nobody said, so that it can be shown anywhere.

        Nothing is counted: nobody is refused anything.
        """
        return not self._never.find(text) and not self._adult.find(text)

    def covers_words(self, *texts: str, adult: bool) -> bool:
        """Whether what is painted from `texts` is shown covered. Raises what `accept` does.

        The engine checks them against the rules that are never relaxed; that is not repeated here.
        """
        found = [self._check_place(text, adult=adult) for text in dict.fromkeys(filter(None, texts))]
        return any(found) and self._settings.prompts == "spoiler"

    def _check_place(self, text: str, *, adult: bool) -> bool:
        """Whether there are adult words in a text that is allowed in that place."""
        found = self._adult.find(text)
        if not found:
            return False
        log.info(
            "Safety: %s in a prompt, setting %s, age-restricted: %s", found, self._settings.prompts, adult
        )
        if self._settings.prompts == "refuse":
            self._count("prompt refused")
            raise PromptRefused(f"This prompt is refused because of {found}: take them out.")
        if self._settings.prompts == "age_restricted" and not adult:
            self._count("prompt refused")
            raise AdultsOnly
        return True

    def wants_unsafe(self, *, adult: bool) -> bool:
        """Whether a picture that the check finds unsafe is shown in that place, openly or covered."""
        return self._settings.pictures in ("spoiler", "allow") or (
            self._settings.pictures == "age_restricted" and adult
        )

    def covers_picture(self, unsafe: str, *, words: bool = False) -> bool:
        """Whether a picture is covered, for its `words` or for what the check found ("" for nothing)."""
        if unsafe:
            log.info("Safety: %s Setting %s, the picture is shown.", unsafe, self._settings.pictures)
        covered = words or (bool(unsafe) and self._settings.pictures == "spoiler")
        if covered:
            self._count("picture covered")
        return covered

    def refused(self, error: PromptRefused | PictureRefused) -> Exception:
        """Count what the models refused; the error that its person is told."""
        if isinstance(error, PromptRefused):
            log.warning("Safety: a prompt is refused: %s", error)
            self._count("prompt refused")
            return error
        log.info("Safety: a picture is kept back, setting %s: %s", self._settings.pictures, error)
        self._count("picture refused")
        return AdultsOnly() if self._settings.pictures == "age_restricted" else error
