"""Limits as pure rules: the operator's word, the server's, and roles; and the places served."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.limits import AMOUNTS, Asker, GuildRules, allowance, check_place
from bot.errors import AgeRestricted, ElsewhereOnly, NotServed, Paused, RoleNeeded
from bot.settings import LimitsSettings

PATRON, MEMBER = 11, 12
amounts = st.dictionaries(st.sampled_from(AMOUNTS), st.integers(0, 50))


def test_a_role_gets_more_than_the_others() -> None:
    limits = LimitsSettings(daily_per_user=5, by_role={str(PATRON): {"daily_per_user": 50}})
    assert allowance(limits, GuildRules(), [MEMBER]).daily_per_user == 5
    assert allowance(limits, GuildRules(), [MEMBER, PATRON]).daily_per_user == 50


def test_a_role_may_be_without_limit() -> None:
    limits = LimitsSettings(daily_per_user=5, by_role={str(PATRON): {"daily_per_user": 0}})
    assert allowance(limits, GuildRules(), [PATRON]).daily_per_user == 0


def test_a_server_tightens_and_gives_a_role_back_what_the_operator_allows() -> None:
    limits = LimitsSettings(daily_per_user=20)
    rules = GuildRules().with_amounts({"daily_per_user": 5}).with_amounts({"daily_per_user": 100}, PATRON)
    assert allowance(limits, rules, []).daily_per_user == 5
    assert allowance(limits, rules, [PATRON]).daily_per_user == 20


@given(amounts, amounts, st.booleans())
def test_no_server_goes_beyond_the_operator(base: dict[str, int], role: dict[str, int], has: bool) -> None:
    limits = LimitsSettings(queued_per_guild=7, hourly_per_user=9, daily_per_guild=30)
    rules = GuildRules().with_amounts(base).with_amounts(role, PATRON)
    granted = allowance(limits, rules, [PATRON] if has else [])
    for name in AMOUNTS:
        cap = getattr(limits, name)
        assert cap == 0 or 0 < getattr(granted, name) <= cap


@given(amounts, amounts)
def test_rules_are_stored_as_json_and_come_back(base: dict[str, int], role: dict[str, int]) -> None:
    rules = GuildRules(True, channels=frozenset({5, 3}), roles=frozenset({9})).with_amounts(base)
    rules = rules.with_amounts(role, PATRON)
    assert GuildRules.from_json(rules.to_json()) == rules


def test_a_thread_is_served_with_its_channel_or_category() -> None:
    in_thread = Asker(1, 2, frozenset({100, 10, 1000}))
    for place in (100, 10, 1000):
        check_place(LimitsSettings(channels=(place,)), GuildRules(channels=frozenset({place})), in_thread)


@pytest.mark.parametrize(
    ("limits", "rules", "refusal"),
    [
        (LimitsSettings(), GuildRules(paused=True), Paused),
        (LimitsSettings(channels=(7,)), GuildRules(), ElsewhereOnly),
        (LimitsSettings(), GuildRules(channels=frozenset({7})), ElsewhereOnly),
        (LimitsSettings(roles=(8,)), GuildRules(), RoleNeeded),
        (LimitsSettings(), GuildRules(roles=frozenset({8})), RoleNeeded),
        (LimitsSettings(age_restricted_only=True), GuildRules(), AgeRestricted),
    ],
)
def test_who_is_not_served_is_told_why(
    limits: LimitsSettings, rules: GuildRules, refusal: type[NotServed]
) -> None:
    with pytest.raises(refusal):
        check_place(limits, rules, Asker(1, 2, frozenset({100}), frozenset({MEMBER})))
    if not rules.paused:
        check_place(limits, rules, Asker(1, 2, frozenset({7}), frozenset({8}), age_restricted=True))


def test_private_messages_have_no_channels_and_roles() -> None:
    check_place(LimitsSettings(channels=(7,), roles=(8,)), GuildRules(), Asker(1))


def test_what_is_served_can_be_put_on_the_list_and_taken_off() -> None:
    rules = GuildRules().serving({1, 2}, {3}).serving({1}, set(), remove=True)
    assert (rules.channels, rules.roles) == (frozenset({2}), frozenset({3}))
