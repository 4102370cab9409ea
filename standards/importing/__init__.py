"""A standard from the document a county received: read, proposed, then corrected by a person.

Public: ``drafts.read`` (bytes of a file into proposed standards). Under it ``archives`` (what is
refused before it is opened), ``documents`` (bytes into lines), ``outline`` (lines into sections
and items), ``proposals`` (an item's text into proposed checks) and ``own_format`` with
``own_layout`` (our YAML). All pure: no database, no request.
"""
