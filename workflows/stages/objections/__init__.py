"""Objections to a notice: received, handled, answered."""
