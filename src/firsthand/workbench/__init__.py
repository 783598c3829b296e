"""How is a case read, judged and understood in a browser?

`make_app` is the whole workbench for one case folder; `serve_case` runs it on this machine. Each page is a module of
`pages/`; what a page shows comes from a `Look`, and what it changes goes through the files of the case.
"""

from firsthand.workbench.app import make_app
from firsthand.workbench.desk import Desk
from firsthand.workbench.serving import serve_case

__all__ = ["Desk", "make_app", "serve_case"]
