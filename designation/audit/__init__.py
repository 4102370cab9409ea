"""The append-only, hash-chained log of what was decided.

Public: ``events.append`` and ``events.append_many`` (inside a transaction), ``chain.verify``,
``wording.register`` (each room gives its codes their words; the writer refuses others).
"""
