"""The ways by which a message reaches a person, each registered when its app starts."""

from .channel import Away, Carrier, Channel, Outcome, Parcel

__all__ = [
    "Away",
    "Carrier",
    "Channel",
    "Outcome",
    "Parcel",
    "carriers",
    "channels",
    "register",
    "withdraw",
]

_CHANNELS: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    _CHANNELS[channel.name] = channel


def withdraw(channel: Channel) -> None:
    """Take a channel back; what waits for it goes on waiting."""
    del _CHANNELS[channel.name]


def channels() -> list[Channel]:
    """Every channel, in the order of registration."""
    return list(_CHANNELS.values())


def carriers() -> list[Carrier]:
    return [channel for channel in _CHANNELS.values() if isinstance(channel, Carrier)]
