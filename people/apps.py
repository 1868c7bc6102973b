from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from people import spreadsheets
        from people.actions import privacy, privacy_accounts

        privacy.register()
        privacy_accounts.register()
        spreadsheets.protect()
