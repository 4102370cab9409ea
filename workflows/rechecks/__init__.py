"""Re-checks (复核) of titles: drawn, held and answered in a year, and what becomes of the title."""
