"""Every stored byte goes through here and asks the audience of its collection (A20)."""

from django.http import FileResponse, Http404

from people.models import Rendition


def rendition(request, pk, name):
    """A size of an image, for those who may see its collection."""
    found = Rendition.objects.select_related("image__collection__collection_audience").filter(pk=pk).first()
    if found is None or not found.image.visible_to(request.user):
        raise Http404
    return FileResponse(found.file.open("rb"))
