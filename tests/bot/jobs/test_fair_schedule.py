"""Whose job is next: fair between people, in order within a conversation."""

import random
from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.fair_schedule import Entry, FairSchedule

# (person, conversation) of jobs that are numbered from 1
jobs = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5)), max_size=25)


def filled(pairs: list[tuple[int, int]]) -> FairSchedule:
    schedule = FairSchedule()
    for number, (person, conversation) in enumerate(pairs, start=1):
        schedule.add(Entry(number, person, conversation))
    return schedule


def drained(schedule: FairSchedule) -> list[Entry]:
    """All jobs in the order they come out, each finished before the next is taken."""
    taken = []
    while entry := schedule.take():
        taken.append(entry)
        schedule.finish(entry.job_id)
    return taken


def test_people_take_turns() -> None:
    schedule = filled([(1, 1), (1, 2), (1, 3), (2, 4), (3, 5)])
    assert [entry.job_id for entry in drained(schedule)] == [1, 4, 5, 2, 3]


def test_a_conversation_is_worked_on_in_order_whoever_asked() -> None:
    schedule = filled([(1, 1), (2, 1), (1, 1)])
    first = schedule.take()
    assert first == Entry(1, 1, 1)
    assert schedule.take() is None
    schedule.finish(1)
    assert [entry.job_id for entry in drained(schedule)] == [2, 3]


def test_a_person_who_is_held_up_is_served_by_another_job() -> None:
    schedule = filled([(1, 1), (2, 1), (2, 2)])
    assert [schedule.take(), schedule.take()] == [Entry(1, 1, 1), Entry(3, 2, 2)]
    assert schedule.take() is None


def test_a_removed_job_lets_the_next_of_its_conversation_go() -> None:
    schedule = filled([(1, 1), (2, 1)])
    assert schedule.remove(1)
    assert not schedule.remove(1)
    assert schedule.take() == Entry(2, 2, 1)
    assert len(schedule) == 0


def test_a_job_is_added_once() -> None:
    schedule = filled([(1, 1)])
    schedule.add(Entry(1, 1, 1))
    assert len(schedule) == 1
    schedule.take()
    schedule.add(Entry(1, 1, 1))
    assert len(schedule) == 0
    assert 1 in schedule


@given(jobs)
def test_every_job_comes_out_once_and_conversations_keep_their_order(pairs: list[tuple[int, int]]) -> None:
    taken = drained(filled(pairs))
    assert sorted(entry.job_id for entry in taken) == list(range(1, len(pairs) + 1))
    for conversation in {entry.conversation_id for entry in taken}:
        line = [entry.job_id for entry in taken if entry.conversation_id == conversation]
        assert line == sorted(line)


@given(jobs, st.randoms(use_true_random=False))
def test_nobody_is_served_twice_while_another_ready_person_waits(
    pairs: list[tuple[int, int]], chance: random.Random
) -> None:
    schedule = filled(pairs)
    running: list[int] = []
    passed_over: dict[int, set[int]] = {}  # person who could have been served -> whom we served meanwhile
    while schedule or running:
        ready = {entry.user_id for entry in ready_entries(schedule)}
        passed_over = {person: passed_over.get(person, set()) for person in ready}
        entry = schedule.take() if chance.random() < 0.7 or not running else None
        if entry is None:
            if running:
                schedule.finish(running.pop(chance.randrange(len(running))))
            continue
        running.append(entry.job_id)
        passed_over.pop(entry.user_id)
        for served in passed_over.values():
            assert entry.user_id not in served
            served.add(entry.user_id)


def ready_entries(schedule: FairSchedule) -> list[Entry]:
    """What could be taken now, found by taking everything from copies."""
    found = []
    copy = deepcopy(schedule)
    while entry := copy.take():
        found.append(entry)
    return found


@given(jobs)
def test_positions_are_the_order_in_which_jobs_start(pairs: list[tuple[int, int]]) -> None:
    schedule = filled(pairs)
    schedule.take()
    foretold = schedule.order()
    assert [schedule.position(job_id) for job_id in foretold] == list(range(1, len(foretold) + 1))
    for running in list(schedule._busy):
        schedule.finish(running)
    assert [entry.job_id for entry in drained(schedule)] == foretold


def test_a_thousand_waiting_jobs_of_two_hundred_people_take_turns() -> None:
    order = filled([(n % 200, n) for n in range(1000)]).order()
    assert [(job_id - 1) % 200 for job_id in order] == [*range(200)] * 5


def test_a_cap_on_a_persons_work_lets_others_pass() -> None:
    schedule = FairSchedule(per_user=1)
    for job, (person, conversation) in enumerate([(1, 1), (1, 2), (2, 3)], start=1):
        schedule.add(Entry(job, person, conversation))
    assert [entry and entry.job_id for entry in (schedule.take(), schedule.take(), schedule.take())] == [
        1,
        3,
        None,
    ]
    schedule.finish(1)
    assert schedule.take() == Entry(2, 1, 2)


def test_a_cap_on_a_servers_work_lets_other_servers_and_private_talk_pass() -> None:
    schedule = FairSchedule(per_guild=1)
    for job, guild in enumerate([7, 7, 8, None, None], start=1):
        schedule.add(Entry(job, job, job, guild))
    taken = [schedule.take() for _ in range(5)]
    assert [entry.job_id for entry in taken if entry] == [1, 3, 4, 5]
    schedule.finish(1)
    assert schedule.take() == Entry(2, 2, 2, 7)


