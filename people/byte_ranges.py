"""One byte range of a file, so that videos can be sought (RFC 9110 §14)."""

import re

from django.http import FileResponse, HttpResponse

_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")


class _Part:
    """A file that ends after `left` bytes."""

    def __init__(self, file, left):
        self.file, self.left = file, left
        self.close = file.close

    def read(self, size=-1):
        """At most what is left of the part."""
        size = self.left if size is None or size < 0 else min(size, self.left)
        data = self.file.read(size)
        self.left -= len(data)
        return data


def ranged(request, file, content_type):
    """206 with the part asked for, 416 for a part that is not there, None when no single range was asked for."""
    asked = _RANGE.match(request.headers.get("Range", "")) if request is not None else None
    if asked is None or asked.group(0) == "bytes=-":
        return None
    size = file.size
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(start)
    response = FileResponse(_Part(file, end - start + 1), status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    return response
