"""Accounts and division codes in the spellings people use; what is stored has one."""

from standards.characters import plain

from ..site import forms

# What a Chinese keyboard gives where a Latin one has a dot or a line.
_SIGNS = str.maketrans("。、·", "...")


def account(typed: str) -> str:
    """ＷＡＮＧ。Ｌｉ and "Wang.Li " are wang.li; whether there is such an account is not asked."""
    return plain(typed.replace("——", "_")).translate(_SIGNS).lower()


def division_code(typed: str) -> str:
    """The digits of a code in full width, or in groups with blanks between them."""
    return "".join(plain(typed).split())


class AccountField(forms.CharField):
    def to_python(self, value: object) -> str:
        return account(super().to_python(value))


class DivisionCodeField(forms.CharField):
    def to_python(self, value: object) -> str:
        return division_code(super().to_python(value))
