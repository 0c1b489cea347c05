"""Every error the bot raises, and the one sentence its reader gets.

BotError
├── MemberError                  something a person can put right; shown to that person only
│   ├── TextRefused              the words cannot be used
│   │   ├── EmptyText            nothing left after cleaning
│   │   ├── EmojiOnly            no letter or digit, only emoji
│   │   └── TextTooLong          over the limit
│   ├── BadOption                a count, seed, size or style that is not offered
│   │   └── BadOptions           several of them
│   ├── NotOfThisModel           an option of which the picture model makes nothing
│   ├── ModelStays               a refinement names another model or other LoRAs
│   ├── NotSoLarge               a picture cannot be made so much larger
│   ├── UnknownWildcard          a prompt names a list that is none
│   ├── OwnWordsRefused          something about a person's styles, saved prompts and lists
│   │   ├── NoSuchOwnWords       nothing is kept by that name
│   │   ├── TooManyOwnWords      they keep as many as anybody may
│   │   ├── NotAServerManager    sharing with a server is for who manages it
│   │   └── BadName              a name that cannot be typed into a prompt, or is taken
│   ├── MissingPermissions       the bot could not post the picture there
│   ├── QueueRefused             no more work is taken on now
│   │   ├── RoomRefused          too much waits
│   │   │   ├── TooManyWaiting   this person has enough pictures waiting
│   │   │   ├── ServerHasEnough  this server has
│   │   │   └── QueueFull        everybody together has
│   │   ├── QuotaUsedUp          this person has had all of the hour or day
│   │   ├── ModelQuotaUsedUp     this person has had all of the day with one model
│   │   ├── ServerQuotaUsedUp    this server has
│   │   └── Paused               a moderator or the operator takes nothing new on
│   ├── NotServed                nothing is made for this person in this place
│   │   ├── ElsewhereOnly        only in some channels
│   │   ├── ModelNotHere         not with this model
│   │   ├── RoleNeeded           only for some roles
│   │   └── AgeRestricted        only in age-restricted channels
│   ├── AdultsOnly               adult words or a picture outside age-restricted channels
│   ├── ReportRefused            a report is not taken
│   │   ├── NoReportsHere        nobody named a channel for them
│   │   ├── ReportedAlready      by this person, of this picture
│   │   ├── TooManyReports       of this person within an hour
│   │   └── ReportNotDelivered   the moderators' channel cannot be reached
│   ├── ReportSettled            a moderator's button of a report that is settled or gone
│   ├── NotAModerator            /admin is for those who manage the server
│   ├── NotTheOwner              only the owner of the bot may do that
│   ├── TooManyActions           this person did enough within a minute
│   ├── TooManyThreads           this person opened enough threads within an hour
│   ├── PictureNotFetched        the file of a picture to start from cannot be had
│   ├── NoSettingsCarried        the settings of a picture that carried none
│   ├── NotFinishedYet           asked of a picture that is still waited for
│   ├── NoPictureGiven           neither words nor a picture to start from
│   ├── NotDescribed             nothing here puts a brought picture into words
│   ├── PictureTooHeavy          a picture to start from has too many bytes
│   ├── OnePictureOnly           the engine looks at no further picture
│   ├── TooManyPictures          more pictures than an edit looks at
│   ├── UploadsNotEdited         a brought picture is not edited for this person here
│   ├── NoReference              the engine paints after no other picture
│   ├── ReferenceInReplies       it does so only where it changes a picture
│   ├── ReferenceGone            the picture to paint after was deleted
│   ├── ImageOrReference         a picture to start from and one to paint after at once
│   ├── ReferenceMissing         what is to be taken from a reference, without one
│   ├── NoRegions                the engine changes no region of a picture
│   ├── NoRegionsByWords         no model here finds what words name
│   ├── RegionNotFound           nothing in the picture looks like the words
│   ├── MaskOfOtherShape         a mask that belongs to another picture
│   ├── NoPictureYet             a refinement or undo before the first picture
│   ├── FirstPicture             undo at the first picture
│   ├── NothingToRedo            redo at the last picture
│   ├── NoSuchPicture            words name an earlier picture that is not there
│   ├── OnlyOnePicture           one of several is to be chosen, and there is one
│   ├── NoSuchNumber             a picture is to be chosen by a number that none has
│   ├── GoneConversation         no conversation of that id or place
│   ├── GoneTurn                 no turn of that id, or a deleted one
│   ├── OldButton                a button of an earlier database, or of another place
│   ├── TagRequired              a forum wants a tag, and none can be chosen
│   ├── NoThreadHere             a thread where none can be opened
│   │   └── StaysPrivate         one that would show what a private thread has
│   ├── NotYours                 only the author or a moderator may do that
│   └── TooLateToCancel          the job is being posted, or over
├── JobError                     ends a job; told to the person who asked for it
│   ├── NothingChanges           the instruction was talk, or is fulfilled already
│   ├── TookTooLong              a stage ran into its time limit
│   ├── JobCancelled             a person cancelled it
│   ├── PictureLost              a stored picture is not on the disk any more
│   ├── NotPostedYet             the pictures are kept; posting them is tried again
│   │   └── MayNotPost           a permission is missing there, or the thread is locked
│   └── PlaceGone                the thread or channel was deleted
└── OperatorError                something the operator puts right; members get a general sentence
    ├── SettingsError            wrong settings, all problems at once
    ├── StoreError               the database or picture folder cannot be used
    │   ├── NotADatabase         the file is something else, or damaged
    │   ├── DatabaseNewer        written by a newer version of this program
    │   ├── DataFolderInUse      another process of this program works with the data folder
    │   ├── DatabaseAway         the database server cannot be reached just now
    │   ├── DatabaseBusy         another program has held the write lock for too long
    │   ├── DiskFull             no room left; nothing was half-written
    │   └── PicturesUnreachable  the shared storage of the pictures cannot be used now
    ├── CannotConnect            Discord refuses the bot: token, intents
    ├── LeaseLost                another process took a job over; what was made here is thrown away
    └── WrongTransition          a job was moved to a state it cannot reach: a bug

`bot.chat.wording.error_texts.user_message` alone makes words of an exception; other exceptions' texts stay
unseen.
"""

