"""Communications' screens: the blogs, who writes in them by which rules, and the wishes for new ones."""

from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from blog.actions import answering, staffing
from blog.actions.retargeting import NeedsConfirmation
from blog.admin.blog_form import BlogForm
from blog.models import BlogMember, BlogPage, BlogRequest
from blog.permissions import blogs_of


def for_communications(view):
    """These screens are for Communications and administrators; a view gets only blogs they may read."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.user.is_communications:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@for_communications
@require_GET
def index(request):
    """All blogs that the person may read, archived ones last. Three queries."""
    pages = BlogPage.objects.select_related("locale").order_by("pk")
    people = BlogMember.objects.select_related("user").order_by("pk")
    found = (
        blogs_of(request.user)
        .select_related("audience")
        .prefetch_related(
            Prefetch("pages", pages, to_attr="versions"), Prefetch("members", people, to_attr="people")
        )
    )
    rows = [_row(blog) for blog in found if blog.versions]
    rows.sort(
        key=lambda row: (row["blog"].archived_at is not None, row["blog"].kind, row["title"].casefold())
    )
    wishes = BlogRequest.objects.filter(state=BlogRequest.State.OPEN).count()
    return render(request, "blog/admin/blogs.html", {"rows": rows, "wishes": wishes})


def _row(blog):
    page = next(
        (one for one in blog.versions if one.locale.language_code == get_language()), blog.versions[0]
    )
    by_role = {role: [one.user for one in blog.people if one.role == role] for role in staffing.Role.values}
    return {"blog": blog, "page": page, "title": page.title, "versions": blog.versions, **by_role}


@for_communications
@require_http_methods(["GET", "POST"])
def new(request):
    """Make a blog."""
    form = BlogForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _create(form, request.user):
        messages.success(request, _("The blog is there, with its people and files."))
        return redirect("blog_admin:index")
    return render(request, "blog/admin/blog.html", {"form": form}, status=422 if form.errors else 200)


def _create(form, by):
    try:
        return staffing.create_blog(
            titles=form.titles(), intros=form.intros(), audience=form.cleaned_data["audience"], by=by,
            **form.people(), **form.rules(),
        )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
        return None


@for_communications
@require_http_methods(["GET", "POST"])
def edit(request, blog_id):
    """Change titles, people, readers and rules; widening that leaves comments behind is asked about first."""
    blog = _find(request, blog_id)
    form = BlogForm(request.POST or None, user=request.user, blog=blog)
    if request.method == "POST" and form.is_valid() and _change(form, blog, request.user):
        messages.success(request, _("Saved."))
        return redirect("blog_admin:index")
    context = {"form": form, "blog": blog, "page": blog.pages.order_by("pk").first()}
    return render(request, "blog/admin/blog.html", context, status=422 if form.errors else 200)


def _change(form, blog, by):
    cleaned = form.cleaned_data
    try:
        with transaction.atomic():
            staffing.change_audience(
                blog=blog, audience=cleaned["audience"], confirmed=cleaned["confirm_widening"], by=by
            )
            staffing.rename(blog=blog, titles=form.titles(), intros=form.intros(), by=by)
            staffing.change_rules(blog=blog, by=by, **form.rules())
            staffing.set_people(blog=blog, by=by, **form.people())
    except NeedsConfirmation as asked:
        form.ask_about_widening(asked.comments)
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@for_communications
@require_POST
def archive(request, blog_id):
    """Close a blog, or open it again; what was written stays."""
    blog = _find(request, blog_id)
    act = staffing.reopen if blog.archived_at else staffing.archive
    act(blog=blog, by=request.user)
    return redirect("blog_admin:index")


@for_communications
@require_GET
def requests(request):
    """Who wants a blog: those that wait, then the last that were decided."""
    found = BlogRequest.objects.select_related("user", "user__department", "decided_by")
    waiting = found.filter(state=BlogRequest.State.OPEN).order_by("created_at")
    decided = found.exclude(state=BlogRequest.State.OPEN).order_by("-decided_at")[:20]
    return render(request, "blog/admin/requests.html", {"waiting": waiting, "decided": decided})


@for_communications
@require_POST
def decide(request, request_id):
    """One step: `approve` makes the blog, `decline` needs a reason."""
    wish = get_object_or_404(BlogRequest, pk=request_id)
    try:
        if request.POST.get("decision") == "approve":
            answering.approve_request(request=wish, by=request.user)
            messages.success(request, _("%(name)s has a blog now and was told.") % {"name": wish.user.name})
        else:
            answering.decline_request(request=wish, by=request.user, reason=request.POST.get("reason", ""))
            messages.success(request, _("%(name)s was told.") % {"name": wish.user.name})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("blog_requests:index")


def _find(request, blog_id):
    blog = blogs_of(request.user).filter(pk=blog_id).first()
    if blog is None:
        raise Http404
    return blog
