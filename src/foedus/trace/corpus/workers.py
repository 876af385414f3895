"""Work on all cores, in order: what comes out does not depend on how many there are."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place

T = TypeVar("T")
Task = tuple[Callable[..., T], tuple[Any, ...]]


def cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever, and write where another has begun."""
    parent = parent_process()
    if parent is not None:

        def watch(parent: BaseProcess) -> None:
            parent.join()
            os._exit(1)

        Thread(target=watch, args=(parent,), daemon=True).start()


def done(tasks: Iterable[Task[T]], workers: int, where: str) -> Iterator[T]:
    """The results of some tasks, in their order; few more tasks are taken than are being worked on. With one
    worker all is done in this process. Raises `Refused` (F635) if a worker's process ends before its work."""
    tasks = iter(tasks)
    first = list(islice(tasks, 2 if workers > 1 else 0))
    tasks = chain(first, tasks)
    if len(first) < 2:  # for one piece of work no process is started
        for do, given in tasks:
            yield do(*given)
        return
    waiting: deque[Future[T]] = deque()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        for do, given in tasks:
            waiting.append(pool.submit(do, *given))
            if len(waiting) > workers + 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise Refused(Problem("F635", Place(where), {"path": where})) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
