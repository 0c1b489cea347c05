"""Every error the trainers raise on purpose, as one tree.

TrainingError
├── DataError          records that cannot be used: every problem with its line
├── ConfigError        settings that cannot be run: every problem with its key
├── TokenizerError     a tokenizer that lacks what training needs (an end, a distinct pad)
├── RewardError        a reward gave NaN, infinity or the wrong number of scores
├── CheckpointError    a checkpoint is missing, damaged, of another config, or could not be written
├── ResultsError       results of an evaluation, or answers of judges, cannot be read or used
├── SnapshotError      reactions cannot be exported, or a snapshot cannot be read
├── NothingToLearn     too few votes, or votes that say nothing
├── NotPromoted        a new adapter is worse than the present one, or not proven good enough
├── Diverged           losses or gradients stopped being finite
└── Collapsed          the policy no longer writes usable prompts, or has left its reference

The message of each is complete: it says what happened and what to do. The command line prints it and
ends with status 2.
"""

import json
from collections.abc import Sequence


def in_words(error: Exception) -> str:
    """What reading a file of records or results raised, as the end of a sentence for people."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    if isinstance(error, json.JSONDecodeError):
        return f"this is no JSON, line {error.lineno}: {error.msg}"
    if isinstance(error, UnicodeDecodeError):
        return "this is no text in UTF-8"
    if isinstance(error, KeyError):
        return f'there is no "{error.args[0]}"'
    if isinstance(error, (TypeError, AttributeError)):
        return f"it is built in another way ({error})"
    return str(error)


class TrainingError(Exception):
    """Base of all errors raised by `training`."""


class _Problems(TrainingError):
    """An error that carries several problems at once, in the order they were found."""

    def __init__(self, summary: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([summary, *(f"  - {problem}" for problem in problems)]))


class DataError(_Problems):
    """A dataset has records that cannot be used; `problems` names each with its line."""


class ConfigError(_Problems):
    """Settings cannot be run; `problems` names each key, its value and what is allowed."""


class TokenizerError(TrainingError):
    """A tokenizer lacks what training needs."""


class RewardError(TrainingError):
    """A reward returned something that is no score."""


class CheckpointError(TrainingError):
    """A checkpoint cannot be read, does not fit this run, or could not be written."""


class ResultsError(TrainingError):
    """Results of an evaluation cannot be compared, or judges' answers cannot be read or stored."""


class SnapshotError(TrainingError):
    """Reactions cannot be exported from this database, or the snapshot cannot be read."""


class NothingToLearn(TrainingError):
    """There are too few votes, or they say nothing about what is better; nothing was trained."""


class NotPromoted(_Problems):
    """An adapter stays where it is: `problems` names what is worse, or not proven."""


class Diverged(TrainingError):
    """Losses or gradients are not finite any more."""


class Collapsed(TrainingError):
    """The policy writes nothing usable any more, or is too far from its reference."""
