"""Rounds begun before get what their areas define today: by that they were judged until now."""

from django.db import migrations

TAKE_OVER = """
INSERT INTO rounds_rounddefinition
  (round_id, term, definition, source_document, way, reason, role, at)
SELECT round.id, said.term, said.definition, said.source_document, 'taken_over', '', '', now()
FROM rounds_round AS round JOIN rounds_localterm AS said USING (jurisdiction_id)
WHERE round.status <> 'draft' AND EXISTS (
  SELECT FROM rounds_roundcategory AS entry
  JOIN standards_item AS item ON item.version_id = entry.standard_id
  JOIN standards_check AS asked ON asked.item_id = item.id
  WHERE entry.round_id = round.id AND asked.local_term = said.term
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0009_definitions_of_its_own"),
        ("standards", "0010_order_is_asked_after_each_statement"),
    ]

    operations = [migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop)]
