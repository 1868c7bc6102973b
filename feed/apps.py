from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "feed"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from feed.actions import (
            attaching,
            communities,
            data_kinds,
            handing_over,
            privacy,
            privacy_communities,
            privacy_live,
            privacy_questions,
            privacy_votes,
        )
        from feed.models.community import OWNED, owned_source
        from feed.views import department_section, profile_section
        from feed.welcome_step import STEP
        from people import department_sections, profile_sections, welcome
        from people.handles import other_names
        from people.models import access
        from people.uploads import quota_sources

        access.sources[OWNED] = owned_source
        other_names["communities"] = communities.slugs
        privacy.register()
        data_kinds.register()
        handing_over.register()
        privacy_questions.register()
        privacy_communities.register()
        privacy_live.register()
        privacy_votes.register()
        department_sections.register(department_section.OPEN_QUESTIONS)
        profile_sections.register_head(profile_section.FOLLOW)
        profile_sections.register_head(profile_section.MODERATE)
        profile_sections.register_aside(profile_section.IN_COMMON)
        profile_sections.register(profile_section.POSTS_SECTION)
        profile_sections.register(profile_section.THANKS)
        profile_sections.register(profile_section.COMMENTS)
        profile_sections.register(profile_section.COMMUNITIES)
        welcome.register(STEP)
        quota_sources.append(lambda user: attaching.stored_bytes(user=user))
