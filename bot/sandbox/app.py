"""A whole sandbox: everything built once, served on one loopback port, closed in reverse."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType

from aiohttp import web

from bot.sandbox.gateway.gateway import Gateway
from bot.sandbox.model.files import FileStore
from bot.sandbox.model.models import Application
from bot.sandbox.model.persistence import WorldFile
from bot.sandbox.model.seed import new_world
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.model.world import World
from bot.sandbox.page_api.client_api import ClientApi
from bot.sandbox.page_api.client_events import ClientEvents
from bot.sandbox.page_api.client_interactions import ClientInteractions
from bot.sandbox.rest.api import Api
from bot.sandbox.rest.cdn import Cdn
from bot.sandbox.rest.faults import Faults
from bot.sandbox.rest.ratelimit import RateLimiter
from bot.sandbox.rest.recorder import Recorder
from bot.sandbox.rest.rest_channels import ChannelRoutes
from bot.sandbox.rest.rest_commands import CommandRoutes
from bot.sandbox.rest.rest_guilds import GuildRoutes
from bot.sandbox.rest.rest_interactions import InteractionRoutes
from bot.sandbox.rest.rest_messages import MessageRoutes
from bot.sandbox.rules.channels import Channels
from bot.sandbox.rules.commands import Commands
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.interactions import Interactions
from bot.sandbox.rules.messages import Messages
from bot.sandbox.rules.people import People
from bot.sandbox.rules.reactions import Reactions
from bot.sandbox.rules.threads import Threads

PAGE = Path(__file__).parent / "page"
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
PAGE_POLICY = "default-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws:; base-uri 'none'"


class Sandbox:
    """`async with Sandbox(SandboxSettings(port=0)) as sandbox:` serves a local Discord meanwhile.

    `hub`, `people`, `channels`, `threads`, `messages`, `reactions` let tests arrange and inspect the
    world; `faults` spoils things; `recorder` keeps exchanges when the settings ask for it.
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
        self.channels = Channels(hub)
        self.threads = Threads(hub)
        self.messages = Messages(hub, self.threads)
        self.reactions = Reactions(hub, self.threads)
        self.commands = Commands(hub)
        self.interactions = Interactions(hub, self.messages)
        self.client_events = ClientEvents(hub)

    def _application(self) -> web.Application:
        hub = self.hub
        api = Api(hub, self.limiter, self.faults, self.recorder)
        endpoints = [
            *GuildRoutes(hub, self.gateway, self.people).routes(),
            *ChannelRoutes(hub, self.channels, self.threads, self.messages).routes(),
            *MessageRoutes(hub, self.messages, self.reactions).routes(),
            *CommandRoutes(hub, self.commands).routes(),
            *InteractionRoutes(hub, self.interactions, self.messages).routes(),
        ]
        client = ClientApi(
            hub,
            self.gateway,
            self.people,
            self.channels,
            self.threads,
            self.messages,
            self.reactions,
            self.commands,
            ClientInteractions(hub, self.commands, self.interactions),
        )
        application = web.Application(middlewares=[_loopback_only], client_max_size=0)
        application.add_routes(
            [
                web.get("/gateway", self.gateway.handle),
                web.get("/gateway/", self.gateway.handle),
                *api.routes(endpoints),
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
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
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


@web.middleware
async def _loopback_only(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse requests under a foreign host name: a web page elsewhere could have resolved it to us."""
    if request.host.rpartition(":")[0] not in LOOPBACK_NAMES and request.host not in LOOPBACK_NAMES:
        return web.Response(status=403, text="The sandbox answers only under a loopback address.")
    response = await handler(request)
    if request.path == "/" or request.path.startswith("/page/"):
        response.headers["Content-Security-Policy"] = PAGE_POLICY
        response.headers["Cache-Control"] = "no-cache"
    return response


async def _index(request: web.Request) -> web.StreamResponse:
    index = PAGE / "index.html"
    if not index.is_file():
        return web.Response(status=404, text="This sandbox was installed without its page.")
    return web.FileResponse(index)
