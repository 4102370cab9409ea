"""An invented channel: the county's notice board, on which messages are called out by loudspeaker.

It reaches whoever has no e-mail. ``heard`` is what it called out; ``answers`` what it says of the
next ones instead.
"""

from contextlib import contextmanager

from django.utils.functional import lazy

from notifications import channels
from notifications.channels import Outcome
from standards.language import in_language

said = lazy(in_language, str)


class Loudspeaker:
    name = "loudspeaker"
    label = said("广播", "Loudspeaker")

    def __init__(self):
        self.forget()

    def forget(self):
        self.heard, self.answers = [], []

    def reaches(self, addressees):
        return [not one.person.email for one in addressees]

    def deliver(self, parcels):
        for parcel in parcels:
            if self.answers:
                answer = self.answers.pop(0)
                if isinstance(answer, Exception):
                    raise answer
                yield answer
            else:
                self.heard.append((parcel.person, parcel.message.subject, parcel.address()))
                yield Outcome(is_sent=True)


# That of the installed app.
LOUDSPEAKER = Loudspeaker()


@contextmanager
def loudspeaker():
    channel = Loudspeaker()
    channels.register(channel)
    try:
        yield channel
    finally:
        channels.withdraw(channel)
