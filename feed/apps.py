from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "feed"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from feed.actions import attaching, privacy
        from people.uploads import quota_sources

        privacy.register()
        quota_sources.append(lambda user: attaching.stored_bytes(user=user))
