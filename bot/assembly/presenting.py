"""What tells people of their turns, with all that it must know of settings and models."""

from bot.chat.pictures.painter_limits import UNKNOWN, PainterLimits
from bot.chat.posting.after_posting import AfterPosting
from bot.chat.posting.discord_places import DiscordPlaces
from bot.chat.posting.known_models import KnownModels
from bot.chat.posting.turn_presenter import OnMove, TurnPresenter
from bot.settings import Settings
from bot.store.feedback import FeedbackStore
from model.engine import Engine
from model.tiny.limits import alike, crowded, unshown


def presenter_of(
    settings: Settings, engine: Engine, places: DiscordPlaces, feedback: FeedbackStore, on_move: OnMove
) -> TurnPresenter:
    """The presenter of Discord; `on_move` is told of conversations whose current picture is another one."""
    reactions = tuple(settings.feedback.reactions) if settings.feedback.seed_reactions else ()
    return TurnPresenter(
        places,
        AfterPosting(places, reactions=reactions, seen_by=feedback.expose),
        readable=settings.discord.message_content,
        models=KnownModels(
            limits=PainterLimits(unshown, crowded, alike) if settings.paints_tinyworld else UNKNOWN,
            able=lambda model: engine.info.paints(model).capabilities,
            understood=lambda: engine.info.languages,
        ),
        replay_after=settings.refine.replay_after,
        on_move=on_move,
    )
