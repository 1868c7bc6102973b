"""Who may use which files and edit whom in the admin: rights on a collection count only for its readers."""

from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from people.models.files import collection_visible_to


def readable_collections(user):
    """Collections whose files `user` may see; those without an audience row are administrators' (A20)."""
    readable = Q(collection_audience__isnull=False, collection_audience__audience__isnull=True)
    readable |= Q(collection_audience__audience__in=user.access.audience_ids)
    if user.is_administrator:
        readable |= Q(collection_audience__isnull=True)
    return Collection.objects.filter(readable)


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rights, and on top: nobody lists, chooses or changes a file that they may not see."""

    def get_all_permissions_for_user(self, user):
        """Also those of roles that somebody has through an audience (people.RoleGrant)."""
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return GroupCollectionPermission.objects.none()
        mine = GroupCollectionPermission.objects.filter(group__name__in=user.access.roles)
        return mine.select_related("collection", "permission")

    def _check_perm(self, user, actions, collection=None):
        if collection is not None and not (user.is_authenticated and collection_visible_to(collection, user)):
            return False
        return super()._check_perm(user, actions, collection=collection)

    def _collections_with_perm(self, user, actions):
        return (
            super()
            ._collections_with_perm(user, actions)
            .filter(pk__in=readable_collections(user).values("pk"))
        )

    def collections_user_has_any_permission_for(self, user, actions):
        """Collections that the user may put files into or take them from."""
        found = super().collections_user_has_any_permission_for(user, actions)
        return (
            found.filter(pk__in=readable_collections(user).values("pk")) if user.is_authenticated else found
        )

    def instances_user_has_any_permission_for(self, user, actions):
        """Files that listings and choosers show."""
        found = super().instances_user_has_any_permission_for(user, actions)
        return (
            found.filter(collection__in=readable_collections(user).values("pk"))
            if user.is_authenticated
            else found
        )

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """For one file; also for actions that Wagtail leaves to administrators."""
        if not (user.is_authenticated and collection_visible_to(instance.collection, user)):
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)


class PersonPolicy(ModelPermissionPolicy):
    """Nobody edits somebody who may do more than they (A8): an administrator's row is for administrators."""

    def user_has_permission_for_instance(self, user, action, instance):
        """Rights on the table, and at least the other person's standing; people are never deleted here but leave."""
        if action == "delete":
            return False
        if instance.is_superuser and not user.is_administrator:
            return False
        return super().user_has_permission_for_instance(user, action, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """The same for several actions."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def user_has_permission(self, user, action):
        """Deleting a person is erasure, a command of its own (A34)."""
        return action != "delete" and super().user_has_permission(user, action)
