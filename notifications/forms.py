"""How a person wants to be told, and by which gateway those of an area."""

from typing import Any

from django.forms import TypedChoiceField
from django.utils.translation import gettext_lazy as _

from designation.audit.recorded_form import RecordedForm
from designation.site import forms

from . import webhooks
from .models import Preference, Webhook
from .preferences import KINDS, ByGateway, Pace

_HOURS = [("", _("不设")), *((str(hour), f"{hour}:00") for hour in range(24))]


def _hour(label: Any) -> forms.Field:
    return TypedChoiceField(
        label=label, choices=_HOURS, required=False, coerce=int, empty_value=None
    )


class PreferenceForm(forms.Form):
    """A choice for each kind of news, and the quiet hours."""

    quiet_from = _hour(_("免打扰开始"))
    quiet_until = _hour(_("免打扰结束"))
    gateway_address = forms.CharField(
        label=_("手机号或网关账号"),
        max_length=64,
        required=False,
        help_text=_(
            "填了，请您办理的和审核决定也会发到手机（短信、企业微信或钉钉，看县里用哪一种）；不填就不发。只用于发消息。"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    gateway_news = forms.BooleanField(
        label=_("其他告知也发到手机"), required=False, help_text=_("按上面选的，随时发或每天汇总。")
    )

    def __init__(self, data: Any, wanted: Preference, *, has_gateway: bool) -> None:
        columns = ("quiet_from", "quiet_until", "gateway_address", "gateway_news")
        super().__init__(data, initial={name: getattr(wanted, name) for name in columns})
        for kind, words in KINDS.items():
            self.fields[kind] = forms.ChoiceField(
                label=words,
                choices=Pace.choices,
                initial=wanted.paces.get(kind, Pace.AT_ONCE),
                widget=forms.RadioSelect,
            )
        self.order_fields([*KINDS, *columns])
        # Nobody's number is asked for that leads nowhere; one that is here can be taken away.
        if not (has_gateway or wanted.gateway_address):
            del self.fields["gateway_address"], self.fields["gateway_news"]

    def paces(self) -> dict[str, str]:
        return {kind: self.cleaned_data[kind] for kind in KINDS}

    def gateway(self) -> ByGateway | None:
        if "gateway_address" not in self.fields:
            return None
        said = self.cleaned_data
        return ByGateway(said["gateway_address"], said["gateway_news"])


class WebhookForm(RecordedForm, forms.ModelForm):
    """Where the gateway of an area is and what goes by it; it is switched on once it has a key."""

    address = forms.CharField(
        label=_("网关地址"),
        max_length=300,
        help_text=_("县里短信、企业微信或钉钉网关接收消息的地址，以 https:// 开头。"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("发送哪些消息"),
        choices=list(webhooks.KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Webhook
        fields = ("address", "kinds", "is_on")
        help_texts = {"is_on": _("停用后，还没有发出的不再发。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (self.instance.pk and self.instance.keys_in_force):
            del self.fields["is_on"]
