"""What a sandbox can be told before it starts: where it listens, what it keeps, how strict its limits are."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class SandboxSettings:
    """Settings of one sandbox. The defaults are Discord's own numbers; tests make them smaller.

    `shards` are those recommended to a bot; of them `max_concurrency` may identify in `identify_seconds`.
    `data_dir` None keeps nothing after the end. Times are seconds, sizes are bytes.
    Raises ValueError when `host` is not a loopback address: a sandbox has no protection beyond that.
    """

    host: str = "127.0.0.1"
    port: int = 8910
    data_dir: Path | None = None
    token: str | None = field(default=None, repr=False)
    attachment_limit: int = 10 * MEBIBYTE
    request_limit: int = 25 * MEBIBYTE
    message_content: bool = True
    guild_members: bool = True
    presences: bool = True
    heartbeat_seconds: float = 41.25
    resume_seconds: float = 180.0
    interaction_ack_seconds: float = 3.0
    interaction_token_seconds: float = 900.0
    rate_limits: bool = True
    active_thread_limit: int = 1000
    shards: int = 1
    max_concurrency: int = 1
    identify_seconds: float = 5.0
    session_starts: int = 1000
    old_message_seconds: float = 3600.0
    old_message_edits: int = 30
    record: bool = False

    def __post_init__(self) -> None:
        host = "127.0.0.1" if self.host == "localhost" else self.host
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError(
                f"The sandbox listens on loopback only; {self.host!r} is not a loopback address."
            )
