"""One module a stage: what is written, asked and shown there."""
