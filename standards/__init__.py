"""What is asked: standards, items, checks, and the pure engine that judges answers.

Public: ``evaluation.evaluate`` (pure), ``catalogue`` (published standards from the database),
``values`` (typed values from what people type), ``wording`` (findings as sentences),
``loading`` (our own data files into the database).
"""
