"""The ways by which a message reaches a person, each registered when its app starts."""

from typing import Any

from .channel import Addressee, Away, Carrier, Channel, Outcome, Parcel, Words

__all__ = [
    "Addressee",
    "Away",
    "Carrier",
    "Channel",
    "Outcome",
    "Parcel",
    "Words",
    "carriers",
    "channels",
    "label_of",
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


def label_of(name: str) -> Any:
    """How people call the channel of that name; one that was taken back, by its name."""
    return _CHANNELS[name].label if name in _CHANNELS else name


def carriers() -> list[Carrier]:
    return [channel for channel in _CHANNELS.values() if isinstance(channel, Carrier)]
