"""How are reports fetched from the web, safely and politely?

Only this package touches the network, and only `add`, `watch` and `archive build` use it.
"""

from firsthand.fetching.addresses import is_address
from firsthand.fetching.captured import Captured, Hop
from firsthand.fetching.client import Client
from firsthand.fetching.fetch import fetch_url

__all__ = ["Captured", "Client", "Hop", "fetch_url", "is_address"]
