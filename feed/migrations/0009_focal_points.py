from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feed", "0008_search_titles")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="focal_x",
            field=models.PositiveSmallIntegerField(
                default=50, db_default=50, help_text="What a crop keeps, percent from the left."
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="focal_y",
            field=models.PositiveSmallIntegerField(
                default=50, db_default=50, help_text="The same from the top."
            ),
        ),
    ]
