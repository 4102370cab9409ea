"""Settings: base, and one module each for development, test, demo and production."""
