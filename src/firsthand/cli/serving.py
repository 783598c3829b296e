"""How is the workbench opened from the command line?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from firsthand.cli.showing import complain, say

Port = Annotated[int, Parameter(validator=Number(gte=0, lte=65535))]
ALONE = ("127.0.0.1", "::1", "localhost")


def serve(folder: Path, /, *, host: str = "127.0.0.1", port: Port = 0, browser: bool = False) -> None:
    """Open the workbench: read, judge and turn a case in a browser. A folder that is no case yet can become one there.

    Example: firsthand serve examples/libya-2011

    Parameters
    ----------
    folder
        The case folder.
    host
        The address to listen on; this machine alone unless told.
    port
        The port to listen on; any that is free unless told.
    browser
        Also open the page in the browser of this machine.
    """
    from firsthand.workbench import Desk, serve_case

    if host not in ALONE:
        complain(f"listening on {host}: whoever learns the address below can read and change this case")

    def tell(address: str) -> None:
        say(f"{folder} is open at {address}")
        say("Stop with Ctrl-C; everything is saved as you go.")
        sys.stdout.flush()
        if browser:
            import webbrowser

            webbrowser.open(address)

    serve_case(Desk(folder), tell, host="127.0.0.1" if host == "localhost" else host, port=port)