from bot.errors.base import BotError
from bot.errors.job import (
    JobCancelled,
    JobError,
    MayNotPost,
    NothingChanges,
    NotPostedYet,
    PictureLost,
    PlaceGone,
    TookTooLong,
)
from bot.errors.member import (
    AdultsOnly,
    AgeRestricted,
    BadName,
    BadOption,
    BadOptions,
    ElsewhereOnly,
    EmojiOnly,
    EmptyText,
    FirstPicture,
    GoneConversation,
    GoneTurn,
    MaskOfOtherShape,
    MemberError,
    MissingPermissions,
    ModelNotHere,
    NoPictureGiven,
    NoPictureYet,
    NoRegions,
    NoRegionsByWords,
    NoReportsHere,
    NoSettingsCarried,
    NoSuchNumber,
    NoSuchOwnWords,
    NoSuchPicture,
    NotAModerator,
    NotAServerManager,
    NotDescribed,
    NotFinishedYet,
    NothingToRedo,
    NotOfThisModel,
    NotServed,
    NotTheOwner,
    NotYours,
    OldButton,
    OnePictureOnly,
    OnlyOnePicture,
    OwnWordsRefused,
    Paused,
    PictureNotFetched,
    PictureTooHeavy,
    QueueFull,
    QueueRefused,
    QuotaUsedUp,
    RegionNotFound,
    ReportedAlready,
    ReportNotDelivered,
    ReportRefused,
    ReportSettled,
    RoleNeeded,
    RoomRefused,
    ServerHasEnough,
    ServerQuotaUsedUp,
    TextRefused,
    TextTooLong,
    TooLateToCancel,
    TooManyActions,
    TooManyOwnWords,
    TooManyPictures,
    TooManyReports,
    TooManyThreads,
    TooManyWaiting,
    UnknownWildcard,
    UploadsNotEdited,
)
from bot.errors.models import ModelQuotaUsedUp, ModelStays, NotSoLarge
from bot.errors.operator import (
    CannotConnect,
    DatabaseAway,
    DatabaseBusy,
    DatabaseNewer,
    DataFolderInUse,
    DiskFull,
    LeaseLost,
    NotADatabase,
    OperatorError,
    PicturesUnreachable,
    SettingsError,
    StoreError,
    WrongTransition,
)
from bot.errors.references import (
    ImageOrReference,
    NoReference,
    ReferenceGone,
    ReferenceInReplies,
    ReferenceMissing,
)
from bot.errors.thread import NoThreadHere, StaysPrivate, TagRequired

__all__ = [
    "AdultsOnly",
    "AgeRestricted",
    "BadName",
    "BadOption",
    "BadOptions",
    "BotError",
    "CannotConnect",
    "DataFolderInUse",
    "DatabaseAway",
    "DatabaseBusy",
    "DatabaseNewer",
    "DiskFull",
    "ElsewhereOnly",
    "EmojiOnly",
    "EmptyText",
    "FirstPicture",
    "GoneConversation",
    "GoneTurn",
    "ImageOrReference",
    "JobCancelled",
    "JobError",
    "LeaseLost",
    "MaskOfOtherShape",
    "MayNotPost",
    "MemberError",
    "MissingPermissions",
    "ModelNotHere",
    "ModelQuotaUsedUp",
    "ModelStays",
    "NoPictureGiven",
    "NoPictureYet",
    "NoReference",
    "NoRegions",
    "NoRegionsByWords",
    "NoReportsHere",
    "NoSettingsCarried",
    "NoSuchNumber",
    "NoSuchOwnWords",
    "NoSuchPicture",
    "NoThreadHere",
    "NotADatabase",
    "NotAModerator",
    "NotAServerManager",
    "NotDescribed",
    "NotFinishedYet",
    "NotOfThisModel",
    "NotPostedYet",
    "NotServed",
    "NotSoLarge",
    "NotTheOwner",
    "NotYours",
    "NothingChanges",
    "NothingToRedo",
    "OldButton",
    "OnePictureOnly",
    "OnlyOnePicture",
    "OperatorError",
    "OwnWordsRefused",
    "Paused",
    "PictureLost",
    "PictureNotFetched",
    "PictureTooHeavy",
    "PicturesUnreachable",
    "PlaceGone",
    "QueueFull",
    "QueueRefused",
    "QuotaUsedUp",
    "ReferenceGone",
    "ReferenceInReplies",
    "ReferenceMissing",
    "RegionNotFound",
    "ReportNotDelivered",
    "ReportRefused",
    "ReportSettled",
    "ReportedAlready",
    "RoleNeeded",
    "RoomRefused",
    "ServerHasEnough",
    "ServerQuotaUsedUp",
    "SettingsError",
    "StaysPrivate",
    "StoreError",
    "TagRequired",
    "TextRefused",
    "TextTooLong",
    "TooLateToCancel",
    "TooManyActions",
    "TooManyOwnWords",
    "TooManyPictures",
    "TooManyReports",
    "TooManyThreads",
    "TooManyWaiting",
    "TookTooLong",
    "UnknownWildcard",
    "UploadsNotEdited",
    "WrongTransition",
]
