"""How long a waiting job will probably wait: from the last jobs' real durations, or nothing where unknown."""

from collections import deque
from statistics import median

REMEMBERED = 50  # durations of jobs
FEWEST = 3  # fewer say too little


class Pace:
    """A running median of the seconds from a job's beginning to its posted picture."""

    def __init__(self) -> None:
        self._seconds: deque[float] = deque(maxlen=REMEMBERED)

    def note(self, seconds: float) -> None:
        """A job was done in so many seconds."""
        self._seconds.append(seconds)

    @property
    def seconds(self) -> float | None:
        """The median; None as long as too few jobs were done."""
        return median(self._seconds) if len(self._seconds) >= FEWEST else None

    def until_start(self, position: int, places: int) -> float | None:
        """Seconds until the job at `position` (1 is next) starts, with `places` jobs going on at a time.

        Those going on are half done on average.
        """
        if self.seconds is None:
            return None
        return self.seconds * (position - 0.5) / places
