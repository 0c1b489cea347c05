"""An unmodified discord.py against the sandbox: the whole story of a picture bot, over the wire."""

import io

import discord
from PIL import Image

from bot.sandbox.app import Sandbox
from bot.sandbox.person import Person


def png(size: tuple[int, int] = (32, 16)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, "PNG")
    return buffer.getvalue()


async def test_slash_command_answers_with_a_picture_in_a_thread(sandbox: Sandbox, bot, grace: Person) -> None:
    @bot.tree.command(description="Paint a picture")
    async def imagine(interaction: discord.Interaction, prompt: str) -> None:
        await interaction.response.send_message("On it.")
        sent = await interaction.original_response()
        thread = await sent.create_thread(name=prompt)
        embed = discord.Embed(title=prompt).set_image(url="attachment://fox.png")
        await thread.send(embed=embed, file=discord.File(io.BytesIO(png()), "fox.png"))

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
    assert posted["attachments"] == []
    async with grace._session.get(image["url"]) as response:
        assert response.content_type == "image/png"
        assert await response.read() == png()
