"""What every answer carries, whatever the room says."""

from __future__ import annotations

from collections.abc import Mapping

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Mapping[bytes, bytes] = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": (
        b"accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), "
        b"payment=(), usb=(), fullscreen=(self), screen-wake-lock=(self)"
    ),
}
"""On every answer, whatever the room says. The public screen fills the screen and keeps it awake."""
HSTS = b"max-age=31536000; includeSubDomains"
SANDBOX = b"default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'"
"""In place of the policy, on what people have handed in: opened in a browser after all, it can do nothing."""
