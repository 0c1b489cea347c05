"""Everything a client may be told in place of an answer, in OpenAI's error shape.

The shape is {"error": {"message", "type", "param", "code"}} (OpenAI's API reference, "Error codes"). The
`code`s beyond OpenAI's are ours; docs/serving.md lists them.
"""

import logging
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from model.errors import (
    BadImage,
    BadRequest,
    ConfigError,
    EditError,
    EngineClosed,
    LoadError,
    ModelError,
    OutOfMemory,
    PictureRefused,
    PromptRefused,
    WorkerDied,
)

log = logging.getLogger(__name__)

# OpenAI's clients try 408, 409, 429 and 5xx again unless this header forbids it (openai-python,
# `_should_retry`). It is for failures that would come again in the same way.
_NOT_AGAIN = MappingProxyType({"x-should-retry": "false"})
_SOON = MappingProxyType({"Retry-After": "1"})


@dataclass(eq=False)  # not frozen: contextlib sets an exception's __traceback__
class ApiError(Exception):
    """An answer that is an error: HTTP status, code, a sentence for people, the field that is to blame."""

    status: int
    code: str
    message: str
    param: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message

    def body(self) -> dict[str, Any]:
        """The JSON object of the answer."""
        kind = {401: "authentication_error", 429: "rate_limit_error"}.get(
            self.status, "server_error" if self.status >= 500 else "invalid_request_error"
        )
        return {
            "error": {"message": self.message, "type": kind, "param": self.param, "code": self.code},
        }


def refused(param: str | None, message: str) -> ApiError:
    """A request whose field `param` is wrong, or asks for what is not done here."""
    return ApiError(400, "bad_request", message, param)


def no_such_model(model: str, known: list[str]) -> ApiError:
    """A model that is not served on this route; `known` are those that are."""
    message = f"The model {model!r} is not served here: choose one of {', '.join(known)}."
    return ApiError(404, "model_not_found", message, "model")


def too_large(limit: int) -> ApiError:
    """A body of more than `limit` bytes."""
    return ApiError(413, "too_large", f"The body is larger than {limit / 2**20:g} MiB: send less.")


def wrong_content_type(wanted: str) -> ApiError:
    """A body of another type than the route reads."""
    return ApiError(415, "unsupported_media_type", f"Content-Type must be {wanted}.")


def too_slow(seconds: float) -> ApiError:
    """A body that was not there after so many seconds."""
    return ApiError(408, "timeout", f"The body did not come within {seconds:.0f} s: send it again.")


def queue_full(seconds: int) -> ApiError:
    """More requests than may wait; it is sensible to try again after `seconds`."""
    message = f"Too many requests wait for this model already: try again in {seconds} s."
    return ApiError(429, "queue_full", message, headers={"Retry-After": str(seconds)})


def draining() -> ApiError:
    """The server ends what it has and takes nothing new."""
    return ApiError(
        503,
        "draining",
        "The server is about to stop: ask another one, or try again.",
        headers=dict(_SOON),
    )


def wrong_key() -> ApiError:
    """No key, or not the one that the server was started with (RFC 6750, section 3)."""
    return ApiError(
        401,
        "invalid_api_key",
        "The key is missing or wrong: send it as `Authorization: Bearer KEY`.",
        headers={"WWW-Authenticate": "Bearer"},
    )


def wrong_host() -> ApiError:
    """Without a key, a request that was not addressed to this machine."""
    message = "Without a key this server answers to localhost only: start it with DIFFCHAT_SERVER_KEY set."
    return ApiError(403, "forbidden_host", message)


def internal() -> ApiError:
    """A fault of the server itself; its log has the reason."""
    return ApiError(
        500,
        "internal_error",
        "The server failed on this request: its log says more.",
        headers=dict(_NOT_AGAIN),
    )


# From the special to the general: the first class that fits counts.
_MODEL_ERRORS: tuple[tuple[type[ModelError], ApiError], ...] = (
    (BadRequest, ApiError(400, "bad_request", "")),
    (BadImage, ApiError(400, "bad_image", "", "image")),
    (PromptRefused, ApiError(400, "prompt_refused", "")),
    (PictureRefused, ApiError(400, "picture_refused", "")),
    (EditError, ApiError(422, "edit_failed", "")),
    (OutOfMemory, ApiError(503, "out_of_memory", "", headers=dict(_NOT_AGAIN))),
    (WorkerDied, ApiError(503, "worker_died", "", headers=dict(_SOON))),
    (EngineClosed, ApiError(503, "engine_closed", "", headers=dict(_SOON))),
    (LoadError, ApiError(503, "load_failed", "", headers=dict(_NOT_AGAIN))),
    (ConfigError, ApiError(503, "load_failed", "", headers=dict(_NOT_AGAIN))),
    (ModelError, ApiError(500, "model_failed", "", headers=dict(_NOT_AGAIN))),
)


def explained(error: Exception) -> ApiError:
    """What a client is told of an error.

    An engine's gives its own sentence, under the status and code of its kind; one that is no `ModelError`
    goes to the log and gives nothing away.
    """
    if isinstance(error, ApiError):
        return error
    if not isinstance(error, ModelError):
        log.error("a request failed", exc_info=error)
        return internal()
    found = next(answer for kind, answer in _MODEL_ERRORS if isinstance(error, kind))
    return replace(found, message=str(error))
