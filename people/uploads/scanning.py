"""The virus scanner, if the company has one: a command or a Python function named by UPLOAD_SCANNER."""

import logging
import subprocess
import tempfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

SECONDS = 30

logger = logging.getLogger(__name__)


def scan(data: bytes) -> None:
    """Ask the scanner about a file's bytes; without one, accept. Raises ValidationError when it objects or fails.

    UPLOAD_SCANNER is a list (a command; the file's path is appended; exit code 0 = clean, 1 = infected, as clamdscan)
    or a dotted path to a function that takes bytes and returns True when they are clean. A scanner that does not
    answer within 30 seconds refuses the file.
    """
    scanner = getattr(settings, "UPLOAD_SCANNER", None)
    if not scanner:
        return
    try:
        clean = import_string(scanner)(data) if isinstance(scanner, str) else _run(list(scanner), data)
    except Exception as error:  # whatever goes wrong in foreign code, the file must not pass
        logger.exception("upload scanner failed")
        message = _("Files can’t be checked at the moment. Please try again later.")
        raise ValidationError(message, code="scan") from error
    if not clean:
        logger.warning("upload scanner refused a file of %s bytes", len(data))
        raise ValidationError(_("The virus scanner refused this file."), code="infected")


def _run(command: list[str], data: bytes) -> bool:
    with tempfile.NamedTemporaryFile(prefix="upload-") as copy:
        copy.write(data)
        copy.flush()
        code = subprocess.run(  # noqa: S603 - the command comes from the settings
            [*command, copy.name], timeout=SECONDS, check=False, capture_output=True
        ).returncode
    if code not in (0, 1):
        raise RuntimeError(f"scanner ended with code {code}")
    return code == 0
