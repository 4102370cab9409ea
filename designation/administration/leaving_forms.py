"""Who takes over from somebody who leaves, line by line, and from when on they are gone."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from designation.site import clock, forms
from designation.site.sure import SureField

from ..organizations.models import Person
from .succession import Succession, Successors

# Beside a person's key: as chosen for all, and nobody at all.
AS_ALL, NOBODY = "", "nobody"


class SuccessorsForm(forms.Form):
    """One for all, or one for each line of what is handed over."""

    everything = forms.ChoiceField(label=gettext_lazy("全部移交给"), required=False)

    def __init__(
        self, succession: Succession, people: Iterable[Person], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        named = [(key, _called(person)) for key, person in self._people.items()]
        all_of_it: Any = self.fields["everything"]
        all_of_it.choices = [(AS_ALL, gettext_lazy("不移交")), *named]
        each = [(AS_ALL, gettext_lazy("与上面相同")), (NOBODY, gettext_lazy("不移交")), *named]
        self._keys = [f"seat-{seat.pk}" for seat in succession.seats]
        self._keys += [charge.key for charge in succession.charges]
        for key in self._keys:
            label = gettext_lazy("移交给")
            self.fields[key] = forms.ChoiceField(label=label, choices=each, required=False)

    def chosen(self) -> Successors:
        """By key of a line; nobody where the form is not valid."""
        if not self.is_valid():
            return {}
        typed = self.cleaned_data
        for_all = self._people.get(typed["everything"])
        return {
            key: for_all if typed[key] == AS_ALL else self._people.get(typed[key])
            for key in self._keys
        }


class LeavingForm(SuccessorsForm):
    """The same as it was looked at, with the last day; after that day it cannot be taken back."""

    last_day = forms.DateField(
        label=gettext_lazy("最后工作日"),
        required=False,
        help_text=gettext_lazy(
            "这一天岗位和账号仍可使用，过后自动终止、停用。不填即立即终止、停用并退出登录。"
        ),
    )
    sure = SureField(
        gettext_lazy(
            "办理后，列出的事项立即移交，不退回。填了最后工作日的，这一天结束以前可以在本页收回离任；"
            "不填的立即终止、停用，不能撤销。已终止的岗位要恢复，须重新授予。已办理的记录不变。"
        )
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("last_day", clock.today())
        for name in ("everything", *self._keys):
            self.fields[name].widget = forms.HiddenInput()


def _called(person: Person) -> str:
    home = person.home_organization
    return f"{person.full_name}（{home.name}）" if home else person.full_name
