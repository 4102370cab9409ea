from django.apps import AppConfig


class InventedConfig(AppConfig):
    """Declares what is invented when it is ready, as a room of the house does."""

    name = "tests.invented"

    def ready(self):
        from notifications import channels
        from standards import kinds

        from . import mediation
        from .channel import LOUDSPEAKER
        from .kind import STARS

        kinds.register(STARS)
        channels.register(LOUDSPEAKER)
        mediation.declare()
