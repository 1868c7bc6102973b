"""Reading people and groups from LDAP servers and Active Directory. No database; needs the extra "ldap".

`reading.opened(source)` gives what `people.importing` gives of a file. Every fault becomes a DirectoryFault with one
sentence for whoever runs the directory.
"""


class DirectoryFault(Exception):
    """The directory cannot be read; says why in the reader's language. Nothing was changed."""
