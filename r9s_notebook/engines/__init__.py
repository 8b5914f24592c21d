"""What makes the pictures behind the images API, each behind ``server.engine.Engine``."""
