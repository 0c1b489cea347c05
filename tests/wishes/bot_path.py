"""A message through the bot's own steps, without Discord, queue and painter.

In their order: talk is told by its form (`bot.domain.small_talk`), the words are checked
(`bot.domain.sanitize`), the engine edits with the settings' temperature, and a prompt with the same words
counts as no change, as in `bot.jobs.writing`. Unlike there the seed is always 0, so that runs can be
repeated.
"""

from bot.domain.sanitize import checked, same_words
from bot.domain.small_talk import is_greeting, speaks_to_somebody
from bot.errors import TextRefused
from bot.settings import ImagineSettings
from model.engine import EditRequest, Engine
from model.errors import EditError, PromptRefused
from tests.wishes.scoring import Answer

PEOPLE = ("Mia", "Lena", "Sam", "Tom", "Lisa", "Jonas")
"""Who spoke in the place before, so that the bot knows their names."""


class BotPath:
    """The bot without history: each message is an edit of the prompt before it."""

    def __init__(self, engine: Engine, temperature: float) -> None:
        self._engine = engine
        self._temperature = temperature
        self._longest = ImagineSettings().max_prompt_chars

    async def say(self, prompt: str, text: str) -> Answer:
        """The prompt after the message; an error that a person is told leaves it as it was."""
        if is_greeting(text) or speaks_to_somebody(text, PEOPLE):
            return Answer(prompt, "not_for_bot")
        try:
            instruction = checked(text, self._longest)
        except TextRefused:
            return Answer(prompt, "not_understood")
        try:
            result = await self._engine.edit(EditRequest(prompt, instruction, temperature=self._temperature))
        except (EditError, PromptRefused):
            return Answer(prompt)
        return Answer(prompt if same_words(prompt, result.target_prompt) else result.target_prompt)
