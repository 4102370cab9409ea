"""The keys that certificates were signed with, as everybody may have them."""

from django.utils.translation import gettext as _

from designation.site import clock
from designation.site.alone import alone
from designation.site.refusal import Refusal

from .models import SigningKey
from .signing import Signer

ALGORITHM = "Ed25519"


def in_use(signer: Signer) -> SigningKey:
    """The row of the installation's key; with its first use it takes the place of the former.

    In the transaction of what is signed. Raises Refusal for a key whose place another has taken: a
    process that still runs with it signs nothing more.
    """
    found = _known(signer) or _begun(signer)
    if found.until is not None:
        told = _("证书签名密钥已经更换，这台服务器还在用旧的。请联系负责运行本系统的技术人员。")
        raise Refusal.because("key_replaced", told, rule=_("已更换的密钥不再签名"))
    return found


def _known(signer: Signer) -> SigningKey | None:
    return SigningKey.objects.filter(key_id=signer.key_id).first()


def _begun(signer: Signer) -> SigningKey:
    # Of two that begin it at once the second would find it in use, and end it as the former.
    alone("signing key")
    if found := _known(signer):
        return found
    today = clock.today()
    SigningKey.objects.filter(until__isnull=True).update(until=today)
    return SigningKey.objects.create(
        key_id=signer.key_id, public_key=signer.public_key, since=today
    )


def published() -> list[dict[str, str]]:
    """All of them, the oldest first: what was signed with a former key is checked with it."""
    return [
        {
            "key_id": key.key_id,
            "algorithm": ALGORITHM,
            "public_key": key.public_key,
            "from": key.since.isoformat(),
            "until": key.until.isoformat() if key.until else "",
        }
        for key in SigningKey.objects.all()
    ]
