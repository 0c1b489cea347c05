"""The permissions asked for, and the names of those that are missing."""

import discord
import pytest

from bot.chat.discord_api.permissions import (
    INVITE,
    invite_link,
    may_open_thread,
    missing_to_post,
    needed_names,
)


def test_nothing_is_missing_with_what_the_invite_link_asks():
    assert missing_to_post(INVITE, in_thread=False) == []
    assert missing_to_post(INVITE, in_thread=True) == []
    assert may_open_thread(INVITE)


def test_the_invite_link_names_the_permissions_and_scopes():
    link = invite_link(123)
    assert f"permissions={INVITE.value}" in link
    assert "client_id=123" in link
    assert "scope=bot+applications.commands" in link


def test_the_invite_asks_for_nothing_that_can_harm_a_server():
    assert not INVITE.administrator
    assert not INVITE.manage_messages
    assert not INVITE.manage_threads
    assert not INVITE.mention_everyone


@pytest.mark.parametrize(
    ("lacking", "in_thread", "named"),
    [
        ("attach_files", False, ["Attach Files"]),
        ("embed_links", True, ["Embed Links"]),
        ("send_messages", False, ["Send Messages"]),
        ("send_messages", True, []),
        ("send_messages_in_threads", False, []),
        ("send_messages_in_threads", True, ["Send Messages in Threads"]),
    ],
)
def test_a_missing_permission_is_named_as_discord_names_it(lacking, in_thread, named):
    permissions = discord.Permissions(INVITE.value)
    permissions.update(**{lacking: False})
    missing = missing_to_post(permissions, in_thread=in_thread)
    assert [name.en for name in missing] == named


def test_every_permission_of_the_link_has_a_name():
    assert len(needed_names()) == sum(1 for _, given in INVITE if given)
