"""Designation (命名): the decision document and the entry in the register."""