@given(jobs, st.integers(1, 2), st.integers(1, 2))
def test_with_caps_too_every_job_comes_out_once(pairs: list[tuple[int, int]], user: int, guild: int) -> None:
    schedule = FairSchedule(user, guild)
    for number, (person, conversation) in enumerate(pairs, start=1):
        schedule.add(Entry(number, person, conversation, conversation % 2 or None))
    assert sorted(schedule.order()) == list(range(1, len(pairs) + 1))
    assert sorted(entry.job_id for entry in drained(schedule)) == list(range(1, len(pairs) + 1))


def test_what_may_need_no_picture_passes_but_keeps_the_order_of_its_conversation() -> None:
    schedule = FairSchedule(per_user=1)
    schedule.add(Entry(1, 1, 1))
    assert schedule.take() == Entry(1, 1, 1)
    for job, (conversation, aside) in enumerate([(2, False), (3, True), (3, True), (1, True)], start=2):
        schedule.add(Entry(job, 1, conversation, aside=aside))
    assert schedule.take() is None, "the cap"
    assert schedule.take_aside() == Entry(3, 1, 3, aside=True)
    assert schedule.take_aside() is None, "one of a person, and conversations 1 and 3 are busy"
    schedule.finish(3)
    assert schedule.take_aside() == Entry(4, 1, 3, aside=True)


def test_what_is_aside_is_under_no_cap_and_holds_nobody_up() -> None:
    schedule = FairSchedule(per_user=1, per_guild=1)
    schedule.add(Entry(1, 1, 1, 7, aside=True))
    schedule.add(Entry(2, 1, 2, 7))
    assert schedule.take_aside() == Entry(1, 1, 1, 7, aside=True)
    assert schedule.take() == Entry(2, 1, 2, 7)


def test_people_take_turns_aside() -> None:
    schedule = FairSchedule()
    for job, person in enumerate([1, 1, 1, 2], start=1):
        schedule.add(Entry(job, person, job, aside=True))
    taken = []
    while entry := schedule.take_aside():
        taken.append(entry.job_id)
        schedule.finish(entry.job_id)
    assert taken == [1, 4, 2, 3]


@given(jobs, st.randoms(use_true_random=False))
def test_what_needs_a_picture_after_all_comes_out_as_if_it_had_not_been_aside(
    pairs: list[tuple[int, int]], chance: random.Random
) -> None:
    schedule = FairSchedule()
    for number, (person, conversation) in enumerate(pairs, start=1):
        schedule.add(Entry(number, person, conversation, aside=chance.random() < 0.7))
    foretold, aside = schedule.order(), []
    while entry := schedule.take_aside():
        aside.append(entry.job_id)
        if chance.random() < 0.5:
            schedule.put_back(aside.pop(chance.randrange(len(aside))))
    for job_id in aside:
        schedule.put_back(job_id)
    assert schedule.order() == foretold
    assert [entry.job_id for entry in drained(schedule)] == foretold


def put_aside(*later: tuple[int, int]) -> FairSchedule:
    """A schedule in which person 1's first job is aside, and (person, conversation) asked after that."""
    schedule = FairSchedule()
    schedule.add(Entry(1, 1, 1, aside=True))
    schedule.add(Entry(2, 2, 2))
    assert schedule.take_aside()
    for number, (person, conversation) in enumerate(later, start=3):
        schedule.add(Entry(number, person, conversation))
    return schedule


def test_who_asks_again_while_their_words_are_read_aside_keeps_their_place() -> None:
    schedule = put_aside((1, 3))
    schedule.put_back(1)
    assert [entry.job_id for entry in drained(schedule)] == [1, 2, 3]


def test_who_was_served_while_their_words_were_read_aside_goes_behind_the_others() -> None:
    schedule = put_aside((1, 3), (3, 4))
    assert [schedule.take(), schedule.take()] == [Entry(2, 2, 2), Entry(3, 1, 3)]
    schedule.put_back(1)
    assert [entry.job_id for entry in drained(schedule)] == [4, 1]


@given(jobs, st.randoms(use_true_random=False))
def test_reading_aside_changes_no_order_whoever_asks_meanwhile(
    pairs: list[tuple[int, int]], chance: random.Random
) -> None:
    schedule, aside = FairSchedule(), list[int]()
    for number, (person, conversation) in enumerate(pairs, start=1):
        schedule.add(Entry(number, person, conversation, aside=chance.random() < 0.7))
        if chance.random() < 0.5 and (entry := schedule.take_aside()):
            aside.append(entry.job_id)
        if aside and chance.random() < 0.5:
            schedule.put_back(aside.pop(chance.randrange(len(aside))))
    for job_id in aside:
        schedule.put_back(job_id)
    assert [entry.job_id for entry in drained(schedule)] == filled(pairs).order()


def test_a_job_that_another_process_gives_back_comes_before_the_later_ones_of_its_conversation() -> None:
    schedule = FairSchedule()
    schedule.add(Entry(2, 1, 1))
    schedule.add(Entry(1, 2, 1))
    assert [entry.job_id for entry in drained(schedule)] == [1, 2]
