"""`POST /v1/chat/completions`: target prompts, and what pictures show."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from aiohttp import web

from model.serving.openai_server.incoming import json_body
from model.serving.openai_server.protocol import chat, sse
from model.serving.openai_server.protocol.bodies import read_json
from model.serving.openai_server.service import SERVICE
from model.serving.openai_server.streaming import stream


async def complete(request: web.Request) -> web.StreamResponse:
    """Answer a conversation, at once or as a stream."""

    async def read() -> chat.ChatBody:
        # in a thread: a picture's data URL makes the JSON large
        return await asyncio.to_thread(read_json, chat.ChatBody, await json_body(request))

    body, said = await request.app[SERVICE].complete(read)
    if body.stream:
        return await stream(request, _chunks(said), sse.DONE)
    return web.json_response(chat.completion(said))


async def _chunks(said: chat.Said) -> AsyncGenerator[dict[str, Any], None]:
    for chunk in chat.chunks(said):
        yield chunk
