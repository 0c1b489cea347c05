"""Errors that a person can put right; each is shown to that person only."""

import math
from typing import Self

from bot.errors.base import BotError
from bot.i18n import Phrase, Text
from bot.texts import errors as words
from bot.texts import models, regions, spans, talk, ways


class MemberError(BotError):
    """Something a person can put right."""


class TextRefused(MemberError):
    """The words cannot be used."""


class EmptyText(TextRefused):
    """Nothing is left after cleaning."""

    sentence = words.EMPTY_TEXT


class EmojiOnly(TextRefused):
    """Only emoji, no letter or digit."""

    sentence = words.EMOJI_ONLY


class TextTooLong(TextRefused):
    """Over the limit. Fields: length, limit."""

    sentence = words.TEXT_TOO_LONG


class BadOption(MemberError):
    """An option's value is not offered. Fields: option, value, allowed."""

    sentence = words.BAD_OPTION


class BadOptions(BadOption):
    """The same of several options. Fields: others (what is said of those before), option, value, allowed."""

    sentence = words.BAD_OPTIONS


class NotOfThisModel(MemberError):
    """The picture model makes nothing of an option. Fields: option."""

    sentence = words.NOT_OF_THIS_MODEL


class UnknownWildcard(MemberError):
    """A prompt names a list that is none. Fields: name, known (a sentence with the names that there are)."""

    sentence = words.UNKNOWN_WILDCARD


class OwnWordsRefused(MemberError):
    """Something about a person's styles, saved prompts and lists."""


class NoSuchOwnWords(OwnWordsRefused):
    """They keep nothing of that name. Fields: name."""

    sentence = words.NO_SUCH_OWN_WORDS


class TooManyOwnWords(OwnWordsRefused):
    """They keep as many as anybody may. Fields: limit."""

    sentence = words.TOO_MANY_OWN_WORDS


class NotAServerManager(OwnWordsRefused):
    """Sharing with a server is for who manages it."""

    sentence = words.NOT_A_SERVER_MANAGER


class BadName(OwnWordsRefused):
    """A name that cannot be typed into a prompt, or is taken. Fields: name, limit."""

    sentence = words.BAD_NAME


class MissingPermissions(MemberError):
    """The bot could not post the picture there. Fields: names, as Discord's settings call them."""

    sentence = words.MISSING_PERMISSIONS


class QueueRefused(MemberError):
    """No more work is taken on now."""


class RoomRefused(QueueRefused):
    """Too much waits. Fields: limit, frees (when to ask again)."""

    def __init__(self, *, limit: int = 0, frees: str | Text | Phrase = spans.SOON) -> None:
        self.limit = limit
        super().__init__(limit=limit, frees=frees)

    def freeing(self, seconds: float) -> Self:
        """The same refusal with when the next place will probably be free.

        In words: Discord counts a time on, and what was estimated may pass: "ask again 19 seconds ago".
        """
        minutes = math.ceil(seconds / 60)
        frees = spans.IN_MINUTES.with_(minutes=minutes) if minutes > 1 else spans.IN_A_MOMENT
        return type(self)(limit=self.limit, frees=frees)


class TooManyWaiting(RoomRefused):
    """This person has enough pictures waiting. Fields: limit (how many wait), frees."""

    sentence = words.TOO_MANY_WAITING


class ServerHasEnough(RoomRefused):
    """This server has enough pictures waiting. Fields: limit (how many wait), frees."""

    sentence = words.SERVER_HAS_ENOUGH


class QueueFull(RoomRefused):
    """Everybody together has enough waiting. Fields: limit, frees."""

    sentence = words.QUEUE_FULL


class QuotaUsedUp(QueueRefused):
    """This person has had all pictures of the hour or day. Fields: limit, span, frees (a Discord time)."""

    sentence = words.QUOTA_USED_UP


class ServerQuotaUsedUp(QueueRefused):
    """This server has had all pictures of the hour or day. Fields: limit, span, frees (a Discord time)."""

    sentence = words.SERVER_QUOTA_USED_UP


class Paused(QueueRefused):
    """A moderator or the operator takes nothing new on."""

    sentence = words.PAUSED


class NotServed(MemberError):
    """Nothing is made for this person in this place."""


class ElsewhereOnly(NotServed):
    """Only some channels are served. Fields: channels, as mentions."""

    sentence = words.ELSEWHERE_ONLY


class RoleNeeded(NotServed):
    """Only people with some roles are served. Fields: roles, as mentions."""

    sentence = words.ROLE_NEEDED


class ModelNotHere(NotServed):
    """A model is not for this person in this place. Fields: model."""

    sentence = models.MODEL_NOT_HERE


class AgeRestricted(NotServed):
    """Only age-restricted channels are served."""

    sentence = words.AGE_RESTRICTED


class AdultsOnly(MemberError):
    """Adult words, or a picture that the check found so, where the place is not age-restricted."""

    sentence = words.ADULTS_ONLY


