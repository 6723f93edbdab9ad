"""Keeps the check that waits to be looked at inside its turn's project, as every reference is."""

from django.db import migrations

KEYS = [
    "DROP INDEX watchcheck_in_project",
    "ALTER TABLE annotations_watchcheck"
    " ADD CONSTRAINT watchcheck_in_project UNIQUE (project_id, id)",
    "ALTER TABLE annotations_watchturn"
    " ADD CONSTRAINT watchturn_to_look_is_in_the_same_project"
    " FOREIGN KEY (project_id, to_look_id) REFERENCES annotations_watchcheck (project_id, id)",
]


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0035_withdrawn_stays_withdrawn"),
    ]

    operations = [
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
    ]
