"""How a refusal crosses Ray: as data.

An exception that a replica raises reaches its caller as another class whose text is the remote traceback, and
counts as a failure of the replica. Errors of `model.errors` are answers, so they travel as answers.
"""

from dataclasses import dataclass

from model.errors import ModelError, by_name


@dataclass(frozen=True, slots=True)
class Refusal:
    """A `ModelError` by its class's name and its sentence."""

    kind: str
    message: str

    @classmethod
    def of(cls, error: ModelError) -> "Refusal":
        """What crosses in place of the error."""
        return cls(type(error).__name__, str(error))

    def error(self) -> ModelError:
        """The error again."""
        return by_name(self.kind, self.message)
