"""Which of Discord's events were handled already: the gateway may deliver one twice.

discord.py hands on whatever arrives, and after a reconnect Discord may repeat what it sent shortly before.
"""

import logging
from collections import OrderedDict

log = logging.getLogger(__name__)

_REMEMBERED = 5000  # ids; Discord repeats an event within minutes, if at all


class SeenEvents:
    """The ids of the latest messages or interactions, kept in memory."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def first_time(self, event_id: int) -> bool:
        """Whether this message or interaction comes for the first time; it is known from now on."""
        if event_id in self._ids:
            log.info("Event %s came once more and is passed over", event_id)
            return False
        self._ids[event_id] = None
        if len(self._ids) > _REMEMBERED:
            self._ids.popitem(last=False)
        return True
