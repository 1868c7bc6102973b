"""Whoever owns a blog says who writes there for them, and until when; whoever writes for somebody sees it too (A7)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.actions import delegating
from blog.delegate_forms import DelegateForm
from blog.models import BlogMember, BlogPage


@require_http_methods(["GET", "POST"])
def delegates(request):
    """My delegates, a form for one more, and for whom I write."""
    blogs = delegating.blogs_to_delegate(user=request.user)
    rows = list(
        BlogMember.objects.current()
        .filter(Q(delegate_for=request.user) | Q(user=request.user), role=BlogMember.Role.DELEGATE)
        .select_related("user", "delegate_for", "blog")
        .order_by("ends_on", "pk")
    )
    own = set(blogs.values_list("pk", flat=True))
    titles = _titles({row.blog_id for row in rows} | own)
    form = DelegateForm(request.POST or None, blogs=blogs, titles=titles)
    if request.method == "POST" and form.is_valid() and _start(request, form):
        return redirect("blog:delegates")
    for row in rows:
        row.title = titles.get(row.blog_id, "")
    context = {
        "form": form if own else None,
        "mine": [row for row in rows if row.delegate_for_id == request.user.pk],
        "others": [row for row in rows if row.user_id == request.user.pk],
        "section": "settings",
    }
    return render(request, "blog/delegates.html", context, status=422 if form.errors else 200)


def _start(request, form) -> bool:
    chosen = form.cleaned_data
    try:
        delegating.start(
            blog=chosen["blog"], user=chosen["delegate"], last_day=chosen["last_day"], by=request.user
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("%(name)s writes for you.") % {"name": chosen["delegate"].name})
    return True


@require_POST
def end(request, pk):
    """A delegation ends at once, by either side."""
    found = BlogMember.objects.select_related("blog", "user").filter(role=BlogMember.Role.DELEGATE)
    row = get_object_or_404(found, pk=pk)
    if request.user.pk not in (row.delegate_for_id, row.user_id):
        raise Http404
    delegating.end(delegation=row, by=request.user)
    messages.success(request, _("The delegation has ended."))
    return redirect("blog:delegates")


def _titles(ids):
    """Titles of blogs by id, in the reader’s language where there is one. One query."""
    pages, mine, found = BlogPage.objects.filter(blog__in=ids).select_related("locale"), get_language(), {}
    for page in sorted(pages, key=lambda page: page.locale.language_code == mine):
        found[page.blog_id] = page.title
    return found
