"""In a forked process, what relies on the parent's threads, locks and connections begins anew."""

import os
from typing import Protocol
from weakref import WeakSet


class Renewable(Protocol):
    """An object with a state that can't be shared with a child process."""

    def begin(self) -> None:
        """Set that state to what it was before its first use."""
        ...


_RENEWABLE: WeakSet[Renewable] = WeakSet()


def renew_in_child(owner: Renewable) -> None:
    """Let an object begin anew in every child process, as long as it lives."""
    _RENEWABLE.add(owner)


def _renew_all() -> None:
    import ctypes

    for owner in tuple(_RENEWABLE):
        # Nothing of the parent's is closed here, not even when the process ends: Chroma and ONNX
        # Runtime would wait for threads that are not there, and SQLite let go of locks.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(vars(owner).copy()))
        owner.begin()


os.register_at_fork(after_in_child=_renew_all)
