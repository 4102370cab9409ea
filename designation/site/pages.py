"""What pages have in common: the status they answer with, and how many rows a list shows."""

# A form that cannot be carried out as sent comes back with this status, and what was typed.
REFUSED = 422
# Whoever sends or tries more than may be: the header Retry-After says when to come back.
TOO_MANY = 429
# What an address led to is over, and no other address leads there.
GONE = 410
# Rows of a list; cards, which are taller; and lines of what is only looked through. Our defaults.
PAGE_SIZE = 25
CARDS_A_PAGE = 20
LINES_A_PAGE = 50


def status_of(refused: object) -> int:
    """The status of a page with a form; ``refused``: whatever speaks against what was sent."""
    return REFUSED if refused else 200
