"""Jurisdictions, organizations, people and the seats they hold; who may see what.

Public: models (Jurisdiction, Organization, Person, Seat, Role), rules (who may),
scoping (which ones a person may see), routing (which body reviews first).
"""
