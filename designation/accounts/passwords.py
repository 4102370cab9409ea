"""What a password must be made of."""

import string

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_KINDS = 3


def new_one(person: AbstractBaseUser, password: str) -> str:
    """The password, which must not be the one the person has. Raises ValidationError."""
    if person.check_password(password):
        raise ValidationError(_("新密码不能与原密码相同，请另设一个。"), code="same")
    return password


class KindsOfCharacters:
    """At least three of: small letters, capitals, digits, others (practice for GB/T 22239)."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """Raises ValidationError for a password of fewer kinds."""
        kinds = (
            any(c in string.ascii_lowercase for c in password),
            any(c in string.ascii_uppercase for c in password),
            any(c in string.digits for c in password),
            any(c not in string.ascii_letters + string.digits for c in password),
        )
        if sum(kinds) < FEWEST_KINDS:
            raise ValidationError(self.get_help_text(), code="too_few_kinds")

    def get_help_text(self) -> str:
        return _("密码须包含小写字母、大写字母、数字、符号中的至少三种。")