class ReportRefused(MemberError):
    """A report is not taken."""


class NoReportsHere(ReportRefused):
    """Neither the server's moderators nor the operator named a channel for reports."""

    sentence = words.NO_REPORTS_HERE


class ReportedAlready(ReportRefused):
    """This person reported this picture before."""

    sentence = words.REPORTED_ALREADY


class TooManyReports(ReportRefused):
    """This person reported enough within an hour. Fields: limit, frees (a Discord time)."""

    sentence = words.TOO_MANY_REPORTS


class ReportNotDelivered(ReportRefused):
    """The moderators' channel cannot be reached."""

    sentence = words.REPORT_NOT_DELIVERED


class ReportSettled(MemberError):
    """Another moderator was quicker, or the report is gone."""

    sentence = words.REPORT_SETTLED


class NotAModerator(MemberError):
    """/admin is for those who manage the server."""

    sentence = words.NOT_A_MODERATOR


class NotTheOwner(MemberError):
    """Only the owner of the bot may do that."""

    sentence = words.NOT_THE_OWNER


class TooManyActions(MemberError):
    """This person did enough within a minute. Fields: limit, frees (a Discord time)."""

    sentence = words.TOO_MANY_ACTIONS


class TooManyThreads(MemberError):
    """This person opened enough threads within an hour. Fields: limit, frees (a Discord time)."""

    sentence = words.TOO_MANY_THREADS


class PictureNotFetched(MemberError):
    """Discord does not give out the file of a picture to start from."""

    sentence = words.PICTURE_NOT_FETCHED


class NoSettingsCarried(MemberError):
    """The settings of a picture that carried none, or that is gone."""

    sentence = words.NO_SETTINGS_CARRIED


class NotFinishedYet(MemberError):
    """Something is asked of a picture that is still waited for."""

    sentence = words.NOT_FINISHED_YET


class NoPictureGiven(MemberError):
    """Neither words nor a picture to start from, or a message without one."""

    sentence = words.NO_PICTURE_GIVEN


class NotDescribed(MemberError):
    """A brought picture whose prompt is not known, where no model describes pictures."""

    sentence = words.NOT_DESCRIBED


class OnePictureOnly(MemberError):
    """A further picture, where the engine edits one at a time or none."""

    sentence = ways.ONE_PICTURE_ONLY


class TooManyPictures(MemberError):
    """More further pictures than an edit looks at. Fields: most."""

    sentence = ways.TOO_MANY_PICTURES


class UploadsNotEdited(MemberError):
    """A picture that somebody brings is not edited for them in this place."""

    sentence = ways.UPLOADS_NOT_EDITED


class NoRegions(MemberError):
    """A change of a region, where the engine paints inside no mask."""

    sentence = regions.NO_REGIONS


class NoRegionsByWords(MemberError):
    """A region by words, where no model finds what words name."""

    sentence = regions.NO_REGIONS_BY_WORDS


class RegionNotFound(MemberError):
    """Nothing in the picture looks like what the words name. Fields: words."""

    sentence = regions.NOT_FOUND


class MaskOfOtherShape(MemberError):
    """A mask that belongs to another picture. Fields: width, height, those of the picture in pixels."""

    sentence = regions.OTHER_SHAPE


class PictureTooHeavy(MemberError):
    """A picture to start from has too many bytes. Fields: limit, in MiB."""

    sentence = words.PICTURE_TOO_HEAVY


class NoPictureYet(MemberError):
    """There is no finished picture to work on."""

    sentence = words.NO_PICTURE_YET


class FirstPicture(MemberError):
    """Undo at the first picture."""

    sentence = words.FIRST_PICTURE


class NothingToRedo(MemberError):
    """Redo at the last picture."""

    sentence = words.NOTHING_TO_REDO


class NoSuchPicture(MemberError):
    """Words name an earlier picture of the conversation that is not there."""

    sentence = talk.NO_SUCH_PICTURE


class OnlyOnePicture(MemberError):
    """One of several pictures is to be chosen, and there is one."""

    sentence = talk.ONLY_ONE


class NoSuchNumber(MemberError):
    """A picture is to be chosen that is not there. Fields: number, count."""

    sentence = talk.NO_SUCH_NUMBER


class GoneConversation(MemberError):
    """No such conversation."""

    sentence = words.GONE_CONVERSATION


class GoneTurn(MemberError):
    """No such turn, or a deleted one."""

    sentence = words.GONE_TURN


class OldButton(MemberError):
    """A button of a message that was posted with another database, or that names something of elsewhere."""

    sentence = words.OLD_BUTTON


class NotYours(MemberError):
    """Only the author or a moderator may do that."""

    sentence = words.NOT_YOURS


class TooLateToCancel(MemberError):
    """The job is being posted, or over."""

    sentence = words.TOO_LATE_TO_CANCEL
