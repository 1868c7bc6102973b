"""Pictures for comments."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


@pytest.fixture
def picture():
    """A JPEG file as a browser sends it: `picture()`."""

    def make(name="scale.jpg", size=(800, 600)):
        data = io.BytesIO()
        Image.new("RGB", size, "teal").save(data, "JPEG")
        return SimpleUploadedFile(name, data.getvalue(), content_type="image/jpeg")

    return make
