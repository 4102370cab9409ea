"""The keys that certificates were signed with, as everybody may have them."""

from django.utils.translation import gettext as _

from designation.site import clock
from designation.site.refusal import Refusal

from .models import SigningKey
from .signing import Signer

ALGORITHM = "Ed25519"


def in_use(signer: Signer) -> SigningKey:
    """The row of the installation's key; with its first use it takes the place of the former.

    In the transaction of what is signed. Raises Refusal for a key whose place another has taken: a
    process that still runs with it signs nothing more.
    """
    found = SigningKey.objects.filter(key_id=signer.key_id).first() or _begun(signer)
    if found.until is not None:
        told = _("证书签名密钥已经更换，这台服务器还在用旧的。请联系负责运行本系统的技术人员。")
        raise Refusal.because("key_replaced", told, rule=_("已更换的密钥不再签名"))
    return found


def _begun(signer: Signer) -> SigningKey:
    today = clock.today()
    held = SigningKey.objects.select_for_update().filter(until__isnull=True)
    for former in held:
        former.until = today
        former.save(update_fields=["until"])
    fields = {"public_key": signer.public_key, "since": today}
    return SigningKey.objects.get_or_create(key_id=signer.key_id, defaults=fields)[0]


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
