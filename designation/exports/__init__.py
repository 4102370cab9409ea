"""Files made for one person and kept for a while: lists as tables, archives as packages.

``designation.site.tables`` is where a room declares a list; what else is made as a file registers
a ``making.Maker``. Only its maker fetches a file, and only while they hold the seats by which it
was made.
"""
