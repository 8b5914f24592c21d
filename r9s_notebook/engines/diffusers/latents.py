"""Previews: what a picture will be, told from its latents while noise is still in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PIL import Image

_DETERMINISTIC: Final = ("EulerDiscreteScheduler", "FlowMatchEulerDiscreteScheduler", "DDIMScheduler")
"""Their steps go straight from noise to the clean latents, so that two of them tell where they go."""
_KEEPING: Final = {
    "DPMSolverMultistepScheduler": ("algorithm_type", "++"),
    "UniPCMultistepScheduler": ("predict_x0", "True"),
}
"""They keep the clean latents that they predict, where a setting is so, which is their default."""
_AUTOENCODERS: Final = ("AutoencoderKL", "AutoencoderKLQwenImage")

UNPACKED_WITH: Final = ("latents", "height", "width", "vae_scale_factor")
"""How a pipeline's ``_unpack_latents`` is called."""


def can_be_seen(scheduler: Mapping[str, Any], vae: Mapping[str, Any]) -> bool:
    """Whether there are previews with that scheduler and that autoencoder, by their configurations."""
    return _is_told(scheduler) and vae.get("_class_name") in _AUTOENCODERS


def _is_told(scheduler: Mapping[str, Any]) -> bool:
    kind = scheduler.get("_class_name", "")
    if kind in _KEEPING:
        setting, told = _KEEPING[kind]
        return str(scheduler.get(setting, told)).endswith(told)
    return kind in _DETERMINISTIC and not scheduler.get("stochastic_sampling")


def clean(scheduler: Any, time: Any, before: Any, after: Any) -> Any:
    """The clean latents that a step was going towards.

    Args:
        scheduler: Of a kind that ``can_be_seen`` knows.
        time: The step's time, as the pipeline's callback gives it.
        before: The latents that the step began with, of any shape.
        after: Those that it ended with.
    """
    kind = type(scheduler).__name__
    if kind in _KEEPING:
        return scheduler.model_outputs[-1].float()
    before, after = before.float(), after.float()
    if kind == "DDIMScheduler":
        # Scaled so that the picture's part is 1, they are picture and noise, as of the other schedulers.
        first, then = _picture_shares(scheduler, time)
        before, after = before / first**0.5, after / then**0.5
        noise_before, noise_after = ((1 - first) / first) ** 0.5, ((1 - then) / then) ** 0.5
    else:
        noise_before, noise_after = (scheduler.sigmas[scheduler.step_index - back] for back in (1, 0))
    return after - noise_after * (after - before) / (noise_after - noise_before)


def _picture_shares(scheduler: Any, time: Any) -> tuple[Any, Any]:
    """The share of the picture in the variance, before and after the step from that time."""
    then = int(time) - scheduler.config.num_train_timesteps // scheduler.num_inference_steps
    cumulated = scheduler.alphas_cumprod
    return cumulated[int(time)], cumulated[then] if then >= 0 else scheduler.final_alpha_cumprod


def decoded(pipe: Any, latents: Any, width: int, height: int) -> list[Image.Image]:
    """Clean latents as pictures of half the width and height, which costs a quarter.

    Args:
        pipe: The pipeline that they are of.
        latents: A batch, packed or not.
        width: Pixels of the picture that is being made.
        height: Pixels.
    """
    import torch

    if latents.ndim == 3:
        latents = pipe._unpack_latents(latents, height, width, pipe.vae_scale_factor)
    of_video = latents.ndim == 5
    if of_video:
        latents = latents[:, :, 0]
    vae = pipe.vae
    latents = _unscaled(vae.config, torch.nn.functional.avg_pool2d(latents, 2))
    if of_video:
        latents = latents[:, :, None]
    own = vae.dtype
    upcast = own == torch.float16 and vae.config.get("force_upcast")  # which overflows in some models' autoencoders
    if upcast:
        vae.to(torch.float32)
    try:
        image = vae.decode(latents.to(vae.dtype), return_dict=False)[0]
    finally:
        if upcast:
            vae.to(own)
    pictures: list[Image.Image] = pipe.image_processor.postprocess(image[:, :, 0] if of_video else image)
    return pictures


def _unscaled(config: Mapping[str, Any], latents: Any) -> Any:
    """From the denoiser's scale to the autoencoder's."""
    mean, deviation = config.get("latents_mean"), config.get("latents_std")
    scale = config.get("scaling_factor") or 1
    if mean and deviation:
        mean, deviation = (latents.new_tensor(each).view(1, -1, 1, 1) for each in (mean, deviation))
        return latents * deviation / scale + mean
    return latents / scale + (config.get("shift_factor") or 0)
