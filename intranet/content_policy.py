"""What a browser may load and run: one policy for the pages, a looser one for Wagtail's admin."""

from csp.constants import NONCE

# Players of embedded videos; a reader's browser asks them only after a click (T8).
PLAYERS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

# The emoji picker puts this one style sheet into its shadow root; tests/test_content_policy.py computes it anew.
EMOJI_STYLE = "'sha256-rg2BpwZ4T9EADaas/dlxn0KsISPDXXIabE9pnJ++3UQ='"

PAGES = {
    "default-src": ["'none'"],
    "script-src": ["'self'", NONCE],
    "style-src": ["'self'"],
    "style-src-elem": ["'self'", EMOJI_STYLE],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "media-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "frame-src": PLAYERS,
    "frame-ancestors": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'self'"],
    "object-src": ["'none'"],
}

# Wagtail's admin needs inline scripts and styles; only there (dependencies.md §3.7).
ADMIN = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "media-src": ["'self'", "blob:"],
    "font-src": ["'self'", "data:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "form-action": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
}
