from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_privacy_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="directorysource",
            name="options",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="file",
            field=models.FileField(blank=True, max_length=200, upload_to="imports"),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="file_name",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="options",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("running", "running"),
                    ("done", "done"),
                    ("stopped", "stopped"),
                    ("failed", "failed"),
                ],
                default="running",
                max_length=8,
            ),
        ),
    ]
