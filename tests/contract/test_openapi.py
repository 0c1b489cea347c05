"""Everything the sandbox answers, and everything it accepts, keeps to Discord's OpenAPI description."""

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest
from discord import app_commands
from PIL import Image

from bot.sandbox.app import Sandbox
from bot.sandbox.connect import point_discord_py_at
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.person import Person
from bot.sandbox.rest.recorder import Exchange
from tests.contract.openapi import validate_exchange


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(SandboxSettings(port=0, rate_limits=False, record=True)) as running:
        yield running


def picture(name: str) -> discord.File:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    buffer.seek(0)
    return discord.File(buffer, name, description="red")


class Painter(discord.Client):
    """A bot that uses every kind of answer once."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.all())
        self.tree = app_commands.CommandTree(self)
        self.ready = asyncio.Event()
        self.tree.command(description="Paint")(imagine)
        self.tree.command(description="Later")(later)
        self.tree.context_menu(name="Look")(look)

    async def on_ready(self) -> None:
        self.ready.set()


class Words(discord.ui.Modal, title="Words"):
    words: discord.ui.TextInput[discord.ui.View] = discord.ui.TextInput(label="Words")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content=self.words.value)


class Buttons(discord.ui.View):
    @discord.ui.button(label="Refine", custom_id="refine")
    async def refine(self, interaction: discord.Interaction, button: discord.ui.Button) -> None:
        await interaction.response.send_modal(Words())

    @discord.ui.button(label="Quiet", custom_id="quiet", style=discord.ButtonStyle.red)
    async def quiet(self, interaction: discord.Interaction, button: discord.ui.Button) -> None:
        await interaction.response.defer()
        await interaction.followup.send("more")

    @discord.ui.select(custom_id="menu", options=[discord.SelectOption(label="a", description="b")])
    async def menu(self, interaction: discord.Interaction, select: discord.ui.Select) -> None:
        await interaction.response.send_message("chosen", delete_after=None)


async def imagine(interaction: discord.Interaction, prompt: str, image: discord.Attachment | None) -> None:
    embed = discord.Embed(title=prompt, colour=1).set_image(url="attachment://a.png")
    embed.add_field(name="seed", value="7").set_footer(text="1 s").set_author(name="x")
    await interaction.response.send_message(embed=embed, file=picture("a.png"), view=Buttons())
    sent = await interaction.original_response()
    await interaction.edit_original_response(content="edited", attachments=[picture("b.png")])
    thread = await sent.create_thread(name=prompt)
    await thread.send("in the thread", files=[picture("c.png"), picture("d.png")])


async def later(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True)
    message = await interaction.followup.send("done", wait=True)
    await message.edit(content="really")
    await interaction.delete_original_response()


async def look(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message("seen", ephemeral=True)


async def play_interactions(painter: Painter, person: Person, channel_id: str) -> None:
    await painter.tree.sync()
    await painter.tree.fetch_commands()
    await person.slash(channel_id, "imagine", prompt="a fox")
    posted = await person.wait_for("MESSAGE_UPDATE", lambda d: d["content"] == "edited")
    await person.click(posted, "Quiet")
    await person.wait_for("MESSAGE_CREATE", lambda d: d["content"] == "more")
    await person.choose(posted, ["a"])
    await person.wait_for("MESSAGE_CREATE", lambda d: d["content"] == "chosen")
    await person.click(posted, "Refine")
    modal = (await person.wait_for("INTERACTION_MODAL"))["modal"]
    field = modal["components"][0].get("component") or modal["components"][0]["components"][0]
    await person.submit(channel_id, modal, {field["custom_id"]: "new words"})
    await person.wait_for("MESSAGE_UPDATE", lambda d: d["content"] == "new words")
    await person.slash(channel_id, "later")
    await person.wait_for("MESSAGE_DELETE")
    await person.menu(channel_id, "Look", posted["id"])
    await person.wait_for("MESSAGE_CREATE", lambda d: d["content"] == "seen")


async def play_rest(painter: Painter, person: Person) -> None:
    guild = painter.guilds[0]
    channel = guild.text_channels[0]
    await painter.fetch_guild(guild.id)
    [g async for g in painter.fetch_guilds()]
    await painter.fetch_user(int(person.id))
    await guild.fetch_member(int(person.id))
    await guild.fetch_channels()
    await guild.fetch_roles()
    [m async for m in guild.fetch_members()]
    message = await channel.send("hello", silent=True)
    await message.edit(content="hello you", embed=discord.Embed(description="x"))
    reply = await message.reply("answer", mention_author=False)
    await message.add_reaction("👍")
    [u async for u in (await channel.fetch_message(message.id)).reactions[0].users()]
    assert painter.user is not None
    await message.remove_reaction("👍", painter.user)
    [m async for m in channel.history(limit=5, before=reply)]
    async with channel.typing():
        await reply.delete()
    thread = await channel.create_thread(name="loose", type=discord.ChannelType.public_thread)
    await thread.send("x")
    await thread.edit(name="renamed", auto_archive_duration=60)
    await thread.add_user(discord.Object(int(person.id)))
    await thread.fetch_members()
    await thread.edit(archived=True)
    await guild.active_threads()
    [t async for t in channel.archived_threads()]
    await painter.fetch_channel(thread.id)
    member = await guild.fetch_member(int(person.id))
    await member.send("psst", file=picture("e.png"))


async def play_refusals(sandbox: Sandbox, painter: Painter) -> None:
    channel = painter.guilds[0].text_channels[0]
    for refused in (
        channel.send("x" * 2001),
        channel.send(""),
        channel.fetch_message(1),
        painter.fetch_channel(1),
        channel.edit(name="x"),
        channel.delete(),
    ):
        with pytest.raises(discord.HTTPException):
            await refused
    async with aiohttp.ClientSession() as session:
        await session.get(f"{sandbox.api_base}/users/@me")
        await session.post(f"{sandbox.api_base}/interactions/1/x/callback", json={"type": 1})
        await session.get(f"{sandbox.api_base}/gateway")


async def test_every_recorded_exchange_keeps_to_the_description(sandbox: Sandbox) -> None:
    painter = Painter()
    with point_discord_py_at(sandbox.url):
        async with Person.enter(sandbox.url, "Grace") as grace:
            running = asyncio.create_task(painter.start(sandbox.token))
            await asyncio.wait_for(painter.ready.wait(), 10)
            await play_interactions(painter, grace, await grace.channel_id("pictures"))
            await play_rest(painter, grace)
            await play_refusals(sandbox, painter)
            await painter.close()
            await asyncio.gather(running, return_exceptions=True)
    problems = [problem for exchange in sandbox.recorder.exchanges for problem in validate_exchange(exchange)]
    operations = {(exchange.method, exchange.path) for exchange in sandbox.recorder.exchanges}
    assert not problems, "\n".join(problems)
    assert len(operations) >= 35


def test_the_check_finds_what_is_wrong() -> None:
    """The validator itself: a missing field, an unknown operation, a wrong request are all told."""
    url = "/api/v10/users/@me"
    bad = Exchange("GET", "/users/@me", url, "", None, 200, {"id": "1"})
    unknown = Exchange("GET", "/nowhere", "/api/v10/nowhere", "", None, 200, {})
    wrong = Exchange(
        "POST", "/users/@me/channels", "/api/v10/users/@me/channels", "", {"recipient_id": []}, 400, None
    )
    assert "required property" in validate_exchange(bad)[0]
    assert "no such operation" in validate_exchange(unknown)[0]
    assert validate_exchange(wrong)
