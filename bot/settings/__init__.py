"""The settings of the bot: bot.toml with the environment over it, checked whole before anything starts."""

from bot.settings.images import ImagesSettings
from bot.settings.loading import load_settings, token_from
from bot.settings.sections import (
    DiscordSettings,
    ExperimentSettings,
    ImageOverrides,
    ImagineSettings,
    LimitsSettings,
    LLMOverrides,
    MetricsSettings,
    RetentionSettings,
    SafetySettings,
    Settings,
)

__all__ = [
    "DiscordSettings",
    "ExperimentSettings",
    "ImageOverrides",
    "ImagesSettings",
    "ImagineSettings",
    "LLMOverrides",
    "LimitsSettings",
    "MetricsSettings",
    "RetentionSettings",
    "SafetySettings",
    "Settings",
    "load_settings",
    "token_from",
]
