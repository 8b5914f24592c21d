"""The looks: each is a renderer of its own, for drawings and for photographs alike."""
