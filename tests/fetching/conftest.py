"""What does every test of fetching begin with?"""

import pytest

from fetching.world import World


@pytest.fixture
def world():
    made = World()
    yield made
    made.close()
