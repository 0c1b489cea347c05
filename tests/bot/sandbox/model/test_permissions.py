"""How roles and overwrites combine, checked against the laws in Discord's documentation."""

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.model.permissions import ALL, Permission, channel_permissions, guild_permissions
from bot.sandbox.model.records import Channel, Member, Overwrite, Role
from bot.sandbox.model.seed import new_world
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.model.world import World, utc_now

bits = st.integers(0, ALL) | st.sampled_from(
    [0, ALL, int(Permission.VIEW_CHANNEL), int(Permission.SEND_MESSAGES)]
)


def place() -> tuple[World, Channel, Member]:
    """A world with one extra role, and a member who has it."""
    seed = new_world(SandboxSettings(port=0))
    world = World(seed.application, seed.entities)
    guild = next(iter(world.guilds.values()))
    guild.roles[7] = Role(id=7, name="painters", permissions=0)
    member = Member(user_id=8, roles=[7], joined_at=utc_now())
    guild.members[8] = member
    return world, next(iter(world.channels.values())), member


@given(everyone=bits, role=bits, denied=bits, allowed=bits, mine_denied=bits, mine_allowed=bits)
def test_layers_apply_from_the_general_to_the_personal(
    everyone: int, role: int, denied: int, allowed: int, mine_denied: int, mine_allowed: int
) -> None:
    world, channel, member = place()
    guild = world.guild(channel.guild_id or 0)
    guild.roles[guild.id].permissions = everyone & ~int(Permission.ADMINISTRATOR)
    guild.roles[7].permissions = role & ~int(Permission.ADMINISTRATOR)
    channel.overwrites = [
        Overwrite(id=member.user_id, type=1, deny=mine_denied, allow=mine_allowed),
        Overwrite(id=7, type=0, deny=denied, allow=allowed),
    ]
    base = guild_permissions(guild, member.user_id)
    expected = (((base & ~denied) | allowed) & ~mine_denied) | mine_allowed
    granted = channel_permissions(world, channel, member.user_id)
    assert base == (everyone | role) & ~int(Permission.ADMINISTRATOR)
    if not expected & Permission.VIEW_CHANNEL:
        assert granted == 0
    else:
        muted = Permission.MENTION_EVERYONE | Permission.SEND_TTS_MESSAGES
        muted |= Permission.ATTACH_FILES | Permission.EMBED_LINKS
        assert granted == (expected if expected & Permission.SEND_MESSAGES else expected & ~int(muted))


@given(denied=bits)
def test_nothing_stops_the_owner_or_an_administrator(denied: int) -> None:
    world, channel, member = place()
    guild = world.guild(channel.guild_id or 0)
    guild.roles[7].permissions = int(Permission.ADMINISTRATOR)
    channel.overwrites = [Overwrite(id=guild.id, type=0, deny=denied), Overwrite(id=7, type=0, deny=denied)]
    assert channel_permissions(world, channel, guild.owner_id) == ALL
    assert channel_permissions(world, channel, member.user_id) == ALL


def test_strangers_may_nothing() -> None:
    world, channel, _ = place()
    assert channel_permissions(world, channel, 999) == 0
    world.guild(channel.guild_id or 0).members.pop(8)
    assert channel_permissions(world, channel, 8) == 0
