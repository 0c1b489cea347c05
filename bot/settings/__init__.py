"""The settings of the bot: bot.toml with the environment over it, checked whole before anything starts."""

from bot.settings.discord import DiscordSettings
from bot.settings.engine import EngineSettings, PicturesAtSettings, WordsAtSettings
from bot.settings.images import ImagesSettings
from bot.settings.loading import load_settings, servers_from, token_from
from bot.settings.operation import MetricsSettings, TracingSettings
from bot.settings.sections import (
    ExperimentSettings,
    ImageOverrides,
    ImagineSettings,
    LimitsSettings,
    LLMOverrides,
    RetentionSettings,
    SafetySettings,
    Settings,
)

__all__ = [
    "DiscordSettings",
    "EngineSettings",
    "ExperimentSettings",
    "ImageOverrides",
    "ImagesSettings",
    "ImagineSettings",
    "LLMOverrides",
    "LimitsSettings",
    "MetricsSettings",
    "PicturesAtSettings",
    "RetentionSettings",
    "SafetySettings",
    "Settings",
    "TracingSettings",
    "WordsAtSettings",
    "load_settings",
    "servers_from",
    "token_from",
]
