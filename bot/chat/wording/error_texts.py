"""From an exception to the one sentence that a member reads; nothing else translates."""

from bot.chat.wording.prompt_diff import escape, shorten
from bot.errors import BotError
from bot.i18n import Language, Text
from bot.texts import errors as words
from model import errors as model_errors

MODEL_SENTENCES: dict[type[BaseException], Text] = {
    model_errors.EditError: words.EDIT_FAILED,
    model_errors.MinorsRefused: words.MINORS_REFUSED,
    model_errors.PromptRefused: words.PROMPT_REFUSED,
    model_errors.PictureRefused: words.PICTURE_REFUSED,
    model_errors.TooManyPixels: words.TOO_MANY_PIXELS,
    model_errors.MovingPicture: words.MOVING_PICTURE,
    model_errors.BadImage: words.BAD_IMAGE,
    model_errors.OutOfMemory: words.OUT_OF_MEMORY,
    model_errors.BadRequest: words.BAD_REQUEST,
    model_errors.Unsupported: words.UNSUPPORTED,
    model_errors.BrokenPicture: words.BROKEN_PICTURE,
    model_errors.LoadError: words.MODEL_MISSING,
    model_errors.EngineRefused: words.ENGINE_REFUSED,
    model_errors.ConfigError: words.MODEL_SETTINGS,
    model_errors.WorkerDied: words.WORKER_DIED,
    model_errors.EngineUnreachable: words.ENGINE_UNREACHABLE,
    model_errors.BadAnswer: words.BAD_ANSWER,
    model_errors.EngineClosed: words.ENGINE_CLOSED,
    model_errors.ModelError: words.MODELS_FAIL,
}

_FROM_PEOPLE = frozenset({"value"})  # fields that hold people's own words; others may hold mentions and times
_LONGEST = 100  # characters of such words that are repeated


def user_message(error: BaseException, language: Language) -> str:
    """The one sentence a member reads for `error`; never the text of a foreign exception."""
    if isinstance(error, BotError):
        return error.sentence(language, **{name: _shown(name, value) for name, value in error.fields.items()})
    for kind in type(error).__mro__:
        if kind in MODEL_SENTENCES:
            return MODEL_SENTENCES[kind](language)
    return words.UNEXPECTED(language)


def repeated(words_of_people: str) -> str:
    """People's own words as a refusal repeats them: short, and shown character by character."""
    return escape(shorten(words_of_people, _LONGEST))


def _shown(name: str, value: object) -> object:
    return repeated(value) if name in _FROM_PEOPLE and isinstance(value, str) else value
