"""Public notice (公示): composed, published for a counted period, open to objections."""
