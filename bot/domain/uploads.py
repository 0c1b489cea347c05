"""Who may have a picture edited that somebody brings: a photo may show a person. Pure.

`allow`: everybody. `moderated`: those who manage messages in that place; in a private chat nobody does.
`off`: nobody. Edits of pictures that were made here are no matter of this, and neither are pictures that are
only described and painted from words.
"""

from typing import Literal, get_args

Uploads = Literal["allow", "moderated", "off"]
UPLOADS: tuple[Uploads, ...] = get_args(Uploads)
"""From the loosest to the tightest."""


def uploads_of(stored: object) -> Uploads:
    """The policy as it was stored; what is none is the loosest, under which the operator's holds alone."""
    return next((one for one in UPLOADS if one == stored), "allow")


def may_edit_uploads(operators: Uploads, servers: Uploads, *, moderates: bool) -> bool:
    """Whether a person may, under the tighter one of the operator's and the server's policy."""
    policy = max(operators, servers, key=UPLOADS.index)
    return policy == "allow" or (policy == "moderated" and moderates)
