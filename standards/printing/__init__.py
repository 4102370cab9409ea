"""A standard on paper: the annex of an official document, and the self-assessment sheet.

``annexes.annex`` and ``sheets.sheet`` say what stands on the pages; ``word`` and ``pdf`` lay them
out; ``files`` names what can be downloaded.
"""
