"""From an article's menu in the admin: show it first on the home page until a day."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateTimeInput

from blog.actions import featuring
from blog.admin.blogs import for_communications
from blog.models import ArticlePage
from feed.models import Pin


class FeatureForm(forms.Form):
    """Until when."""

    until = forms.DateTimeField(label=gettext_lazy("Until"), widget=AdminDateTimeInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["until"].help_text = _("Within the next 90 days. Time zone: %(zone)s") % {"zone": zone}


@for_communications
@require_http_methods(["GET", "POST"])
def feature(request, page_id):
    """Ask for the end, and do it; or take it back. The door has asked whether the page is within reach."""
    page = get_object_or_404(ArticlePage, pk=page_id)
    if not page.live:
        raise Http404
    pin = Pin.objects.current().filter(post__pages__page=page, place="home").first()
    if request.method == "POST" and "end" in request.POST:
        featuring.unfeature(page=page, by=request.user)
        messages.success(request, _("The article no longer opens the home page."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    start = pin.until if pin else timezone.now() + timedelta(days=7)
    form = FeatureForm(request.POST or None, initial={"until": start})
    if request.method == "POST" and form.is_valid():
        try:
            featuring.feature(page=page, until=form.cleaned_data["until"], by=request.user)
            messages.success(request, _("The article opens the home page of everybody who may read it."))
            return redirect("wagtailadmin_pages:edit", page.pk)
        except ValidationError as error:
            form.add_error("until", error)
    context = {"form": form, "page": page, "pin": pin}
    return render(request, "blog/admin/feature.html", context, status=422 if form.errors else 200)
