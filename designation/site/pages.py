"""What pages have in common: the status of a refused form, and how many rows a list shows."""

# A form that cannot be carried out as sent comes back with this status, and what was typed.
REFUSED = 422
# Rows of a list; cards, which are taller; and lines of what is only looked through. Our defaults.
PAGE_SIZE = 25
CARDS_A_PAGE = 20
LINES_A_PAGE = 50
