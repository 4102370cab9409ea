"""The append-only, hash-chained log of what was decided.

Public: ``events.append`` and ``events.append_many`` (inside a transaction), ``chain.verify``,
``wording.name_actions`` and ``wording.name_values`` (rooms above give their codes words).
"""
