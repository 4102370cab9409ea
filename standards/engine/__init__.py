"""Judging, composition, evaluation, periods, replaying: pure, no database."""
