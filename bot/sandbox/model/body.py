"""A request's body as the routes read it: JSON fields and uploaded files."""

from dataclasses import dataclass

from bot.sandbox.model.records import Json


@dataclass(frozen=True)
class Upload:
    """A file of a multipart request, with the name its sender gave it."""

    filename: str
    data: bytes


@dataclass(frozen=True)
class Body:
    """The JSON part of a request and its files by their index in `files[n]`."""

    json: Json
    files: dict[int, Upload]
