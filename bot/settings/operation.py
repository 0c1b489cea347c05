"""The sections of bot.toml about running it: the local Discord, metrics, traces, the log."""

from typing import Annotated, Literal

from pydantic import Field

from bot.settings.problems import COLLECTOR_URL
from bot.settings.section import Section
from model.settings import Name


class SandboxSettings(Section):
    """[sandbox]: the local Discord of `python -m bot demo`."""

    host: Literal["127.0.0.1", "::1", "localhost"] = Field(
        default="127.0.0.1", description="address of this machine only"
    )
    port: int = Field(default=8910, ge=0, le=65535, description="0 takes any free port")


class MetricsSettings(Section):
    """[metrics]: /healthz and /metrics over HTTP."""

    serve: bool = Field(default=False, description="serve them")
    host: Name = Field(default="127.0.0.1", description="address they are served on; they name nobody")
    port: int = Field(default=9108, ge=0, le=65535, description="0 takes any free port")


class TracingSettings(Section):
    """[tracing]: OpenTelemetry."""

    endpoint: Annotated[str, Field(pattern=r"^$|^https?://[^/\s@]+")] = Field(
        default="",
        description='collector, "http://localhost:4318"; "" takes OTEL_EXPORTER_OTLP_ENDPOINT, without: off',
        json_schema_extra=COLLECTOR_URL,
    )


class LoggingSettings(Section):
    """[logging]: what the log says."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="least severity logged"
    )
    format: Literal["text", "json"] = Field(default="text", description="json is one object a line")
    prompts: bool = Field(default=False, description="log people's words too")
