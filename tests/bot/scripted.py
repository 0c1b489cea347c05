"""A sketch engine whose language model answers some instructions as a test says."""

from dataclasses import dataclass, field

from model.engine import EditRequest, EditResult, MessageKind
from tests.bot.engines import LLM, SketchEngine


@dataclass
class ScriptedEngine(SketchEngine):
    """Answers some instructions as the script says, in turn; others like any sketch engine."""

    script: dict[str, list[EditResult]] = field(default_factory=dict)

    def will_say(
        self,
        instruction: str,
        *answers: tuple[MessageKind, str, str],
        doubtful: bool = False,
        second: str = "",
    ) -> None:
        """The next answers to an instruction: kind, target prompt and detail."""
        self.script[instruction] = [
            EditResult(target, LLM, 0.01, kind=kind, detail=detail, doubtful=doubtful, second=second)
            for kind, target, detail in answers
        ]

    async def edit(self, request: EditRequest) -> EditResult:
        """The next scripted answer."""
        if not self.script.get(request.instruction):
            return await super().edit(request)
        self.edits.append(request)
        return self.script[request.instruction].pop(0)
