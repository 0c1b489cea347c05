"""A message through the bot's own steps, without Discord, queue and painter.

In their order: talk is told by its form (`bot.domain.small_talk`), commands by theirs
(`bot.domain.said_commands`), the words are checked (`bot.domain.sanitize`). Unless they go back to a picture
by what it shows or by one of the steps that led here (`bot.domain.said_returns`), the engine edits with the
settings' temperature and these steps (`bot.domain.history`), and says whether it is an edit; one that takes
out what nobody named is asked for once more (`bot.domain.unasked`), and a prompt with the same words counts
as no change, as in `bot.jobs.writing`. Moves go through the same tree as there (`bot.domain.moves`). Whether
a picture says that it may not be what was meant is told as in `bot.chat.pictures.turn_message`. Unlike in the
bot the seed is always 0, or 1 when asked again, so that runs can be repeated.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.domain.conversation import Origin, Parameters, Turn, TurnKind
from bot.domain.edit_tree import EditTree
from bot.domain.history import steps
from bot.domain.moves import moved
from bot.domain.said_commands import Asked, Request, command_in, opening_command
from bot.domain.said_returns import earlier_prompt
from bot.domain.sanitize import checked, same_words
from bot.domain.small_talk import asks_for_nothing, speaks_to_somebody
from bot.domain.unasked import also_changed, second_reading, unasked_by
from bot.errors import MemberError, TextRefused
from bot.jobs.writing import SECOND_TRY_TEMPERATURE
from bot.settings import ImagineSettings
from model.engine import EditRequest, EditResult, Engine
from model.errors import EditError, PromptRefused
from tests.wishes.scoring import Answer

PEOPLE = ("Mia", "Lena", "Sam", "Tom", "Lisa", "Jonas")
"""Who spoke in the place before, so that the bot knows their names."""
KINDS = {
    Asked.UNDO: "undo", Asked.REDO: "redo", Asked.BACK: "go_back", Asked.RESTART: "start_over",
    Asked.AGAIN: "again", Asked.VARY: "again", Asked.REMIX: "again", Asked.CHOOSE: "choose",
    Asked.QUESTION: "question", Asked.ABILITY: "question",
    Asked.CHAT: "small_talk", Asked.UNCLEAR: "not_understood",
}  # fmt: skip
"""What the sets call the kinds; others are none of theirs."""

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_PLAIN = Parameters(seed=0, steps=1, guidance=1.0, width=64, height=64)


@dataclass
class Talk:
    """One conversation: its tree of pictures, of which the head is the one that is talked about."""

    tree: EditTree

    @classmethod
    def about(cls, prompt: str) -> "Talk":
        """The picture of a prompt, and nothing before it."""
        first = _turn(1, None, TurnKind.IMAGINE, "", prompt, prompt)
        return cls(EditTree().add(first).finish(1, _NOW))

    @property
    def head(self) -> Turn:
        """The current picture."""
        assert self.tree.head_turn_id is not None, "a talk begins with a picture"
        return self.tree.turns[self.tree.head_turn_id]

    @property
    def prompt(self) -> str:
        """Its prompt."""
        return self.head.target_prompt or ""

    @property
    def path(self) -> list[Turn]:
        """The pictures that led to it, from the first one, and itself."""
        return [*list(self.tree.ancestors(self.head.id))[::-1], self.head]

    def paint(self, kind: TurnKind, instruction: str, prompt: str) -> None:
        """A further picture, made from the current one."""
        made = _turn(len(self.tree.turns) + 1, self.head.id, kind, instruction, self.prompt, prompt)
        self.tree = self.tree.add(made).finish(made.id, _NOW)


class BotPath:
    """The bot as far as words go; a conversation's state is its `Talk`."""

    def __init__(self, engine: Engine, temperature: float) -> None:
        self._engine = engine
        self._temperature = temperature
        self._longest = ImagineSettings().max_prompt_chars

    async def say(self, talk: Talk, text: str) -> Answer:
        """The prompt of the current picture after the message, and the message's kind where it was told.

        What a person is told instead of a picture leaves all as it was.
        """
        if asks_for_nothing(text) or speaks_to_somebody(text, PEOPLE):
            return Answer(talk.prompt, "not_for_bot")
        try:
            instruction = checked(text, self._longest)
            asked = command_in(instruction)
            if asked is not None:
                return self._do(talk, asked)
            instruction = self._opened(talk, instruction)
            result = await self._edited(talk, instruction)
        except TextRefused:
            return Answer(talk.prompt, "not_understood")
        except (EditError, PromptRefused):
            return Answer(talk.prompt)
        if result.kind != "edit":
            kind = Asked(result.kind)
            detail = result.target_prompt if kind is Asked.BACK else result.detail
            return self._do(talk, Request(kind, detail))
        if same_words(talk.prompt, result.target_prompt):
            return Answer(talk.prompt)
        talk.paint(TurnKind.REFINE, instruction, result.target_prompt)
        return Answer(
            talk.prompt,
            doubtful=result.doubtful or bool(unasked_by(talk.head)),
            second=second_reading(talk.head.source_prompt, instruction, result),
        )

    @staticmethod
    def _opened(talk: Talk, said: str) -> str:
        """The wish alone, after the move that it begins with (`bot.services.opening_commands`)."""
        opening = opening_command(said)
        if opening is None or not opening[0].kind.moves:
            return said
        try:
            talk.tree = moved(talk.tree, opening[0])
        except MemberError:
            return said
        return opening[1]

    @staticmethod
    def _do(talk: Talk, asked: Request) -> Answer:
        """Do what is no edit; the answer's prompt is the one before, as none was written."""
        before = talk.prompt
        if asked.kind.moves:
            try:
                talk.tree = moved(talk.tree, asked)
            except MemberError:
                return Answer(before, KINDS[asked.kind])
        elif asked.kind.paints:
            talk.paint(TurnKind.REROLL, talk.head.instruction, before)
        return Answer(before, KINDS.get(asked.kind, ""))

    async def _edited(self, talk: Talk, instruction: str) -> EditResult:
        request = EditRequest(
            talk.prompt, instruction, temperature=self._temperature, history=steps(talk.path)
        )
        earlier = earlier_prompt(instruction, request.source_prompt, request.history, talk.tree.prompts)
        if earlier is not None:
            return EditResult(earlier, model="", seconds=0.0, kind="back")
        first = await self._engine.edit(request)
        if not also_changed(request, first):
            return first
        warmer = max(self._temperature, SECOND_TRY_TEMPERATURE)
        second = await self._engine.edit(replace(request, seed=1, temperature=warmer))
        usable = second.kind == "edit" and not same_words(talk.prompt, second.target_prompt)
        return second if usable and not also_changed(request, second) else first


def _turn(
    number: int, parent: int | None, kind: TurnKind, instruction: str, source: str, target: str
) -> Turn:
    return Turn(number, 1, parent, kind, Origin.MESSAGE, 1, instruction, source, target, _PLAIN, False, _NOW)
