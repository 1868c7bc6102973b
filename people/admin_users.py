"""Wagtail's user screens lead to our own (people.views.accounts): one door, one set of rules (A8, A11, A12)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from wagtail.users.views.users import UserViewSet


def refuse(request, *args, **kwargs):
    """For deleting and Wagtail's bulk actions: they would pass by people.actions."""
    raise PermissionDenied


def to_list(request, *args, **kwargs):
    """The list, in place of Wagtail's."""
    return redirect("people:accounts")


def to_new(request, *args, **kwargs):
    """A new account, in place of Wagtail's form."""
    return redirect("people:account_new")


def to_account(request, pk, *args, **kwargs):
    """One account, in place of Wagtail's form; whether its reader may see it is asked there."""
    return redirect("people:account", pk)


class PersonViewSet(UserViewSet):
    """Wagtail's addresses with our screens behind them."""

    index_view = staticmethod(to_list)
    index_results_view = staticmethod(to_list)
    add_view = staticmethod(to_new)
    edit_view = staticmethod(to_account)
    delete_view = staticmethod(refuse)
