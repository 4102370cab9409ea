"""Data to measure with, at three sizes, written as rows: ``make data SIZE=county``.

Everything follows from the numbers of the county, of the organization in it and of the step: the
same size gives the same rows, and the viewer's county is the same at every size. Column lists
come from the models (``rows.insert``): a new column with a default needs nothing here.
"""
