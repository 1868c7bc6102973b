"""Sign-in with the directory's own password: a bind at each LDAP source that is switched on. Nothing of it is kept."""

import logging

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ldap.filter import filter_format

from people import source_options
from people.actions import linking
from people.addresses import check_address
from people.importing import entries, ldif
from people.ldap_sync import DirectoryFault, connection
from people.models import DirectorySource
from people.sign_in import PeopleBackend

logger = logging.getLogger(__name__)
# Active Directory people may know their sign-in name only, which has the form of an address.
FILTER = "(|(mail=%s)(userPrincipalName=%s))"


class DirectoryBackend(PeopleBackend):
    """Stands after the backend of our own passwords; linked by the entry's lasting id, never by address (A11)."""

    def authenticate(self, request, email=None, password=None, **credentials):
        """The person whose entry accepts the password, if they have (or may get) an account and are active."""
        try:
            address = check_address(email or "")
        except ValidationError:
            return None
        if not password:
            return None
        for source in DirectorySource.objects.filter(kind=DirectorySource.Kind.LDAP, is_active=True):
            person = _proved(source, address, password)
            if person is not None:
                return self._enter(request, source, person)
        return None

    def _enter(self, request, source, person):
        values = person.values | {"email": person.email}
        claim = linking.Claim(issuer=source.issuer, subject=person.key, name=source.name, values=values)
        try:
            user = linking.enter(claim=claim, may_create=settings.SSO_CREATES_ACCOUNTS)
        except linking.Refused:
            ask = settings.SIGN_IN_HELP or _("your IT help desk")
            said = _("The directory knows you, but no account here is connected with it. Please ask: %(ask)s")
            messages.error(request, said % {"ask": ask})
            return None
        return user if self.user_can_authenticate(user) else None


def _proved(source, address, password):
    """The records.Person of the one active entry with this address that the password opens; None otherwise."""
    options = source_options.of(source)
    wanted = [*entries.READ - set(entries.PHOTOS)]
    text = f"(&{options.people_filter}{filter_format(FILTER, [address, address])})"
    try:
        with connection.opened(source, options) as bound:
            found = list(connection.pages(bound, options.base, text, wanted))
        if len(found) != 1:
            return None
        dn, values = found[0]
        names = entries.layout(source.column_map)
        person = entries.person(
            ldif.Entry(1, dn, values), names, units=options.units_are_departments, base=options.base
        )
        if not person.is_active:
            return None
        with connection.opened(source, options, bind_dn=dn, password=password):
            return person
    except DirectoryFault as fault:
        logger.info("LDAP sign-in at %s: %s", source.issuer, fault)
        return None
