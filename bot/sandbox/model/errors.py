"""Discord's JSON error codes and the exceptions that become those answers."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.sandbox.model.records import Json

# code -> (HTTP status, Discord's own sentence)
CODES: Mapping[int, tuple[int, str]] = MappingProxyType(
    {
        10003: (404, "Unknown Channel"),
        10004: (404, "Unknown Guild"),
        10007: (404, "Unknown Member"),
        10008: (404, "Unknown Message"),
        10009: (404, "Unknown Permission Overwrite"),
        10011: (404, "Unknown Role"),
        10013: (404, "Unknown User"),
        10014: (400, "Unknown Emoji"),
        10015: (404, "Unknown Webhook"),
        10062: (404, "Unknown interaction"),
        10063: (404, "Unknown application command"),
        10087: (404, "Unknown tag"),
        20012: (403, "You are not authorized to perform this action on this application"),
        30003: (400, "Maximum number of pins reached for the channel (50)"),
        30010: (400, "Maximum number of reactions reached (20)"),
        30032: (400, "Maximum number of application commands reached (100)."),
        30046: (
            429,
            "Maximum number of edits to messages older than 1 hour reached. Try again later.",
        ),
        40005: (413, "Request entity too large"),
        40060: (400, "Interaction has already been acknowledged."),
        40067: (400, "A tag is required to create a forum post in this channel"),
        50001: (403, "Missing Access"),
        50003: (403, "Cannot execute action on a DM channel"),
        50005: (403, "Cannot edit a message authored by another user"),
        50006: (400, "Cannot send an empty message"),
        50007: (403, "Cannot send messages to this user"),
        50008: (400, "Cannot send messages in a non-text channel"),
        50013: (403, "Missing Permissions"),
        50016: (
            400,
            "Provided too few or too many messages to delete. Must provide at least 2 and at most 100.",
        ),
        50021: (403, "Cannot execute action on a system message"),
        50024: (400, "Cannot execute action on this channel type"),
        50027: (401, "Invalid Webhook Token"),
        50035: (400, "Invalid Form Body"),
        50083: (400, "Thread is archived"),
        50109: (400, "The request body contains invalid JSON."),
        160002: (400, "You cannot reply without permission to read message history"),
        160004: (400, "A thread has already been created for this message"),
        160005: (400, "Thread is locked"),
        160006: (400, "Maximum number of active threads reached"),
    }
)


class ApiError(Exception):
    """A refusal in Discord's words: `code` out of `CODES`, sent with that code's HTTP status."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.status, self.message = CODES[code]
        super().__init__(f"{code} {self.message}")

    def body(self) -> Json:
        """The JSON of the answer."""
        return {"message": self.message, "code": self.code}


class Unauthorized(ApiError):
    """401: no token, or a wrong one."""

    def __init__(self) -> None:
        Exception.__init__(self, "401: Unauthorized")
        self.code, self.status, self.message = 0, 401, "401: Unauthorized"


class NotFound(ApiError):
    """404: no such endpoint here."""

    def __init__(self) -> None:
        Exception.__init__(self, "404: Not Found")
        self.code, self.status, self.message = 0, 404, "404: Not Found"


class FormError(ApiError):
    """50035: the body is wrong; `problems` names the place ("embeds.0.title") and what is wrong there."""

    def __init__(self, problems: dict[str, tuple[str, str]]) -> None:
        super().__init__(50035)
        self.problems = problems

    def body(self) -> Json:
        """The JSON of the answer: each problem under `errors`, nested along its path."""
        errors: Json = {}
        for path, (code, message) in self.problems.items():
            place = errors
            for step in path.split("."):
                # a field that somebody named like Discord's own list of errors must not be taken for it
                place = place.setdefault("errors" if step == "_errors" else step, {})
            place.setdefault("_errors", []).append({"code": code, "message": message})
        return {**super().body(), "errors": errors}


class Form:
    """Collects what is wrong with a body, so that all of it is told at once."""

    def __init__(self) -> None:
        self.problems: dict[str, tuple[str, str]] = {}

    def fail(self, path: str, code: str, message: str) -> None:
        """Note a problem of the field at `path` (steps joined by dots); the first one of a field counts."""
        self.problems.setdefault(path, (code, message))

    def too_long(self, path: str, text: object, limit: int, least: int = 0) -> None:
        """Refuse `text` when it is no string or not between `least` and `limit` characters long."""
        if not isinstance(text, str):
            self.fail(path, "STRING_TYPE_CONVERT", "Could not interpret the value as string.")
        elif len(text) > limit:
            self.fail(path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")
        elif len(text) < least:
            self.fail(
                path,
                "BASE_TYPE_REQUIRED" if not text else "BASE_TYPE_BAD_LENGTH",
                f"Must be between {least} and {limit} in length.",
            )

    def too_many(self, path: str, items: object, limit: int) -> bool:
        """Refuse `items` when it is no list or has more than `limit` entries; True when it was refused."""
        if not isinstance(items, list):
            self.fail(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType.")
        elif len(items) > limit:
            self.fail(path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")
        else:
            return False
        return True

    def finish(self) -> None:
        """Raise FormError when anything was wrong."""
        if self.problems:
            raise FormError(self.problems)
