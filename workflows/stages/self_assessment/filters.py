"""How a file is found in the library to be chosen for an item."""

from django.utils.translation import gettext_lazy as _

from designation.evidence.filters import ChoiceFilters


class ItemChoiceFilters(ChoiceFilters):
    """A file is uploaded on the page of the item."""

    none_hint = _("请返回条目上传材料。")
    unmatched_hint = _("请换个词查找，或返回条目上传材料。")
