"""Which shards of the gateway a process serves: all of them, or a range for each of several processes.

Discord's documentation, "Gateway", on sharding: a server belongs to shard (id >> 22) % number of shards, and
private chats to shard 0. The words of a range are those of the command line, as in `0-3/16`.
"""

import re
from dataclasses import dataclass

_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})", re.ASCII)
ALLOWED = '"auto", a whole number from 1 on, or one process\'s range, as in "0-3/16" for the first four'


@dataclass(frozen=True, slots=True)
class Sharding:
    """`count` shards (None: as many as Discord recommends), of which `ids` are ours (None: all)."""

    count: int | None = None
    ids: tuple[int, ...] | None = None

    @property
    def leads(self) -> bool:
        """Whether this process does what is to be done once, such as registering commands: it has shard 0."""
        return self.ids is None or 0 in self.ids

    @property
    def is_part(self) -> bool:
        """Whether other processes serve the other shards."""
        return self.ids is not None

    def serves(self, guild_id: int | None) -> bool:
        """Whether events of that server, or of private chats (None), come to this process."""
        if self.ids is None or self.count is None:
            return True
        return ((guild_id or 0) >> 22) % self.count in self.ids


def parse_range(words: str) -> Sharding:
    """The shards that `words` name, as `0-3/16` or `5/16`. Raises ValueError with what is allowed."""
    found = _RANGE.fullmatch(words)
    if found is None:
        raise ValueError(ALLOWED)
    first, count = int(found[1]), int(found[3])
    last = int(found[2] or first)
    if not first <= last < count:
        raise ValueError(ALLOWED)
    return Sharding(count, tuple(range(first, last + 1)))
