"""Parts of a page that hold what the page puts into them: `templates/parts/`.

``{% part "card" title=_("签字") %}…{% endpart %}`` shows parts/card.html. There ``part.title`` is
what was given and ``part.content`` what stands between; a name that was not given is empty,
whatever the page calls by that name. ``{% part "plain" as beside %}…{% endpart %}`` keeps a piece
of the page for a slot of another part. What the page knows, its parts know too, as with
``include``.
"""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag(takes_context=True)
def part(context: Context, content: SafeString, name: str, /, **given: Any) -> SafeString:
    """parts/`name`.html, with `content` and what is `given`; content of blanks alone is none."""
    shown = context.template.engine.get_template(f"parts/{name}.html")  # type: ignore[union-attr]
    held = {**given, "content": SafeString(content.strip())}
    with context.push(part=held):
        return shown.render(context)
