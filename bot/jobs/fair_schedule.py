"""Whose job is next: round-robin between people, in order within a conversation. Pure, without I/O.

A job is *ready* when it is the first of its conversation and none of that conversation is being worked on.
The next job is the oldest ready one of the person who has gone without for longest; a newcomer joins at the
end. So nobody is served twice while somebody else with a ready job has not been served once. Caps on what
is worked on at once for a person or a server hold their ready jobs back until one of theirs has ended.

Some jobs may need no picture: words that are a question, praise or "undo". These can be taken *aside*, past
all that wait for a painter, to find that out. What is aside is counted for itself: it is under no cap, and
no turn of its person's, but nobody has two jobs aside at once, and who was aside goes behind who was not. A
job that needs a picture after all is put back in the place that it had.
"""

from bisect import insort
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush


@dataclass(frozen=True, slots=True)
class Entry:
    """A job, whose it is, in which conversation, and in which server (None: in private).

    `aside`: one that waits may be taken aside; one that is worked on was.
    """

    job_id: int
    user_id: int
    conversation_id: int
    guild_id: int | None = None
    aside: bool = False


class FairSchedule:
    """Waiting jobs and the conversations that are busy. Job ids must grow with the order of asking.

    `per_user` and `per_guild` are the most jobs worked on at once for a person or a server; 0 is no limit.
    """

    def __init__(self, per_user: int = 0, per_guild: int = 0) -> None:
        self._per_user, self._per_guild = per_user, per_guild
        self._waiting: dict[int, Entry] = {}
        self._lines: dict[int, deque[int]] = {}  # conversation -> its waiting jobs, oldest first
        self._ready: dict[int, set[int]] = {}  # person -> ready jobs
        self._busy: dict[int, Entry] = {}  # job being worked on
        self._served: dict[int, int] = {}  # person with waiting jobs -> when last served, or when joined
        self._waits: Counter[int] = Counter()  # person -> number of waiting jobs
        self._aside_at: dict[int, int] = {}  # person with waiting jobs -> when one of theirs was taken aside
        self._place_of: dict[int, int] = {}  # job aside -> its person's `_served`, as if it waited
        self._clock = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, job_id: int) -> bool:
        return job_id in self._waiting or job_id in self._busy

    def add(self, entry: Entry) -> None:
        """Let a job wait. A job that is here already is left as it is."""
        if entry.job_id in self:
            return
        if not self._waits[entry.user_id]:
            self._served[entry.user_id] = self._tick()
        self._wait(entry)

    def _wait(self, entry: Entry) -> None:
        self._waits[entry.user_id] += 1
        self._waiting[entry.job_id] = entry
        line = self._lines.setdefault(entry.conversation_id, deque())
        if line and entry.job_id < line[0]:  # as one that another process gave back
            self._unready(line[0])
        insort(line, entry.job_id)
        self._look_at(entry.conversation_id)

    def take(self) -> Entry | None:
        """Take out the next job and mark its conversation busy; None when no job is ready."""
        free = self._below_caps()
        if not free:
            return None
        person = min(free, key=self._served.__getitem__)
        entry = replace(self._waiting[min(free[person])], aside=False)
        self._leave(entry)
        self._busy[entry.job_id] = entry
        self._serve(person)
        return entry

    def take_aside(self) -> Entry | None:
        """Take the next job aside and mark its conversation busy; None when there is none to take."""
        aside = {entry.user_id for entry in self._busy.values() if entry.aside}
        ready = {person: self._to_take_aside(jobs) for person, jobs in self._ready.items()}
        free = [
            (self._aside_at.get(person, 0), min(jobs))
            for person, jobs in ready.items()
            if jobs and person not in aside
        ]
        if not free:
            return None
        entry = self._waiting[min(free)[1]]
        self._place_of[entry.job_id] = self._served[entry.user_id]
        self._leave(entry)
        self._busy[entry.job_id] = entry
        if entry.user_id in self._served:
            self._aside_at[entry.user_id] = self._tick()
        return entry

    def _to_take_aside(self, jobs: Iterable[int]) -> list[int]:
        return [job for job in jobs if self._waiting[job].aside]

    def finish(self, job_id: int) -> None:
        """A taken job has ended: its conversation may go on."""
        self._place_of.pop(job_id, None)
        self._look_at(self._busy.pop(job_id).conversation_id)

    def put_back(self, job_id: int) -> None:
        """A job that was taken aside needs a picture: it waits again, before the later ones of its
        conversation, and its person is served as if it had not been taken, whatever they asked for
        meanwhile; where another job of theirs was taken meanwhile, they were served by that."""
        entry, place = replace(self._busy.pop(job_id), aside=False), self._place_of.pop(job_id)
        self._served[entry.user_id] = min(place, self._served.get(entry.user_id, place))
        self._wait(entry)

    def occupy(self, entry: Entry) -> None:
        """A job is worked on elsewhere: its conversation is busy, and its person was served by it."""
        if entry.job_id in self._busy:
            self._busy[entry.job_id] = entry  # it may have been aside before
            return
        if entry.job_id in self._waiting:
            self._leave(self._waiting[entry.job_id])
        self._busy[entry.job_id] = entry
        line = self._lines.get(entry.conversation_id)
        if line:  # none of that conversation is ready meanwhile
            self._unready(line[0])
        if not entry.aside:
            self._serve(entry.user_id)

    def vacate(self, job_id: int) -> None:
        """What was worked on elsewhere is so no longer; another job is left as it is."""
        if job_id in self._busy:
            self.finish(job_id)

    def remove(self, job_id: int) -> bool:
        """Take out a waiting job unworked; False when it is not waiting."""
        entry = self._waiting.get(job_id)
        if entry is None:
            return False
        self._leave(entry)
        self._look_at(entry.conversation_id)
        return True

    def order(self, limit: int | None = None) -> list[int]:
        """The waiting jobs in the order in which they would start if all took equally long."""
        # told to every newcomer, so it must stay quick with a thousand jobs: two heaps, nothing searched
        lines = {conversation: deque(line) for conversation, line in self._lines.items()}
        served, clock = dict(self._served), self._clock
        ready = {person: sorted(jobs) for person, jobs in self._ready_by_then(lines).items()}
        people = [(served[person], person) for person in ready]
        heapify(people)
        result: list[int] = []
        while people and (limit is None or len(result) < limit):
            _, person = heappop(people)
            entry = self._waiting[heappop(ready[person])]
            result.append(entry.job_id)
            clock += 1
            served[person] = clock
            if ready[person]:
                heappush(people, (clock, person))
            line = lines[entry.conversation_id]
            line.popleft()
            if line:
                owner = self._waiting[line[0]].user_id
                if not ready.setdefault(owner, []):
                    heappush(people, (served[owner], owner))
                heappush(ready[owner], line[0])
        return result

    def _ready_by_then(self, lines: Mapping[int, deque[int]]) -> dict[int, set[int]]:
        """The ready jobs of each person once all that is worked on has ended."""
        ready = {person: set(jobs) for person, jobs in self._ready.items()}
        for busy in self._busy.values():
            if line := lines.get(busy.conversation_id):
                ready.setdefault(self._waiting[line[0]].user_id, set()).add(line[0])
        return ready

    def position(self, job_id: int) -> int | None:
        """Place in `order`, 1 for the next one; None when the job is not waiting."""
        return self.order().index(job_id) + 1 if job_id in self._waiting else None

    def _below_caps(self) -> dict[int, set[int]]:
        """The ready jobs of each person that no cap holds back."""
        in_line = [entry for entry in self._busy.values() if not entry.aside]
        users = Counter(entry.user_id for entry in in_line)
        guilds = Counter(entry.guild_id for entry in in_line if entry.guild_id)
        served = {user for user, busy in users.items() if self._per_user and busy >= self._per_user}
        full = {guild for guild, busy in guilds.items() if self._per_guild and busy >= self._per_guild}
        if not served and not full:
            return self._ready
        free = {
            person: {job for job in jobs if self._waiting[job].guild_id not in full}
            for person, jobs in self._ready.items()
            if person not in served
        }
        return {person: jobs for person, jobs in free.items() if jobs}

    def _serve(self, person: int) -> None:
        """Put a person behind all others, with what they have aside, too."""
        now = self._tick()
        if person in self._served:  # not after their last waiting job: they come back as a newcomer
            self._served[person] = now
        for job_id in self._place_of:
            if self._busy[job_id].user_id == person:
                self._place_of[job_id] = now

    def _leave(self, entry: Entry) -> None:
        """Take a job out of everything but `_busy`."""
        del self._waiting[entry.job_id]
        line = self._lines[entry.conversation_id]
        line.remove(entry.job_id)
        if not line:
            del self._lines[entry.conversation_id]
        self._unready(entry.job_id, entry.user_id)
        self._waits[entry.user_id] -= 1
        if not self._waits[entry.user_id]:
            del self._waits[entry.user_id], self._served[entry.user_id]
            self._aside_at.pop(entry.user_id, None)

    def _unready(self, job_id: int, user_id: int | None = None) -> None:
        person = self._waiting[job_id].user_id if user_id is None else user_id
        ready = self._ready.get(person, set())
        ready.discard(job_id)
        if not ready:
            self._ready.pop(person, None)

    def _look_at(self, conversation_id: int) -> None:
        """Make the conversation's first job ready if nothing holds it back."""
        line = self._lines.get(conversation_id)
        if line and all(entry.conversation_id != conversation_id for entry in self._busy.values()):
            entry = self._waiting[line[0]]
            self._ready.setdefault(entry.user_id, set()).add(entry.job_id)

    def _tick(self) -> int:
        self._clock += 1
        return self._clock
