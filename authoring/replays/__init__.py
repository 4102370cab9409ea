"""What-if (推演): a round's submissions judged again by another standard, for whoever makes it."""
