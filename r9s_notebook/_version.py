"""The version, read by the build and by the client's user agent."""

__version__ = "0.1.0"
