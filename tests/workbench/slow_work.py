"""What is done apart in the tests of jobs? It has to be found by its name from another process."""

from __future__ import annotations

import time

from firsthand.errors import InputError


def sleep_long(send):
    send(("step", "sleeping"))
    time.sleep(60)


def echo(send, word):
    send(("step", "a step"))
    send(("line", "a line"))
    send(("result", word))


def complain(send):
    raise InputError("it is not there")
