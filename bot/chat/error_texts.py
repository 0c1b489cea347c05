"""From an exception to the one sentence that a member reads; nothing else translates."""

from bot.errors import BotError
from bot.i18n import Language, Text
from bot.texts import errors as words
from model import errors as model_errors

MODEL_SENTENCES: dict[type[BaseException], Text] = {
    model_errors.EditError: words.EDIT_FAILED,
    model_errors.PromptRefused: words.PROMPT_REFUSED,
    model_errors.PictureRefused: words.PICTURE_REFUSED,
    model_errors.TooManyPixels: words.TOO_MANY_PIXELS,
    model_errors.MovingPicture: words.MOVING_PICTURE,
    model_errors.BadImage: words.BAD_IMAGE,
    model_errors.OutOfMemory: words.OUT_OF_MEMORY,
    model_errors.BadRequest: words.BAD_REQUEST,
    model_errors.LoadError: words.MODEL_MISSING,
    model_errors.ConfigError: words.MODEL_SETTINGS,
    model_errors.WorkerDied: words.WORKER_DIED,
    model_errors.EngineClosed: words.ENGINE_CLOSED,
    model_errors.ModelError: words.MODELS_FAIL,
}


def user_message(error: BaseException, language: Language) -> str:
    """The one sentence a member reads for `error`; never the text of a foreign exception."""
    if isinstance(error, BotError):
        return error.sentence(language, **error.fields)
    for kind in type(error).__mro__:
        if kind in MODEL_SENTENCES:
            return MODEL_SENTENCES[kind](language)
    return words.UNEXPECTED(language)
