"""T9: the hostile corpus costs less than 2 s and 300 MB each, in a process of its own; no byte served has a position.

Run: pytest -m benchmark -n0 -s tests/benchmarks/test_uploads.py
"""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.people.hostile_uploads import accepted_pictures, refused_pictures, saved

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.benchmark
PROGRAM = """
import sys, time
from django.conf import settings
settings.configure()
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from people.uploads import process_image
from PIL import Image
Image.preinit()
data = open(sys.argv[1], "rb").read()
started = time.process_time()
try:
    picture = process_image(ContentFile(data), max_side=2560)
    outcome = f"{picture.ext} {picture.width}x{picture.height}"
except ValidationError as error:
    outcome = f"refused {error.code}"
peak = int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) // 1024
print(f"{time.process_time() - started:.2f}|{peak}|{outcome}")
"""


def large_pictures():
    """Honest pictures just below the limits."""
    noise = Image.effect_noise((1000, 1000), 60)
    for mode in ("RGB", "RGBA", "CMYK"):
        kind = {"RGB": "JPEG", "RGBA": "PNG", "CMYK": "JPEG"}[mode]
        yield (
            f"25-megapixels-{mode}",
            saved(
                noise.convert(mode).resize((5000, 5000)), kind, **({} if kind == "PNG" else {"quality": 60})
            ),
        )


def test_hostile_and_large_pictures_stay_within_time_and_memory(tmp_path):
    rows = []
    for name, data in [*refused_pictures(), *accepted_pictures(), *large_pictures()]:
        path = tmp_path / "upload"
        path.write_bytes(data)
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, path], cwd=ROOT, capture_output=True, text=True, check=True
        )
        seconds, peak, outcome = done.stdout.strip().split("|")
        rows.append((float(seconds), int(peak), name, outcome))
    for seconds, peak, name, outcome in sorted(rows, reverse=True)[:8]:
        print(f"\n{seconds:5.2f} s {peak:4} MB  {name}: {outcome}", end="")
    print(f"\nT9: {len(rows)} files, slowest {max(rows)[0]:.2f} s, largest {max(row[1] for row in rows)} MB")
    assert max(rows)[0] < 2
    assert max(row[1] for row in rows) < 300
