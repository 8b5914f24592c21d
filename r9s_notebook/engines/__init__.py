"""What makes the pictures behind the images API, each behind ``server.engine.Engine`` and found by name.

Nothing imports an engine but through the entry points of the group ``r9s_notebook.engines`` (``server.registry``), so
that what an engine needs is loaded where it is asked for.
"""
