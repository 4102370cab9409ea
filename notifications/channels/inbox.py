"""The inbox: what was composed is there at once, and always."""

from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Person


class Inbox:
    name = "inbox"
    label = _("站内消息")

    def reaches(self, person: Person) -> bool:
        return person.is_active


INBOX = Inbox()
