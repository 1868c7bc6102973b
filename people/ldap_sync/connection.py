"""A bound connection to a directory: encrypted, or on this machine."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from people.handles import slugify_de
from people.ldap_sync import DirectoryFault

try:
    import ldap
    from ldap.controls import SimplePagedResultsControl
except ImportError:  # the extra is not installed
    ldap = None

CONNECT_SECONDS, ANSWER_SECONDS = 10, 120
PAGE = 500
LOCAL = (None, "localhost", "127.0.0.1", "::1")  # None: ldapi, a socket


def variable(source, name):
    """The environment's LDAP_<SOURCE>_<NAME>, else LDAP_<NAME>: "LDAP_HEAD_OFFICE_BIND_DN", "LDAP_BIND_DN"."""
    own = slugify_de(source.name, separator="_").upper()
    return os.environ.get(f"LDAP_{own}_{name}") or os.environ.get(f"LDAP_{name}") or ""


@contextmanager
def opened(source, options, *, bind_dn=None, password=None):
    """A connection bound as the environment says (or as given), ended afterwards. Raises DirectoryFault."""
    if ldap is None:
        raise DirectoryFault(_("Reading LDAP needs the extra “ldap”: pip install '.[ldap]'."))
    bind_dn = variable(source, "BIND_DN") if bind_dn is None else bind_dn
    password = variable(source, "BIND_PASSWORD") if password is None else password
    if bind_dn and not password:
        raise DirectoryFault(_("There is no password for the directory: set LDAP_BIND_PASSWORD."))
    if password and not is_private(options):
        message = _("The password would cross the network readable: use ldaps:// or switch on StartTLS.")
        raise DirectoryFault(message)
    try:
        connection = _connected(source, options)
        try:
            connection.simple_bind_s(bind_dn, password)
            yield connection
        finally:
            connection.unbind_s()
    except ldap.LDAPError as error:
        raise DirectoryFault(_sentence(error, options)) from error


def is_private(options) -> bool:
    """Whether nobody on the way can read what is said."""
    parts = urlsplit(options.url)
    return options.start_tls or parts.scheme in ("ldaps", "ldapi") or parts.hostname in LOCAL


def _connected(source, options):
    connection = ldap.initialize(options.url)
    connection.protocol_version = ldap.VERSION3
    connection.set_option(ldap.OPT_NETWORK_TIMEOUT, CONNECT_SECONDS)
    connection.set_option(ldap.OPT_TIMEOUT, ANSWER_SECONDS)
    connection.set_option(ldap.OPT_REFERRALS, 0)
    if options.start_tls or options.url.startswith("ldaps"):
        if file := variable(source, "CA_FILE"):
            connection.set_option(ldap.OPT_X_TLS_CACERTFILE, file)
        connection.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
        connection.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
    if options.start_tls:
        connection.start_tls_s()
    return connection


def pages(connection, base, text, attributes):
    """(dn, {attribute in lower case: values}) of a search below `base`, page by page, so that no limit cuts it."""
    control = SimplePagedResultsControl(True, size=PAGE, cookie="")
    while True:
        number = connection.search_ext(
            base, ldap.SCOPE_SUBTREE, text, attributes, serverctrls=[control], timeout=ANSWER_SECONDS
        )
        _kind, rows, _number, answered = connection.result3(number, timeout=ANSWER_SECONDS)
        yield from ((dn, lowered(values)) for dn, values in rows if dn is not None)
        cookies = [one.cookie for one in answered if one.controlType == control.controlType]
        if not cookies or not cookies[0]:
            return
        control.cookie = cookies[0]


def one(connection, dn, attributes):
    """{attribute in lower case: values} of one entry; empty when it is gone."""
    try:
        rows = connection.search_s(dn, ldap.SCOPE_BASE, "(objectClass=*)", attributes)
    except ldap.NO_SUCH_OBJECT:
        return {}
    return next((lowered(values) for found, values in rows if found is not None), {})


def lowered(values):
    """Attribute names in lower case."""
    return {name.lower(): found for name, found in values.items()}


def _sentence(error, options):
    given = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
    detail = " ".join(str(given[key]) for key in ("desc", "info") if given.get(key)) or type(error).__name__
    known = {
        ldap.SERVER_DOWN: _("The directory at %(url)s does not answer, or its certificate is not trusted: %(detail)s"),
        ldap.INVALID_CREDENTIALS: _("The directory refuses the name or password of LDAP_BIND_DN: %(detail)s"),
        ldap.NO_SUCH_OBJECT: _("The directory has no entry “%(base)s”: %(detail)s"),
        ldap.FILTER_ERROR: _("The directory does not understand the filter: %(detail)s"),
        ldap.SIZELIMIT_EXCEEDED: _("The directory gives only a part of its people, even page by page: %(detail)s"),
    }  # fmt: skip
    message = known.get(type(error), _("The directory at %(url)s cannot be read: %(detail)s"))
    return message % {"url": options.url, "base": options.base, "detail": detail}
