"""Words that a channel holds for others than the painter: commands of other bots, links, scores, times."""

from __future__ import annotations

import random

_COMMANDS = (
    "!play despacito", "!play {song}", "/roll 20", "/roll {n}d6", "!pause", "!queue", "!rank", "!level",
    "!help", "!ping", "/mute @tom", "/poll pizza or pasta?", "!quote", "!meme", "!weather berlin", "!daily",
    "/giphy cat", "/giphy {song}", "!remindme in {n} minutes", "!ban @max", "?rank", ".ping", "-play {song}",
    "$balance", "!8ball will it snow?", "/nick captain tom", "!volume {n}", "pls meme", "pls beg",
    "t!fish", "!lyrics {song}", "!wetter hamburg", "!würfel {n}", "!hilfe", "!umfrage pizza oder pasta",
    "/slap @anna", "!uptime", "!server", "!afk essen", "!clear {n}", "/trivia", "!gif red panda",
)  # fmt: skip
_SONGS = (
    "yellow submarine", "purple rain", "99 luftballons", "rocket man", "red red wine", "let it snow",
    "blue monday", "space oddity", "über den wolken", "atemlos", "sandstorm",
)  # fmt: skip
_LINKS = (
    "https://youtu.be/{id}", "https://www.youtube.com/watch?v={id}", "https://imgur.com/{id}",
    "https://i.redd.it/{id}.png", "https://tenor.com/view/cat-dance-{n}", "www.wetter.de", "discord.gg/{id}",
    "https://open.spotify.com/track/{id}", "https://en.wikipedia.org/wiki/Red_fox", "https://ebay.de/itm/{n}",
    "https://de.wikipedia.org/wiki/Leuchtturm", "https://store.steampowered.com/app/{n}",
)  # fmt: skip
_BESIDE = (
    "{link}", "{link}", "{link} lol", "{link} 😂", "look: {link}", "this is my cat {link}", "new song {link}",
    "@anna {link}", "our house on the beach {link}", "we stayed here {link}", "{link} my favourite band",
    "he's selling his red car {link}", "guckt mal {link}", "das ist mein hund {link}", "{link} so lustig",
    "unser hotel am strand {link}", "hier das rezept {link}", "the recipe: {link}", "source: {link}",
    "{link} kennt ihr das?", "anyone seen this? {link}", "tom das ist dein auto {link}",
)  # fmt: skip
_SCORES = (
    "{n}:{m}", "{n}:{m} lol", "gg {n}-{m}", "20:15", "um {h} uhr", "at {h} pm", "{h}pm?", "{h} uhr?",
    "{n} points", "{n} punkte", "level {n}", "lvl {n}", "room {n}", "raum {n}", "{n} €", "${n}",
    "{n}%", "+{n}", "code {id}", "0176 {n}{m}", "it's {h} o'clock", "es ist {h} uhr", "page {n}", "seite {n}",
)  # fmt: skip


def aside(rng: random.Random) -> str:
    """Another bot's command, a link with or without words, a score or a time."""
    table = rng.choices((_COMMANDS, _BESIDE, _SCORES), (4, 3, 2))[0]
    text = rng.choice(table).replace("{link}", rng.choice(_LINKS))
    letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return text.format(
        song=rng.choice(_SONGS),
        id="".join(rng.choices(letters, k=rng.choice((5, 7, 11)))),
        n=rng.randint(5, 99),
        m=rng.randint(0, 30),
        h=rng.randint(1, 12),
    )
