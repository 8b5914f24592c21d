"""What serving a diffusion model costs beside calling its pipeline, and what batches gain.

Run it as ``python -m tests.bench.engines``, where ``.[models,quick]`` is installed. On a GPU (``--device cuda``), a
larger model (``--channels 320 --sizes 256x256``) or your own (``--model FOLDER``) has figures that mean more.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import diffusers
import torch

from r9s_notebook import R9S
from r9s_notebook.engines.diffusers.weights import DTYPES, device_named, dtype_named
from tests.engines.diffusers import tiny
from tests.serving import served

AT_ONCE = 16


def milliseconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def bare(model: Path, device: str, dtype: str) -> Callable[[str, int], Any]:
    """The pipeline as one calls it oneself, to the picture."""
    pipe = diffusers.DiffusionPipeline.from_pretrained(model, dtype=getattr(torch, dtype)).to(device)
    pipe.set_progress_bar_config(disable=True)

    def draw(size: str, steps: int) -> Any:
        width, height = map(int, size.split("x"))
        generator = torch.Generator("cpu").manual_seed(1)
        with torch.inference_mode():
            return pipe("a red fox", width=width, height=height, num_inference_steps=steps, generator=generator).images

    return draw


def ours(client: R9S) -> Callable[..., bytes]:
    """The same by the client, to the bytes of the file."""

    def draw(size: str, steps: int, seed: int = 1) -> bytes:
        answer = client.images.create(prompt="a red fox", size=size, num_inference_steps=steps, seed=seed)
        return client.images.read(answer.data[0])

    return draw


def overhead(bare_draw: Callable[..., Any], our_draw: Callable[..., Any], size: str, steps: int, rounds: int) -> str:
    """Of each the fastest, in turns: a busy machine only slows."""
    best = [float("inf")] * 2
    for turn in range(rounds + 1):
        for number, draw in enumerate((bare_draw, our_draw)):
            spent = milliseconds(lambda draw=draw: draw(size, steps))
            best[number] = min(best[number], spent) if turn else best[number]  # the first of each warms up
    alone, by_us = best
    return f"| {size}, {steps} steps | {alone:.1f} ms | {by_us:.1f} ms | {by_us - alone:.1f} ms |"


def rates(draws: Mapping[int, Callable[..., Any]], size: str, steps: int, rounds: int) -> dict[int, float]:
    """Pictures a second of so many requests at once: of each the best, in turns, since a busy machine only slows."""
    best = dict.fromkeys(draws, 0.0)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for turn in range(rounds + 1):  # the first warms up
            for most, draw in draws.items():
                spent = milliseconds(lambda draw=draw: list(pool.map(partial(draw, size, steps), range(AT_ONCE))))
                best[most] = max(best[most], AT_ONCE * 1000 / spent) if turn else 0.0
    return best


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.engines", description=__doc__)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--dtype", default="auto", choices=DTYPES)
    parser.add_argument("--model", type=Path, help="of one's own, instead of a tiny one of random weights")
    parser.add_argument("--channels", type=int, default=32, help="of the tiny one's first block (default: 32)")
    parser.add_argument("--sizes", nargs="+", default=["64x64", "128x128", "256x256"])
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    device = device_named(options.device)
    dtype = dtype_named(options.dtype, device)
    with tempfile.TemporaryDirectory() as folder:
        model = options.model or tiny.stable_diffusion(Path(folder, "tiny-sd"), width=options.channels)
        command = ("--engine", "diffusers", "--model", str(model), "--device", device, "--dtype", dtype)
        print(f"{model.name} on {device} ({dtype}), torch {torch.__version__}, {platform.machine()}\n")
        print("| a picture | the bare pipeline | served | overhead |\n|---|---|---|---|")
        alone = bare(model, device, dtype)
        with served(*command) as base, R9S(api_key="any", server_url=base, timeout_ms=600_000) as client:
            for size in options.sizes:
                print(overhead(alone, ours(client), size, options.steps, options.rounds), flush=True)
        smallest = options.sizes[0]
        print(f"\n| {AT_ONCE} requests of {smallest} at once, by up to | pictures a second | gain |\n|---|---|---|")
        settings: dict[str, Any] = {"model": model, "device": device, "dtype": dtype}  # one model in memory for all
        draws = {most: ours(R9S.offline(engine="diffusers", batch=most, **settings)) for most in (1, 2, 4, 8)}
        for most, found in (best := rates(draws, smallest, options.steps, options.rounds // 5)).items():
            print(f"| {most} | {found:.1f} | {found / best[1]:.2f} x |", flush=True)


if __name__ == "__main__":
    main()
