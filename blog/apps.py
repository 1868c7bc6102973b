from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from blog import paragraphs, signals, streams
        from blog.actions import privacy, tagging
        from blog.admin import articles
        from blog.views import profile_section
        from feed.actions import citing, following
        from feed.actions import tagging as feed_tagging
        from feed.streams import candidates
        from people import profile_sections

        signals.connect()
        citing.paragraph_sources.append(paragraphs.of_page)
        following.page_rules.append(streams.may_follow)
        candidates.followed_pages.append(streams.followed_pages)
        feed_tagging.merge_steps.append(tagging.move)
        privacy.register()
        articles.install()
        profile_sections.register(profile_section.ARTICLES)
