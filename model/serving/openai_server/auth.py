"""The key of the server: from the environment, compared in constant time, needed unless bound to loopback."""

import hmac
import ipaddress
from collections.abc import MutableMapping
from urllib.parse import urlsplit

from model.errors import ConfigError

KEY_VARIABLE = "DIFFCHAT_SERVER_KEY"


def take_key(host: str, environ: MutableMapping[str, str]) -> str | None:
    """The key, or None where a server on `host` does without one. Raises ConfigError where it must not.

    It is taken out of the environment, so that the worker processes do not inherit it.
    """
    key = environ.pop(KEY_VARIABLE, "").strip()
    if not key and not is_loopback(host):
        raise ConfigError(
            f"A server on {host} can be reached from other machines and needs a key: put one into the "
            f"environment variable {KEY_VARIABLE}, or bind it to 127.0.0.1."
        )
    return key or None


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address; a name other than localhost counts as not."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_for_loopback(host: str) -> bool:
    """Whether a `Host` header names this machine.

    A page on the web can have its own name resolve to 127.0.0.1 and is then of the same origin as a server
    there (DNS rebinding), but its name stands in the header.
    """
    try:
        return is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False


def is_authorized(header: str, key: str) -> bool:
    """Whether an `Authorization` header carries the key. Takes as long for a wrong key as for the right."""
    scheme, _, given = header.partition(" ")
    # bytes, as compare_digest takes no text beyond ASCII; what is not UTF-8 comes as surrogates
    same = hmac.compare_digest(_bytes(given.strip()), _bytes(key))
    return same and scheme.lower() == "bearer"


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")
