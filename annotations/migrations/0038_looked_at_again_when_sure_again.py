"""A verdict is listed anew where an event is sure again after it was not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0037_open_times_end_somewhere")]

    operations = [
        migrations.RemoveConstraint(
            model_name="lookagain", name="claim_is_looked_at_again_once_per_event"
        ),
        migrations.AddConstraint(
            model_name="lookagain",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kept_at__isnull", True)),
                fields=("event", "verdict"),
                name="verdict_waits_once_per_event",
            ),
        ),
    ]
