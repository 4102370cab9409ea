"""How long things are kept (保管期限), and how what is due goes: announced, unless it is held.

``classes`` is the table: every model has its class, its period and its end. Rooms say in ``ends``
what of theirs is due; ``looking`` announces it, and lets go what was announced and nobody held.
"""
