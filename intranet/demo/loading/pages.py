"""The standard pages of the footer, in both languages."""

import json
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from blog.models import HomePage, StandardPage
from intranet.demo.colleagues import read
from intranet.demo.loading import markdown

ORDER = ("hilfe", "hausregeln", "datenschutz", "barrierefreiheit", "impressum")
SLUGS = {
    "hilfe": "help",
    "hausregeln": "house-rules",
    "datenschutz": "privacy",
    "barrierefreiheit": "accessibility",
    "impressum": "imprint",
}


@transaction.atomic
def load(owner):
    """Write the pages that are not here yet; those that are keep what the company made of them."""
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    for place, key in enumerate(ORDER, start=1):
        table = read(f"pages/{key}.toml")
        for version in table["version"]:
            home = homes[version["language"]]
            slug = key if version["language"] == "de" else SLUGS[key]
            if not home.get_children().filter(slug=slug).exists():
                _create(home, slug, place, key, version, owner)


def _create(home, slug, place, key, version, owner):
    page = StandardPage(
        title=version["title"],
        slug=slug,
        footer_order=place * 10,
        locale=home.locale,
        translation_key=uuid5(NAMESPACE_URL, f"standard page {key}"),
        owner=owner,
        body=json.dumps(markdown.blocks(version["body"], pictures={}, credit="")),
    )
    home.refresh_from_db(fields=["numchild", "path", "depth"])
    home.add_child(instance=page)
    page.save_revision(user=owner, log_action=False).publish()
