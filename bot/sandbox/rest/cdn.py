"""Serving files: attachments of messages, and the plain avatars of people without one."""

from urllib.parse import quote

from aiohttp import web

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.files import PICTURES
from bot.sandbox.model.records import Attachment
from bot.sandbox.rest.reading import path_id
from bot.sandbox.rules.hub import Hub

AVATAR_COLOURS = ("#5865f2", "#757e8a", "#3ba55c", "#faa61a", "#ed4245", "#eb459e")
# Uploads are untrusted: only pictures open in the browser, everything else is a download.
GUARDS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


class Cdn:
    """Serves attachments and avatars, as Discord's CDN does."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[web.RouteDef]:
        """Where they are."""
        return [
            web.get("/cdn/attachments/{channel_id}/{attachment_id}/{filename}", self.attachment),
            web.get("/cdn/embed/avatars/{index}.png", self.default_avatar),
        ]

    async def attachment(self, request: web.Request) -> web.Response:
        """The bytes of an attachment, with the content type found when it was uploaded."""
        found = self._find(request)
        data = self._hub.files.read(found.digest) if found is not None else None
        if found is None or data is None:
            return web.Response(status=404, text="This content is no longer available.")
        picture_type = found.content_type if found.content_type in PICTURES else None
        place = "attachment" if picture_type is None else "inline"
        headers = GUARDS | {
            "Content-Type": picture_type or "application/octet-stream",
            "Content-Disposition": f"{place}; filename*=UTF-8''{quote(found.filename)}",
            "Cache-Control": "private, max-age=86400",
        }
        return web.Response(body=data, headers=headers)

    async def default_avatar(self, request: web.Request) -> web.Response:
        """GET /cdn/embed/avatars/{index}.png: the picture of people without one."""
        try:
            colour = AVATAR_COLOURS[path_id(request, "index") % len(AVATAR_COLOURS)]
        except ApiError:
            colour = AVATAR_COLOURS[0]
        circle = (
            f'<svg xmlns="http://www.w3.org/2000/svg"><rect width="256" height="256" fill="{colour}"/></svg>'
        )
        return web.Response(text=circle, content_type="image/svg+xml")

    def _find(self, request: web.Request) -> Attachment | None:
        try:
            channel_id, wanted = path_id(request, "channel_id"), path_id(request, "attachment_id")
        except ApiError:
            return None
        for message in self._hub.world.messages(channel_id):
            forwarded = [attachment for part in message.snapshots for attachment in part.attachments]
            for attachment in (*message.attachments, *forwarded):
                if attachment.id == wanted:
                    return attachment
        return self._hub.loose_files.get(wanted)
