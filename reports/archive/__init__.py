"""Archives (归档): a case, or a round with all that ended in it, as a ZIP that strangers can check.

``packing`` writes the ZIP and its manifest, ``case_record`` and ``round_record`` say what is in it.
What is sealed is in none: see docs/archive.md.
"""
