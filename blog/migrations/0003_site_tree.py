"""The tree that every installation has: one home and one list of blogs per language, and our groups."""

import uuid

from django.db import migrations

LANGUAGES = [("de", "Deutsch"), ("en", "English")]


def page(apps, model, path, title, slug, url_path, locale, key, numchild):
    """Insert one page row at a treebeard path."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="blog", model=model.lower()
    )
    return apps.get_model("blog", model).objects.create(
        path=path, depth=len(path) // 4, numchild=numchild, title=title, draft_title=title, slug=slug,
        url_path=url_path, locale=locale, translation_key=key, content_type=content_type, live=True,
    )


def plant(apps, schema_editor):
    """Replace Wagtail's welcome page, its groups and its workflow by ours."""
    Page, Locale = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Locale")
    Site, Group = apps.get_model("wagtailcore", "Site"), apps.get_model("auth", "Group")
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    for name in ("Workflow", "Task", "GroupPagePermission", "GroupCollectionPermission"):
        apps.get_model("wagtailcore", name).objects.all().delete()
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    for name in ("Communications", "Moderators"):
        Group.objects.get_or_create(name=name)
    home_key, index_key = uuid.uuid4(), uuid.uuid4()
    first = None
    for number, (code, name) in enumerate(LANGUAGES, start=1):
        locale, _ = Locale.objects.get_or_create(language_code=code)
        path = f"0001{number:04d}"
        home = page(apps, "HomePage", path, name, code, f"/{code}/", locale, home_key, 1)
        page(apps, "BlogIndexPage", f"{path}0001", "Blogs", "blogs", f"/{code}/blogs/", locale, index_key, 0)
        first = first or home
    Page.objects.filter(path="0001").update(numchild=len(LANGUAGES))
    Site.objects.create(hostname="localhost", port=80, root_page_id=first.pk, is_default_site=True, site_name="Flurfunk")
    Collection = apps.get_model("wagtailcore", "Collection")
    apps.get_model("people", "CollectionAudience").objects.get_or_create(
        collection=Collection.objects.get(path="0001"), defaults={"audience": None}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0002_initial"),
        ("feed", "0001_initial"),
        ("people", "0002_files"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
