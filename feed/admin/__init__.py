"""What feed adds to Wagtail's admin; one file per noun. Registered by feed.wagtail_hooks."""
