"""An unmodified discord.py against the sandbox: the whole story of a picture bot, over the wire."""

import io

import discord
import pytest
from discord import app_commands
from PIL import Image

from bot.sandbox.app import Sandbox
from bot.sandbox.person import Person


def png(colour: str = "red", size: tuple[int, int] = (32, 16)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def picture(name: str = "fox.png", colour: str = "red") -> discord.File:
    return discord.File(io.BytesIO(png(colour)), name)


async def test_logs_in_and_sees_the_server(sandbox: Sandbox, bot) -> None:
    guild = bot.guilds[0]
    assert (bot.user.name, guild.name, guild.owner_id) == ("DiffChat", "Paint Club", guild.owner_id)
    assert [channel.name for channel in guild.text_channels] == ["pictures", "general", "after-dark"]
    assert [c.nsfw for c in guild.text_channels] == [False, False, True]
    assert guild.me.guild_permissions.create_public_threads
    assert not guild.me.guild_permissions.manage_messages
    assert guild.owner is None  # without the members intent only the bot itself is listed
    assert (await guild.fetch_member(guild.owner_id)).name == "Ada"
    assert (await bot.application_info()).owner.name == "Ada"


async def test_slash_command_answers_with_a_picture_in_a_thread(sandbox: Sandbox, bot, grace: Person) -> None:
    @bot.tree.command(description="Paint a picture")
    async def imagine(interaction: discord.Interaction, prompt: str) -> None:
        await interaction.response.send_message("On it.")
        sent = await interaction.original_response()
        thread = await sent.create_thread(name=prompt)
        embed = discord.Embed(title=prompt).set_image(url="attachment://fox.png")
        await thread.send(embed=embed, file=picture())

    synced = await bot.tree.sync()
    pictures = await grace.channel_id("pictures")
    interaction = await grace.slash(pictures, "imagine", prompt="a fox")
    await grace.wait_for("INTERACTION_SUCCESS", lambda d: d["id"] == interaction)
    thread = await grace.wait_for("THREAD_CREATE")
    posted = await grace.wait_for("MESSAGE_CREATE", lambda d: bool(d["embeds"]))

    assert [command.name for command in synced] == ["imagine"]
    assert thread["name"] == "a fox"
    assert thread["parent_id"] == pictures
    assert posted["channel_id"] == thread["id"]
    image = posted["embeds"][0]["image"]
    assert (image["width"], image["height"]) == (32, 16)
    assert posted["attachments"] == []  # an embed shows it, so it is not listed again
    assert await grace.download(image["url"]) == ("image/png", png())


async def test_autocomplete_offers_the_bots_choices(sandbox: Sandbox, bot, grace: Person) -> None:
    async def styles(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        names = ["watercolour", "oil", "ink"]
        return [app_commands.Choice(name=n, value=n) for n in names if n.startswith(typed)]

    @bot.tree.command(description="Paint")
    @app_commands.autocomplete(style=styles)
    async def imagine(interaction: discord.Interaction, prompt: str, style: str | None = None) -> None:
        await interaction.response.send_message(str(style))

    await bot.tree.sync()
    choices = await grace.autocomplete(await grace.channel_id("pictures"), "imagine", "style", "wa")
    assert choices == [{"name": "watercolour", "value": "watercolour"}]


async def test_options_of_every_kind_arrive_resolved(sandbox: Sandbox, bot, grace: Person) -> None:
    seen: dict[str, object] = {}

    @bot.tree.command(description="Everything")
    async def everything(
        interaction: discord.Interaction,
        count: app_commands.Range[int, 1, 4],
        ratio: float,
        public: bool,
        who: discord.Member,
        where: discord.TextChannel,
        role: discord.Role,
        image: discord.Attachment,
    ) -> None:
        seen.update(count=count, ratio=ratio, public=public, who=who.name, where=where.name)
        seen.update(role=role.name, image=await image.read(), size=(image.width, image.height))
        await interaction.response.send_message("ok", ephemeral=True)

    await bot.tree.sync()
    pictures = await grace.channel_id("pictures")
    options = {"count": 3, "ratio": 1.5, "public": True, "who": grace.id, "where": pictures}
    await grace.slash(pictures, "everything", role=str(bot.guilds[0].id), image=png(), **options)
    await grace.wait_for("INTERACTION_SUCCESS")
    assert seen == {
        "count": 3, "ratio": 1.5, "public": True, "who": "Grace", "where": "pictures",
        "role": "@everyone", "image": png(), "size": (32, 16),
    }  # fmt: skip


async def test_button_opens_a_modal_whose_text_edits_the_message(
    sandbox: Sandbox, bot, grace: Person
) -> None:
    class Refine(discord.ui.Modal, title="Refine"):
        words: discord.ui.TextInput[discord.ui.View] = discord.ui.TextInput(
            label="What should change?", required=True
        )

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.edit_message(content=f"refined: {self.words.value}")

    class Buttons(discord.ui.View):
        @discord.ui.button(label="Refine", emoji="✏️", custom_id="refine")
        async def refine(self, interaction: discord.Interaction, button: discord.ui.Button) -> None:
            await interaction.response.send_modal(Refine())

    channel = bot.guilds[0].text_channels[0]
    await channel.send("a fox", view=Buttons())
    message = await grace.wait_for("MESSAGE_CREATE")
    await grace.click(message, "Refine")
    modal = (await grace.wait_for("INTERACTION_MODAL"))["modal"]
    field = modal["components"][0].get("component") or modal["components"][0]["components"][0]
    await grace.submit(str(channel.id), modal, {field["custom_id"]: "at night"})
    changed = await grace.wait_for("MESSAGE_UPDATE")

    assert modal["title"] == "Refine"
    assert (changed["id"], changed["content"]) == (message["id"], "refined: at night")


async def test_select_menu_and_context_menu(sandbox: Sandbox, bot, grace: Person) -> None:
    class Menu(discord.ui.View):
        @discord.ui.select(options=[discord.SelectOption(label=c) for c in ("red", "blue")])
        async def colour(self, interaction: discord.Interaction, select: discord.ui.Select) -> None:
            await interaction.response.edit_message(content=select.values[0], view=None)

    @bot.tree.context_menu(name="Imagine from this")
    async def from_this(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content[::-1])

    await bot.tree.sync()
    channel = bot.guilds[0].text_channels[0]
    await channel.send("choose", view=Menu())
    await grace.choose(await grace.wait_for("MESSAGE_CREATE"), ["blue"])
    chosen = await grace.wait_for("MESSAGE_UPDATE")
    said = await grace.say(str(channel.id), "xof")
    await grace.menu(str(channel.id), "Imagine from this", said["id"])
    answer = await grace.wait_for("MESSAGE_CREATE", lambda d: d["content"] == "fox")

    assert (chosen["content"], chosen["components"]) == ("blue", [])
    assert answer["interaction_metadata"]["target_message_id"] == said["id"]


async def test_first_followup_replaces_the_loading_message(sandbox: Sandbox, bot, grace: Person) -> None:
    @bot.tree.command(description="Slow")
    async def slow(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.followup.send("first", file=picture())
        await interaction.followup.send("second")

    await bot.tree.sync()
    general = await grace.channel_id("general")
    await grace.slash(general, "slow")
    loading = await grace.wait_for("MESSAGE_CREATE")
    first = await grace.wait_for("MESSAGE_UPDATE")
    second = await grace.wait_for("MESSAGE_CREATE", lambda d: d["content"] == "second")

    assert loading["flags"] & 128
    assert (first["id"], first["content"], first["flags"] & 128) == (loading["id"], "first", 0)
    assert first["attachments"][0]["filename"] == "fox.png"
    assert second["message_reference"]["message_id"] == first["id"]
    assert [m["content"] for m in await grace.messages(general)] == ["second", "first"]


async def test_ephemeral_answer_is_seen_by_one_person_only(
    sandbox: Sandbox, bot, ada: Person, grace: Person
) -> None:
    @bot.tree.command(description="Whisper")
    async def whisper(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("only you", ephemeral=True)
        await interaction.edit_original_response(content="still only you")

    await bot.tree.sync()
    general = await grace.channel_id("general")
    await grace.slash(general, "whisper")
    changed = await grace.wait_for("MESSAGE_UPDATE")

    assert changed["flags"] & 64
    assert [m["content"] for m in await grace.messages(general)] == ["still only you"]
    assert await ada.messages(general) == []
    assert "MESSAGE_CREATE" not in [event["t"] for event in ada.events]
    channel = bot.get_channel(int(general))
    with pytest.raises(discord.NotFound, match="10008"):
        await channel.fetch_message(int(changed["id"]))
    assert [m async for m in channel.history()] == []


async def test_editing_keeps_drops_and_adds_files(sandbox: Sandbox, bot) -> None:
    channel = bot.guilds[0].text_channels[0]
    message = await channel.send("two", files=[picture("a.png"), picture("b.png")])
    one = await message.edit(attachments=[message.attachments[1]])
    two = await one.edit(attachments=[*one.attachments, picture("c.png", "blue")])
    same = await two.edit(content="text only")
    none = await same.edit(attachments=[])

    assert [a.filename for a in one.attachments] == ["b.png"]
    assert [a.filename for a in two.attachments] == ["b.png", "c.png"]
    assert [a.filename for a in same.attachments] == ["b.png", "c.png"]
    assert (none.attachments, none.content) == ([], "text only")


async def test_reactions_come_as_raw_events_and_can_be_listed(sandbox: Sandbox, bot, grace: Person) -> None:
    channel = bot.guilds[0].text_channels[0]
    message = await channel.send("vote")
    await message.add_reaction("👍")
    await grace.react(str(channel.id), str(message.id), "👍")
    await grace.react(str(channel.id), str(message.id), "❤️")
    added = await bot.until("raw_reaction_add", times=3)
    await grace.react(str(channel.id), str(message.id), "❤️", on=False)
    removed = await bot.until("raw_reaction_remove")
    fetched = await channel.fetch_message(message.id)

    assert (str(added.emoji), added.user_id, added.member.name) == ("❤️", int(grace.id), "Grace")
    assert (str(removed.emoji), removed.user_id) == ("❤️", int(grace.id))
    assert [(str(r.emoji), r.count, r.me) for r in fetched.reactions] == [("👍", 2, True)]
    assert {user.name async for user in fetched.reactions[0].users()} == {"Grace", "DiffChat"}


async def test_replies_threads_and_direct_messages(sandbox: Sandbox, bot, grace: Person) -> None:
    channel = bot.guilds[0].text_channels[0]
    first = await channel.send("first")
    reply = await grace.say(str(channel.id), "make it night", reply_to=str(first.id))
    heard = await bot.until("message", times=2)
    thread = await first.create_thread(name="night")
    inside = await grace.say(str(thread.id), "hello there")
    member = bot.guilds[0].get_member(int(grace.id)) or await bot.guilds[0].fetch_member(int(grace.id))
    direct = await member.send("psst", file=picture())
    answer = await grace.say(str(direct.channel.id), "what?")

    assert heard.reference.message_id == first.id
    assert heard.mentions == [bot.user]
    assert reply["referenced_message"]["content"] == "first"
    assert {m.id for m in await thread.fetch_members()} == {bot.user.id, int(grace.id)}
    assert [m.content async for m in thread.history(limit=1)] == [inside["content"]]
    assert [m.content async for m in direct.channel.history()] == [answer["content"], "psst"]


async def test_history_pages_before_after_and_around(sandbox: Sandbox, bot) -> None:
    channel = bot.guilds[0].text_channels[1]
    sent = [await channel.send(str(number)) for number in range(8)]

    async def contents(**where: object) -> list[str]:
        return [message.content async for message in channel.history(**where)]

    assert await contents(limit=3) == ["7", "6", "5"]
    assert await contents(limit=2, before=sent[4]) == ["3", "2"]
    assert await contents(limit=2, after=sent[4]) == ["5", "6"]
    assert sorted(await contents(limit=3, around=sent[4])) == ["3", "4", "5"]


async def test_nonce_makes_a_repeated_send_harmless(sandbox: Sandbox, bot) -> None:
    channel = bot.guilds[0].text_channels[0]
    payload = {"content": "once", "nonce": "job-1", "enforce_nonce": True}
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)
    first = await bot.http.request(route, json=payload)
    second = await bot.http.request(route, json=payload)
    assert first["id"] == second["id"]
    assert [message.content async for message in channel.history()] == ["once"]
