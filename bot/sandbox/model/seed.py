"""The world a new sandbox starts with: one server, three channels, one bot, a few people."""

import base64
import secrets
from dataclasses import dataclass

from bot.sandbox.model.permissions import EVERYONE
from bot.sandbox.model.records import Application, Channel, ChannelType, Entity, Guild, Member, Role, User
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.model.snowflake import SnowflakeFactory
from bot.sandbox.model.world import utc_now

PEOPLE = ("Ada", "Grace", "Linus", "Margaret")
BOT_NAME = "DiffChat"
GUILD_NAME = "Paint Club"


@dataclass(frozen=True)
class Seed:
    """What a new world begins with."""

    application: Application
    entities: list[Entity]


def new_world(settings: SandboxSettings) -> Seed:
    """A fresh world: Ada owns "Paint Club", the bot is a member of it, #pictures is the first channel."""
    new_id = SnowflakeFactory()
    bot = User(id=new_id(), name=BOT_NAME, bot=True)
    people = [User(id=new_id(), name=name) for name in PEOPLE]
    application = Application(
        id=bot.id,
        name=BOT_NAME,
        bot_id=bot.id,
        owner_id=people[0].id,
        token=settings.token or new_token(bot.id),
        verify_key=secrets.token_hex(32),
    )
    guild = _guild(new_id, settings, bot, people)
    channels = [
        Channel(
            id=new_id(),
            type=ChannelType.TEXT,
            name=name,
            guild_id=guild.id,
            position=place,
            nsfw=nsfw,
            topic=topic,
        )
        for place, (name, nsfw, topic) in enumerate(
            (
                ("pictures", False, "Type /imagine and say what you want to see."),
                ("general", False, "Everything else."),
                ("after-dark", True, "Age-restricted."),
            )
        )
    ]
    return Seed(application, [application, bot, *people, guild, *channels])


def new_token(bot_id: int) -> str:
    """A bot token in Discord's form: the first part is the id in base64, which some libraries read."""
    head = base64.urlsafe_b64encode(str(bot_id).encode()).decode().rstrip("=")
    return f"{head}.{secrets.token_urlsafe(4)}.{secrets.token_urlsafe(28)}"


def _guild(new_id: SnowflakeFactory, settings: SandboxSettings, bot: User, people: list[User]) -> Guild:
    guild_id, role_id, now = new_id(), new_id(), utc_now()
    everyone = Role(id=guild_id, name="@everyone", permissions=int(EVERYONE))
    own_role = Role(id=role_id, name=bot.name, permissions=int(EVERYONE), position=1, managed_by=bot.id)
    members = [Member(user_id=user.id, joined_at=now) for user in people]
    members.append(Member(user_id=bot.id, roles=[role_id], joined_at=now))
    return Guild(
        id=guild_id,
        name=GUILD_NAME,
        owner_id=people[0].id,
        attachment_limit=settings.attachment_limit,
        roles={guild_id: everyone, role_id: own_role},
        members={member.user_id: member for member in members},
    )
