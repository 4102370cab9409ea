"""The inbox: what was composed is there at once, and always."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from .channel import Addressee


class Inbox:
    name = "inbox"
    label = _("站内消息")

    def reaches(self, addressees: Sequence[Addressee]) -> list[bool]:
        return [one.person.is_active for one in addressees]


INBOX = Inbox()
