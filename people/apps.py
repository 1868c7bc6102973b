from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from people import outbox, spreadsheets
        from people.actions import (
            inviting,
            own_data_kinds,
            passwords,
            privacy,
            privacy_accounts,
            privacy_sign_in,
            privacy_syncs,
            securing,
        )

        privacy.register()
        privacy_accounts.register()
        own_data_kinds.register()
        privacy_sign_in.register()
        privacy_syncs.register()
        for mail in (inviting, passwords, securing):
            outbox.register(mail.EVENT, lambda message, render=mail.render: render(message=message))
        spreadsheets.protect()
