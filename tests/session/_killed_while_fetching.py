"""A run of a service that answers with links; whoever serves the link kills this process."""

from __future__ import annotations

import asyncio
import sys

from r9s_notebook import R9S
from r9s_notebook.history import Store
from r9s_notebook.session.perform import RunContext, perform
from r9s_notebook.session.request import Request


async def main() -> None:
    request = Request(prompt="a boat", extra={"response_format": "url"})
    async for _event in perform(request, RunContext(R9S(api_key="x", server_url=sys.argv[1]), Store(sys.argv[2]))):
        pass


asyncio.run(main())
