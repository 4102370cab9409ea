"""The official calendar of working days, loaded as data year by year.

Public: ``loading.load``, ``loading.known_years``, ``loading.calendar_changed``. How days are
counted stands in ``workflows.working_days``.
"""
