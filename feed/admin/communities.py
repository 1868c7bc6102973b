"""The permission to create communities in the form of a group, for when that is restricted."""

from django.contrib.auth.models import Permission
from wagtail import hooks


@hooks.register("register_permissions")
def community_permissions():
    """One box in a group's form."""
    return Permission.objects.filter(content_type__app_label="feed", codename="create_community")
