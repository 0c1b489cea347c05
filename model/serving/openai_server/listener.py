"""The socket that a server listens on, bound before anything is loaded."""

import socket

from model.errors import ConfigError


def bound(host: str, port: int) -> socket.socket:
    """A socket with the address, which nobody can connect to yet. Raises ConfigError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise ConfigError(f"{host} port {port} cannot be bound ({error.strerror}): name another.") from error
    return listener
