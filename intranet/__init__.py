"""The site: settings, URLs, home, health, branding, operations and the demo. May import every other package."""
