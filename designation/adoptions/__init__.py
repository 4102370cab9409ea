"""Samples that a county adopts while the official text of a category awaits entry.

Public: ``adopting.adopt_sample`` and ``adopting.usable_standards`` (what a round may be judged by).
"""
