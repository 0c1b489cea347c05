"""`POST /v1/images/generations` and `/v1/images/edits`."""

import asyncio
import json

from aiohttp import web

from model.serving.openai_server.incoming import form_body, json_body
from model.serving.openai_server.protocol import picture_answers, pictures
from model.serving.openai_server.protocol.bodies import read_form, read_json
from model.serving.openai_server.service import SERVICE, Service
from model.serving.openai_server.streaming import stream


async def generate(request: web.Request) -> web.StreamResponse:
    """Pictures from words."""
    service = request.app[SERVICE]
    with service.pictures.place():
        body = read_json(pictures.GenerationBody, await json_body(request))
        which = service.catalogue.picture_model(body.model, service.engine.info)
        wanted = pictures.generation(body, service.settings.painter(which.model), which.lora, which.model)
        return await _painted(request, service, wanted)


async def edit(request: web.Request) -> web.StreamResponse:
    """Pictures from a picture: over it, by an instruction, or inside a mask."""
    service = request.app[SERVICE]
    with service.pictures.place():
        fields, files = await form_body(request)
        body = read_form(pictures.EditBody, fields)
        which = service.catalogue.picture_model(body.model, service.engine.info)
        able = service.engine.info.paints(which.model).capabilities
        image = service.settings.painter(which.model)
        wanted = await asyncio.to_thread(pictures.edit, body, files, image, which.lora, able, which.model)
        return await _painted(request, service, wanted)


async def _painted(request: web.Request, service: Service, wanted: pictures.Wanted) -> web.StreamResponse:
    if wanted.stream:
        return await stream(request, picture_answers.events(service.engine, wanted))
    result = await service.engine.paint(wanted.paint)
    text = await asyncio.to_thread(lambda: json.dumps(picture_answers.answer(result)))
    return web.json_response(text=text)
