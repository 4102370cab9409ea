"""Lists as files (导出): made for one person and kept for a while.

``designation.site.tables`` is where a room declares a list. Only its maker fetches a file, and only
while they hold the seats by which it was made.
"""
