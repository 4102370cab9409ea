"""The official calendar of working days, loaded as data year by year."""
