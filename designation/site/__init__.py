"""What every page shares: text on its way in, what was shown, keys of requests."""
