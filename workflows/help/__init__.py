"""Help where it is needed: a page of questions for each role, and the course in pictures."""
