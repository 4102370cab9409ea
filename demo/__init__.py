"""The demo: a small county, and a clock of its own. Exists under demo settings only."""
