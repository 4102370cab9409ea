"""An app that the house does not know: what it declares must work without touching a module."""
