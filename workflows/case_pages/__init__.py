"""Pages that every role shares: the list, the start, the case, its picture."""
