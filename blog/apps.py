from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from blog import paragraphs, signals, streams
        from blog.actions import community_blogs, handing_over, privacy, tagging
        from blog.admin import articles
        from blog.views import community_blog, department_section, profile_section, writing
        from blog.welcome_step import STEP
        from feed.actions import citing, following, long_texts
        from feed.actions import tagging as feed_tagging
        from feed.streams import candidates
        from feed.views import communities
        from people import department_sections, profile_sections, welcome

        signals.connect()
        citing.paragraph_sources.append(paragraphs.of_page)
        following.page_rules.append(streams.may_follow)
        long_texts.offers.append(writing.article_offer)
        candidates.followed_pages.append(streams.followed_pages)
        feed_tagging.merge_steps.append(tagging.move)
        community_blogs.register()
        communities.more_links.append(community_blog.links)
        privacy.register()
        handing_over.register()
        articles.install()
        department_sections.register(department_section.BLOGS)
        profile_sections.register(profile_section.ARTICLES)
        welcome.register(STEP)
