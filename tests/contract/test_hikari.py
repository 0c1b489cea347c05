"""Another library's bot, hikari, on the same sandbox: nothing there is made for discord.py."""

import asyncio
import io
import logging

import hikari
import pytest
from PIL import Image

from bot.sandbox.app import Sandbox
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.person import Person


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "blue").save(buffer, "PNG")
    return buffer.getvalue()


async def test_hikari_registers_a_command_and_answers_it_with_a_file(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with Sandbox(SandboxSettings(port=0)) as sandbox, Person.enter(sandbox.url, "Grace") as grace:
        bot = hikari.GatewayBot(sandbox.token, rest_url=sandbox.api_base, banner=None, logs=None)
        ready = asyncio.Event()

        @bot.listen(hikari.StartedEvent)
        async def on_started(event: hikari.StartedEvent) -> None:
            application = await bot.rest.fetch_application()
            command = bot.rest.slash_command_builder("paint", "Paint a picture")
            option = hikari.CommandOption(
                type=hikari.OptionType.STRING, name="prompt", description="What", is_required=True
            )
            await bot.rest.set_application_commands(application.id, [command.add_option(option)])
            ready.set()

        @bot.listen(hikari.CommandInteractionCreateEvent)
        async def on_command(event: hikari.CommandInteractionCreateEvent) -> None:
            prompt = event.interaction.options[0].value
            await event.interaction.create_initial_response(
                hikari.ResponseType.MESSAGE_CREATE, prompt, attachment=hikari.Bytes(png(), "blue.png")
            )

        await bot.start(check_for_updates=False)
        try:
            await asyncio.wait_for(ready.wait(), 10)
            await grace.slash(await grace.channel_id("pictures"), "paint", prompt="a blue square")
            posted = await grace.wait_for("MESSAGE_CREATE")
            assert posted["content"] == "a blue square"
            assert await grace.download(posted["attachments"][0]["url"]) == ("image/png", png())
        finally:
            await bot.close()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
