"""The append-only, hash-chained log of what was decided.

Public: ``events.append`` (inside a transaction), ``chain.verify``.
"""
