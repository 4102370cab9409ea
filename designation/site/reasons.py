"""What a reason or an opinion that stays on record must say at least."""

# In characters; our default.
LEAST_REASON = 10
