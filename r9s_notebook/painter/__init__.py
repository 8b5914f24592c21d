"""The parts of the mask painter; ``r9s_notebook.painter.mask_painter`` puts them together."""
