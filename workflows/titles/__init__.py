"""The life of a title once it is given: warned, ordered to correct, ended, restored, renewed."""
