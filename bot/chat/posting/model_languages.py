"""The sentence that names the languages which the language model reads, where a wish was in another one."""

from bot.chat.posting.discord_places import DiscordPlaces
from bot.chat.posting.known_models import Understood, reads_all
from bot.domain.conversation import Conversation, Turn
from bot.domain.foreign_words import is_foreign
from bot.texts import talk


class ModelLanguages:
    """Adds the sentence; `understood` as in `bot.chat.posting.known_models`."""

    def __init__(self, places: DiscordPlaces, understood: Understood = reads_all) -> None:
        self._places = places
        self._understood = understood

    async def added_to(self, text: str, conversation: Conversation, turn: Turn) -> str:
        """An answer that nothing was understood, or nothing changes, with the sentence where it may help.

        That is where the words, the place or their author speak another language. The sentence is in that of
        the author, or else of the place, whichever the model does not read.
        """
        understood = self._understood()
        if not understood:
            return text
        place = await self._places.language(conversation)
        person = await self._places.language_of(turn.author_id)
        strange = [language for language in (person, place) if language not in understood]
        if not strange and not is_foreign(turn.instruction, understood):
            return text
        language = strange[0] if strange else place
        names = [
            talk.IN_LANGUAGE[code](language) if code in talk.IN_LANGUAGE else code for code in understood
        ]
        return f"{text}\n{talk.MODEL_READS(language, languages=', '.join(names))}"
