"""Papers (公文) that leave the house: their fields, their official layout, and as Word and PDF.

Laid out after GB/T 9704-2012. Each room above makes the fields of its own papers from its record.
"""
