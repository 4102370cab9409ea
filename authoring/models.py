"""Gathered here for Django; its tables keep the name of the room that they were made in."""

from .replays.models import Replay, ReplayFlip

__all__ = ["Replay", "ReplayFlip"]
