"""The day as of which a title is shown."""

from django.utils.translation import gettext_lazy as _

from designation.site import forms


class DayForm(forms.Form):
    on = forms.DateField(label=_("截至哪一天"), required=False, help_text=_("不填就是今天。"))
