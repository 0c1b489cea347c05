"""The waiting time: from real durations, and nothing where there are too few."""

from bot.jobs.wait_estimate import FEWEST, REMEMBERED, Pace


def test_nothing_is_said_before_enough_jobs_were_done() -> None:
    pace = Pace()
    for _ in range(FEWEST - 1):
        pace.note(10)
    assert pace.until_start(1, 1) is None
    pace.note(10)
    assert pace.until_start(1, 1) == 5


def test_the_median_shrugs_at_one_slow_job() -> None:
    pace = Pace()
    for seconds in (10, 10, 10, 10, 900):
        pace.note(seconds)
    assert pace.seconds == 10


def test_old_durations_are_forgotten() -> None:
    pace = Pace()
    for _ in range(REMEMBERED):
        pace.note(100)
    for _ in range(REMEMBERED):
        pace.note(1)
    assert pace.seconds == 1


def test_more_jobs_at_a_time_wait_less_and_later_places_longer() -> None:
    pace = Pace()
    for _ in range(FEWEST):
        pace.note(60)
    assert [pace.until_start(place, 2) for place in (1, 2, 3)] == [15, 45, 75]


def test_a_job_that_just_began_is_waited_for_whole_and_one_that_is_nearly_done_is_not() -> None:
    pace = Pace()
    for _ in range(FEWEST):
        pace.note(60)
    assert pace.until_start(1, 1, [0]) == 60
    assert pace.until_start(1, 1, [55]) == 5
    assert pace.until_start(2, 2, [0, 60 / 2]) == (60 + 45) / 2


def test_a_job_that_takes_long_makes_others_wait_as_those_did_that_took_as_long() -> None:
    pace = Pace()
    for seconds in (10, 10, 10, 100):
        pace.note(seconds)
    assert pace.until_start(1, 1, [40]) == 60
    assert pace.until_start(1, 1, [300]) == 300
