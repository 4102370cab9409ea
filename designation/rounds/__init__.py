"""Rounds (申报批次): who organizes, on what legal basis, which categories, places and periods."""
