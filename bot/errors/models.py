"""What a member asks of a picture model ([models], an upscaler) and cannot have."""

from bot.errors.member import MemberError, QueueRefused
from bot.texts import models as words


class ModelStays(MemberError):
    """A refinement names another model or other LoRAs."""

    sentence = words.MODEL_STAYS


class NotSoLarge(MemberError):
    """A picture cannot be made so much larger. Fields: times, limit (pixels of the longer side)."""

    sentence = words.NOT_SO_LARGE


class ModelQuotaUsedUp(QueueRefused):
    """This person has had all pictures of the day with one model. Fields: model, limit, span, frees."""

    sentence = words.MODEL_QUOTA_USED_UP
