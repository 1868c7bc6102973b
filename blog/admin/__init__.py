"""Our part of Wagtail's admin: the door before its views, and screens, panels and forms for those who write."""
