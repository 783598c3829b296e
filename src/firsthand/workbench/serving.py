"""How is the workbench run on this machine?"""

from __future__ import annotations

import threading
from collections.abc import Callable

from firsthand.errors import InputError
from firsthand.workbench.app import make_app
from firsthand.workbench.desk import Desk
from firsthand.workbench.guard import make_door

HERE = "127.0.0.1"


def serve_case(desk: Desk, tell: Callable[[str], None], *, host: str = HERE, port: int = 0) -> None:
    """Serve a case until stopped; `tell` is given the address with this run's token once it can be opened.

    `port` 0 takes any that is free. Raises InputError where the port is taken or the host is not this machine's.
    """
    threading.Thread(target=desk.look, daemon=True).start()
    import uvicorn

    config = uvicorn.Config(
        app=lambda *_: None, host=host, port=port, log_level="warning", lifespan="off", server_header=False
    )
    try:
        listening = config.bind_socket()
    except (OSError, SystemExit):
        raise InputError(f"cannot listen on {host} port {port}; name another with --port") from None
    number = listening.getsockname()[1]
    door = make_door(host, number)
    config.app = make_app(desk, door)
    listening.listen()  # whoever opens the address at once waits in line, and is not turned away
    tell(f"http://{f'[{host}]' if ':' in host else host}:{number}/?token={door.token}")
    uvicorn.Server(config).run(sockets=[listening])
