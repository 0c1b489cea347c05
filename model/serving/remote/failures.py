"""From whatever goes wrong with a request to a server elsewhere to one of `model.errors`.

What the server said is repeated for the operator, shortened and on one line; members never read it.
"""

import ssl
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import openai

from model.errors import (
    BadAnswer,
    BadImage,
    BadRequest,
    EditError,
    EngineRefused,
    EngineUnreachable,
    ModelError,
    OutOfMemory,
    PictureRefused,
    PromptRefused,
)
from model.language.prompt import one_line
from model.serving.remote.transport import AnswerTooLarge

SLOW_AFTER = 30.0
"""Seconds to leave a server alone that did not answer in time: asking at once would add to its work."""
_LONGEST_RETRY_AFTER = 3600.0
_SAID = 200  # characters of a server's own words that are repeated

_BY_CODE: Mapping[str, type[ModelError]] = {
    # ours (`model serve`)
    "bad_request": BadRequest,
    "bad_image": BadImage,
    "prompt_refused": PromptRefused,
    "picture_refused": PictureRefused,
    "edit_failed": EditError,
    "out_of_memory": OutOfMemory,
    "worker_died": EngineUnreachable,
    # OpenAI's, which others repeat
    "invalid_api_key": EngineRefused,
    "model_not_found": EngineRefused,
    "moderation_blocked": PromptRefused,
    "content_policy_violation": PromptRefused,
    "context_length_exceeded": BadRequest,
}
_REFUSALS = (PromptRefused, PictureRefused)


def translated(error: Exception, url: str) -> ModelError:
    """What a failed request to the server at `url` means; errors of `model` come out as they are, those that
    the operator reads with the address."""
    if isinstance(error, ModelError):
        if isinstance(error, BadAnswer | EngineRefused | EngineUnreachable) and url not in str(error):
            error.args = (f"{url}: {error}",)
        return error
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    if isinstance(cause, AnswerTooLarge):
        return BadAnswer(f"{url} answered with more than an answer needs ({cause}).")
    if isinstance(error, TimeoutError | openai.APITimeoutError | httpx2.TimeoutException):
        return EngineUnreachable(f"{url} did not answer in time: nothing was heard of it.", after=SLOW_AFTER)
    if isinstance(error, openai.APIStatusError):
        return _by_status(error, url)
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError | ssl.SSLError | OSError):
        return EngineUnreachable(f"{url} cannot be reached ({_innermost(error)}): look whether it runs.")
    if isinstance(error, openai.APIError):  # an error event within a stream
        kind = _BY_CODE.get(error.code or "", EngineUnreachable)
        return kind(f"{url} failed while it answered ({_said(error.message)}).")
    return BadAnswer(f"{url} gave an answer that cannot be read ({type(error).__name__}).")


def _by_status(error: openai.APIStatusError, url: str) -> ModelError:
    status, said = error.status_code, _message(error.body)
    tail = f" ({status}{f': {said}' if said else ''})"
    kind = _BY_CODE.get(error.code or "")
    if status in (408, 409, 425, 429) or (status >= 500 and kind is not OutOfMemory):
        return EngineUnreachable(f"{url} is busy or failing{tail}.", after=retry_after(error.response))
    if kind is not None:
        said = "" if issubclass(kind, _REFUSALS) else tail  # it may repeat people's words, logs must not
        return kind(f"{url} refuses the request{said}.")
    if status in (400, 413, 422):
        return BadRequest(f"{url} refuses the request{tail}.")
    return EngineRefused(f"{url} {_WHY_REFUSED.get(status, _WHY_REFUSED[0])}{tail}.")


_WHY_REFUSED = {
    401: "does not take the key; set the one that it was started with",
    403: "does not take the key; set the one that it was started with",
    404: "knows no such model or address; check urls and model",
    0: "refuses or sends elsewhere, which is not followed; check the address in urls",
}


def retry_after(response: httpx2.Response) -> float:
    """The seconds of a Retry-After header, 0 without one; a date (RFC 9110, 10.2.3) is set against the
    server's own Date, since two machines' clocks may differ by minutes."""
    given = response.headers.get("retry-after", "").strip()
    try:
        seconds = float(given)
    except ValueError:
        seconds = _until(given, response.headers.get("date", ""))
    return min(_LONGEST_RETRY_AFTER, seconds) if seconds > 0 else 0.0


def _until(date: str, now: str) -> float:
    try:
        then = parsedate_to_datetime(date).timestamp()
        return then - (parsedate_to_datetime(now).timestamp() if now else time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def refused_field(error: openai.APIStatusError, fields: Mapping[str, Any]) -> str | None:
    """The field of a request that the server does not know, where that is why it refused; else None.

    OpenAI names it as `param`, with a code such as `unknown_parameter`; others say it only in words.
    """
    if error.status_code not in (400, 422):
        return None
    said = _message(error.body).casefold()
    if not any(word in f"{said} {error.code or ''}" for word in _UNKNOWN):
        return None
    if error.param in fields:
        return error.param
    named = [field for field in fields if field in said]
    return max(named, key=len, default=None)  # the longest: "seed" stands within "seeds" too


_UNKNOWN = ("unknown", "unsupported", "not support", "unrecognized", "unexpected", "not permitted", "extra")


def _message(body: object) -> str:
    """A server's own words, of OpenAI's error shape or FastAPI's, never the values that were sent."""
    if not isinstance(body, Mapping):
        return ""
    said = body.get("message") or body.get("detail")
    if isinstance(said, list) and said and isinstance(said[0], Mapping):
        where = said[0].get("loc")
        said = f"{'.'.join(map(str, where)) if isinstance(where, list) else ''} {said[0].get('msg', '')}"
    return _said(said) if isinstance(said, str) else ""


def _said(text: str) -> str:
    return one_line(text[: 4 * _SAID].encode(errors="replace").decode())[:_SAID]


def _innermost(error: BaseException) -> str:
    """The name and words of what began it: the client's own say only that there was an error."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return _said(f"{type(error).__name__}: {error}")
