"""A small bot on unmodified discord.py that uses everything the page shows. It paints flat colours."""

import asyncio
import io
from typing import Literal

import discord
from discord import app_commands
from PIL import Image

STYLES = ("watercolor", "ink drawing", "oil painting", "pixel art")


def picture(colour: str) -> discord.File:
    """A 128 x 128 PNG."""
    data = io.BytesIO()
    Image.new("RGB", (128, 128), colour).save(data, "PNG")
    data.seek(0)
    return discord.File(data, f"{colour}.png")


class Change(discord.ui.Modal, title="Refine the picture"):
    instruction: discord.ui.TextInput["Change"] = discord.ui.TextInput(label="What should change?")
    reason: discord.ui.TextInput["Change"] = discord.ui.TextInput(
        label="Why?", style=discord.TextStyle.paragraph, required=False
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"You asked: **{self.instruction.value}**", ephemeral=True)


class Controls(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Button(label="Help", url="https://example.org/help"))

    @discord.ui.button(label="Refine", style=discord.ButtonStyle.primary, custom_id="refine")
    async def refine(self, interaction: discord.Interaction, _: discord.ui.Button["Controls"]) -> None:
        await interaction.response.send_modal(Change())

    @discord.ui.button(label="Seed", emoji="🎲", custom_id="seed")
    async def seed(self, interaction: discord.Interaction, _: discord.ui.Button["Controls"]) -> None:
        await asyncio.sleep(0.2)
        await interaction.response.send_message("The seed is `42`.", ephemeral=True)

    @discord.ui.button(label="Broken", custom_id="broken")
    async def broken(self, interaction: discord.Interaction, _: discord.ui.Button["Controls"]) -> None:
        """Never answers."""

    @discord.ui.button(label="Off", custom_id="off", disabled=True)
    async def off(self, interaction: discord.Interaction, _: discord.ui.Button["Controls"]) -> None:
        """Cannot be pressed."""

    @discord.ui.select(
        placeholder="Choose a style",
        custom_id="style",
        options=[discord.SelectOption(label=style.title(), value=style) for style in STYLES],
    )
    async def style(self, interaction: discord.Interaction, select: discord.ui.Select["Controls"]) -> None:
        sample = picture("gold")
        await interaction.response.send_message(f"Style: {select.values[0]}", file=sample, ephemeral=True)


class Laid(discord.ui.LayoutView):
    """One of each layout component."""

    above: discord.ui.TextDisplay["Laid"] = discord.ui.TextDisplay("-# For everybody")
    frame: discord.ui.Container["Laid"] = discord.ui.Container(
        discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://olive.png", description="an olive")),
        discord.ui.TextDisplay("**olive**\na ~~red~~ **green** thing"),
        discord.ui.Separator(),
        discord.ui.Section(
            "I was not sure what you meant",
            accessory=discord.ui.Button(
                label="Help, that is not what I meant", url="https://example.org/help"
            ),
        ),
        discord.ui.ActionRow(discord.ui.Button(label="Refine", custom_id="refine", emoji="✏️")),
        accent_colour=0x3BA55D,
    )


class Painter(discord.Client):
    """`/imagine` opens a thread with a picture; a message in it gets another one. `asked` keeps options.

    "lay it out" gets a layout.
    """

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.all())
        self.asked: list[dict[str, object]] = []
        self.tree = app_commands.CommandTree(self)
        self.tree.command(description="Paint a picture and open a thread for it")(
            app_commands.autocomplete(style=style_names)(imagine)
        )
        self.tree.command(name="help", description="What this bot can do")(show_help)
        self.tree.command(description="Never answers")(silent)
        self.tree.command(description="Send a picture back")(copy)
        self.tree.command(description="Order a picture")(order)
        self.tree.add_command(app_commands.ContextMenu(name="Describe", callback=describe))
        votes = app_commands.Group(name="votes", description="What people liked")
        votes.command(name="top", description="The best pictures")(top)
        self.tree.add_command(votes)

    async def setup_hook(self) -> None:
        self.add_view(Controls())
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot or not isinstance(message.channel, discord.Thread | discord.DMChannel):
            return
        if message.content == "lay it out":
            layout = Laid()
            layout.stop()  # so that `Controls` answers its button
            await message.channel.send(view=layout, file=picture("olive"))
            return
        async with message.channel.typing():
            await asyncio.sleep(0.4)
            await paint(message.channel, message.content, "navy", "**+ night**  ~~day~~")


async def paint(place: discord.abc.Messageable, prompt: str, colour: str, change: str = "") -> None:
    embed = discord.Embed(description=f"{prompt}\n{change}", colour=0xC8452E)
    embed.add_field(name="Seed", value="`42`").set_image(url=f"attachment://{colour}.png")
    await place.send(embed=embed, file=picture(colour), view=Controls())


@app_commands.describe(prompt="What the picture shows", style="Its look", count="How many pictures")
async def imagine(
    interaction: discord.Interaction,
    prompt: app_commands.Range[str, 1, 300],
    style: str | None = None,
    count: app_commands.Range[int, 1, 4] = 1,
) -> None:
    client = interaction.client
    assert isinstance(client, Painter)
    assert isinstance(interaction.channel, discord.TextChannel)
    client.asked.append({"prompt": prompt, "style": style, "count": count})
    await interaction.response.send_message(f"🎨 **{prompt}**")
    answer = await interaction.original_response()
    message = await interaction.channel.fetch_message(answer.id)
    thread = await message.create_thread(name=prompt[:100])
    await paint(thread, prompt, "tomato")


async def style_names(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=style, value=style) for style in STYLES if typed.lower() in style]


async def show_help(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(
        "# Painter\nSay *what* you **want**, <t:1000000000:R>, ||quietly||.", ephemeral=True
    )


async def silent(interaction: discord.Interaction) -> None:
    """Leaves the person without an answer."""


async def copy(interaction: discord.Interaction, original: discord.Attachment) -> None:
    await interaction.response.defer()
    await interaction.followup.send("One moment")
    await interaction.followup.send("Here it is", file=await original.to_file())


async def order(
    interaction: discord.Interaction,
    size: Literal["small", "medium", "large"],
    background: str | None = None,
    orientation: str | None = None,
    resolution: str | None = None,
    wrapping: str | None = None,
    handwritten_note: str | None = None,
) -> None:
    await interaction.response.send_message(f"One {size} picture")


async def describe(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"It says: {message.content}", ephemeral=True)


async def top(interaction: discord.Interaction, person: discord.Member | None = None) -> None:
    await interaction.response.send_message(f"Best of {person.name if person else 'everyone'}")
