"""The parts of the mask painter; ``r9s_notebook.widgets.mask_painter`` puts them together."""
