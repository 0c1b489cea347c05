"""How long a waiting job will probably wait: from the last jobs' real durations, or nothing where unknown."""

from collections import deque
from collections.abc import Collection
from statistics import fmean, median

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

    def until_start(self, position: int, places: int, going_on: Collection[float] = ()) -> float | None:
        """Seconds until the job at `position` (1 is next) starts, with `places` jobs going on at a time.

        `going_on` are the seconds that those have taken so far; without them they are half done on average.
        """
        if self.seconds is None:
            return None
        left = fmean(map(self._left, going_on)) if going_on else self.seconds / 2
        return (self.seconds * (position - 1) + left) / places

    def _left(self, taken: float) -> float:
        """The seconds that a job still takes: as those that took longer than it has so far.

        Of one that outlasts them all nothing is known: as long again as it has taken.
        """
        longer = [seconds - taken for seconds in self._seconds if seconds > taken]
        return median(longer) if longer else taken
