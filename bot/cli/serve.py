"""`python -m bot serve`: the models of bot.toml for bots on other machines, without Discord.

`python -m model serve` takes a preset alone: `model` knows nothing of the bot's settings file.
"""

from dataclasses import replace

from bot.errors import SettingsError
from bot.ops.preflight import require_models
from bot.settings import Settings
from bot.telemetry.trace_export import traces_url
from model.serving.openai_server.options import ServeOptions
from model.serving.openai_server.run import serve as serve_models


def serve(settings: Settings, options: ServeOptions) -> int:
    """Serve until Ctrl-C or SIGTERM. Raises SettingsError where these settings have models elsewhere."""
    if settings.words_elsewhere or settings.pictures_elsewhere:
        problem = (
            '[engine] kind = "remote" has models on other servers, and a server serves its own: '
            'set kind = "local" here, as with DIFFCHAT__ENGINE__KIND=local'
        )
        raise SettingsError("serve", [problem])
    require_models(settings)
    serve_models(settings.models(), replace(options, traces=traces_url(settings.tracing) or ""))
    return 0
