"""What blogs add to a department's page: those that its people own or write in, as far as the reader may see them."""

from django.utils.translation import get_language

from blog.models import BlogMember
from blog.views.blogs import blog_roll
from people.department_sections import Section
from people.streams.departments import people_of


def _blogs(request, department):
    writers = BlogMember.objects.current().exclude(role=BlogMember.Role.DELEGATE)
    blogs = set(writers.filter(user__in=people_of(department)).values_list("blog", flat=True))
    return {"pages": [page for page in blog_roll(request.user, get_language()) if page.blog_id in blogs]}


BLOGS = Section("blog/_department_blogs.html", _blogs)
