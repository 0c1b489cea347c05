"""A whole sandbox: everything built once, served on one loopback port, closed in reverse."""

from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType

from aiohttp import web

from bot.sandbox.gateway.server import Gateway
from bot.sandbox.model.files import FileStore
from bot.sandbox.model.persistence import WorldFile
from bot.sandbox.model.records import Application
from bot.sandbox.model.seed import new_world
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.model.world import World
from bot.sandbox.page_api.caller import PersonCaller
from bot.sandbox.page_api.events import ClientEvents
from bot.sandbox.page_api.interactions import ClientInteractions
from bot.sandbox.page_api.routes import ClientApi
from bot.sandbox.rest.api import Api
from bot.sandbox.rest.caller import BotCaller
from bot.sandbox.rest.cdn import Cdn
from bot.sandbox.rest.channels import ChannelHandlers
from bot.sandbox.rest.commands import CommandRoutes
from bot.sandbox.rest.faults import Faults
from bot.sandbox.rest.guard import guard, no_traceback
from bot.sandbox.rest.guilds import GuildRoutes
from bot.sandbox.rest.interactions import InteractionRoutes
from bot.sandbox.rest.messages import MessageHandlers
from bot.sandbox.rest.ratelimit import RateLimiter
from bot.sandbox.rest.recorder import Recorder
from bot.sandbox.rest.threads import ThreadRoutes
from bot.sandbox.rules.channels import Channels
from bot.sandbox.rules.commands import Commands
from bot.sandbox.rules.guilds import Guilds
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.interactions import Interactions
from bot.sandbox.rules.messages import Messages
from bot.sandbox.rules.people import People
from bot.sandbox.rules.reactions import Reactions
from bot.sandbox.rules.threads import Threads

PAGE = Path(__file__).parent / "page"


class Sandbox:
    """`async with Sandbox(SandboxSettings(port=0)) as sandbox:` serves a local Discord meanwhile.

    `hub`, `people`, `guilds`, `channels`, `threads`, `messages`, `reactions` let tests arrange and see the
    world; `faults` spoils things; `recorder` keeps exchanges when the settings ask for it. `endpoints` is
    what there is of Discord's REST API.
    """

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.url = ""
        self._closing = AsyncExitStack()

    @property
    def api_base(self) -> str:
        """Where REST requests go, with the version."""
        return f"{self.url}/api/v10"

    @property
    def cdn_base(self) -> str:
        """The address below which attachments and avatars are served."""
        return f"{self.url}/cdn"

    @property
    def gateway_url(self) -> str:
        """The address bots open their WebSocket at."""
        return self.gateway.url

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.hub.world.application.token

    async def __aenter__(self) -> "Sandbox":
        try:
            await self._open()
        except BaseException:
            await self._closing.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._closing.aclose()

    async def _open(self) -> None:
        folder = self.settings.data_dir
        file = await self._closing.enter_async_context(WorldFile(folder / "world.sqlite" if folder else None))
        world = self._world(file)
        file.follow(world)
        self._build(Hub(self.settings, world, FileStore(folder / "files" if folder else None)))
        await self._serve()

    def _world(self, file: WorldFile) -> World:
        """The saved world, or a new one when there is none yet."""
        saved = file.load()
        application = next((entity for entity in saved if isinstance(entity, Application)), None)
        if application is not None:
            return World(application, saved)
        seed = new_world(self.settings)
        world = World(seed.application, seed.entities)
        for entity in seed.entities:
            world.keep(entity)
        return world

    def _build(self, hub: Hub) -> None:
        self.hub = hub
        self.gateway = Gateway(hub)
        self.faults = Faults(self.gateway)
        self.recorder = Recorder(self.settings.record)
        self.limiter = RateLimiter(self.settings.rate_limits)
        self.people = People(hub)
        self.guilds = Guilds(hub)
        self.threads = Threads(hub)
        self.channels = Channels(hub, self.threads)
        self.messages = Messages(hub, self.threads)
        self.reactions = Reactions(hub, self.threads)
        self.commands = Commands(hub)
        self.interactions = Interactions(hub, self.messages)
        self.client_events = ClientEvents(hub)

    def _application(self) -> web.Application:
        hub = self.hub
        api = Api(hub, self.limiter, self.faults, self.recorder)
        bot, person = BotCaller(hub), PersonCaller(hub)
        self.endpoints = [
            *GuildRoutes(hub, self.gateway, self.people).routes(),
            *ChannelHandlers(hub, bot, self.channels, self.threads, self.messages).routes(),
            *ThreadRoutes(hub, self.threads).routes(),
            *MessageHandlers(hub, bot, self.messages, self.reactions).routes(),
            *CommandRoutes(hub, self.commands).routes(),
            *InteractionRoutes(hub, self.interactions, self.messages).routes(),
        ]
        client = ClientApi(
            hub,
            person,
            self.gateway,
            self.people,
            self.channels,
            self.commands,
            ClientInteractions(hub, self.commands, self.interactions),
            ChannelHandlers(hub, person, self.channels, self.threads, self.messages),
            MessageHandlers(hub, person, self.messages, self.reactions),
        )
        application = web.Application(middlewares=[no_traceback, guard], client_max_size=0)
        application.add_routes(
            [
                web.get("/gateway", self.gateway.handle),
                web.get("/gateway/", self.gateway.handle),
                *api.routes(self.endpoints),
                *client.routes(),
                *self.client_events.routes(),
                *Cdn(hub).routes(),
                *self.faults.routes(),
                web.get("/", _index),
                *([web.static("/page", PAGE)] if PAGE.is_dir() else []),
            ]
        )
        return application

    async def _serve(self) -> None:
        # Discord's clients compress nothing, and aiohttp fails on a compressed body that is none.
        runner = web.AppRunner(
            self._application(), access_log=None, shutdown_timeout=1.0, auto_decompress=False
        )
        await runner.setup()
        self._closing.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, self.settings.host, self.settings.port)
        await site.start()
        self._closing.push_async_callback(self.client_events.close)
        self._closing.push_async_callback(self.gateway.close)
        host, port = runner.addresses[0][:2]
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.url = f"http://{place}"
        self.gateway.url = f"ws://{place}/gateway"
        self.hub.payloads.base_url = self.url


async def _index(request: web.Request) -> web.StreamResponse:
    index = PAGE / "index.html"
    if not index.is_file():
        return web.Response(status=404, text="This sandbox was installed without its page.")
    return web.FileResponse(index)
