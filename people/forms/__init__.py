"""Forms of the people pages; one file per noun. Import from here."""

from people.forms.directory import DirectoryFilter
from people.forms.settings import SettingsForm

__all__ = ["DirectoryFilter", "SettingsForm"]
