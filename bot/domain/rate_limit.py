"""How often one person may do something within a span of time: a sliding window, pure and in memory.

Libraries for this count for web servers behind a shared store, or make callers wait; what is needed here is
a refusal that says when the next one is allowed, for one process.
"""

from collections import deque

_SWEPT_ABOVE = 1000  # people remembered before those who have been quiet are forgotten


class SlidingWindow:
    """At most `most` times within `span_s` seconds for each person. Times are seconds of any clock."""

    def __init__(self, most: int, span_s: float) -> None:
        self.most = most
        self.span_s = span_s
        self._times: dict[int, deque[float]] = {}

    def take(self, person: int, now: float) -> float | None:
        """Count an action at `now`: None, or for one too many, which is not counted, the time of the next."""
        if len(self._times) > _SWEPT_ABOVE:
            self._times = {who: times for who, times in self._times.items() if times[-1] > now - self.span_s}
        times = self._times.setdefault(person, deque(maxlen=self.most))
        if len(times) == self.most and times[0] > now - self.span_s:
            return times[0] + self.span_s
        times.append(now)
        return None
