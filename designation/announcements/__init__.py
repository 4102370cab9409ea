"""What happened and who is told of it: events, and the messages that rooms declare about them.

Low in the house, so that every room can send: whoever delivers listens from above.
"""
