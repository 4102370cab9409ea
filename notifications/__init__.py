"""Who is told what: the outbox written with each transition, and its delivery."""
