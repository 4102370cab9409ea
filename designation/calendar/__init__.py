"""The official calendar of working days: years brought in by one person, confirmed by another.

Public: ``working_days.calendar``, ``loading.load``, ``loading.calendar_changed``, ``terms``.
"""
