"""Who may have a picture edited that somebody brings."""

import pytest

from bot.domain.uploads import Uploads, may_edit_uploads, uploads_of


@pytest.mark.parametrize(
    ("operators", "servers", "member", "moderator"),
    [
        ("allow", "allow", True, True),
        ("allow", "moderated", False, True),
        ("moderated", "allow", False, True),
        ("allow", "off", False, False),
        ("off", "allow", False, False),
    ],
)
def test_the_tighter_policy_holds(
    operators: Uploads, servers: Uploads, member: bool, moderator: bool
) -> None:
    assert may_edit_uploads(operators, servers, moderates=False) is member
    assert may_edit_uploads(operators, servers, moderates=True) is moderator


def test_what_is_no_policy_leaves_it_to_the_operator() -> None:
    assert [uploads_of(stored) for stored in ("off", "never", None)] == ["off", "allow", "allow"]
