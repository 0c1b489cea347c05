"""The settings of the bot: bot.toml with the environment over it, checked whole before anything starts."""

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
    TracingSettings,
)

__all__ = [
    "DiscordSettings",
    "ExperimentSettings",
    "ImageOverrides",
    "ImagineSettings",
    "LLMOverrides",
    "LimitsSettings",
    "MetricsSettings",
    "RetentionSettings",
    "SafetySettings",
    "Settings",
    "TracingSettings",
    "load_settings",
    "token_from",
]
