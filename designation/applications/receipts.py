"""The number that a submission is given as it is handed in: once, for good, and nobody else's.

``2026-000123-4``: the year it was handed in, a serial number, and a check digit, so that a number
told by telephone or copied by hand is not taken for another's. Numbers may leave gaps.
"""

from django.utils.timezone import localtime

from .models import Receipt, Submission


def give(submission: Submission) -> Receipt:
    """Enter the receipt of a submission that has just been written, in its transaction."""
    return Receipt.objects.create(
        submission=submission, number=number_of(submission), given_at=submission.submitted_at
    )


def number_of(submission: Submission) -> str:
    """The serial number is that of the submission among all of them, which it keeps."""
    year, serial = localtime(submission.submitted_at).year, f"{submission.pk:06}"
    return f"{year}-{serial}-{check_digit(f'{year}{serial}')}"


def check_digit(digits: str) -> int:
    """That of GB/T 17710-2008 (ISO/IEC 7064 MOD 11, 10).

    One digit wrong, and most exchanges of two neighbours, are noticed.
    """
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (11 - product) % 10


def may_be(number: str) -> bool:
    """Whether a text is the number of a receipt, as far as its check digit tells."""
    year, _dash, rest = number.partition("-")
    serial, _dash, digit = rest.partition("-")
    digits = f"{year}{serial}"
    return digits.isdecimal() and digits.isascii() and str(check_digit(digits)) == digit
