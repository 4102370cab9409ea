"""The case: what all stages share."""
