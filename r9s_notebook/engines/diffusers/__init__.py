"""People's own diffusion models behind the images API, run by Diffusers on their own devices: the extra ``models``.

``engine`` is the engine, and ``terms`` what may be asked of a model: ``model_index`` reads it before any weights are
loaded, by ``weights``. ``device`` has the one thread of a device and the ``tickets`` that wait for it; ``denoising`` is
what the thread does with a batch, with ``latents`` for the previews and ``sources`` for what is edited.
"""
