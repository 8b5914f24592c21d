"""``/metrics``: what the server does, in the form that Prometheus reads."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder

from r9s_notebook.server.access import Served
from r9s_notebook.server.limits import Queue

_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640)
_BATCHES = (1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """Of one server; several in a process have their own, but the process' memory and processor time, which they share.

    Args:
        queue: What waits.
    """

    def __init__(self, queue: Queue) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)  # where the system has /proc
        Gauge(
            "r9s_queue_requests", "Requests that the engine has, at work or waiting there.", registry=self._registry
        ).set_function(lambda: queue.held)
        self._requests = Counter(
            "r9s_requests",
            "Requests that have ended, by their answer's status; 499 where the client went away.",
            ("operation", "model", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "r9s_image_seconds",
            "From the engine's getting a request to its giving a picture of it, the time that it waited included.",
            ("operation", "model"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._batches = Histogram(
            "r9s_image_batch_size",
            "Of each picture, how many the engine made together with it, itself included.",
            ("model",),
            buckets=_BATCHES,
            registry=self._registry,
        )

    def count(self, served: Served) -> None:
        """Counts a request that has ended."""
        # The model as the engine calls it: what clients write would be as many series as they think of names.
        model = served.job.model if served.job is not None else ""
        self._requests.labels(served.operation, model, str(served.status)).inc()
        for made in served.made:
            self._seconds.labels(served.operation, model).observe(made.seconds)
            self._batches.labels(model).observe(made.batch)

    def page(self, accept: str) -> tuple[bytes, str]:
        """The figures, and their media type.

        Args:
            accept: The request's ``Accept``: Prometheus' own text, or OpenMetrics.
        """
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type
