"""People at their browsers, in a process of their own: they send forms over loopback.

Run as a program: `python benchmarks/_load.py PORT PEOPLE [long]`, with requests as JSON on standard
input. Prints JSON: the seconds it took, the milliseconds of each answer, and how many answers
weren't a receipt. With `long` one person more asks for the long page all the time.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection

ACCEPTED = 303


class Crowd:
    """People who take the requests one after the other.

    Args:
        port: Where the site listens.
        requests: Address, cookies and form of each.

    Attributes:
        milliseconds: How long each answer took.
        failed: Answers that weren't a receipt.
        long_pages: How many long pages were shown.
    """

    def __init__(self, port: int, requests: Iterator[list[str]]) -> None:
        self.milliseconds: list[float] = []
        self.failed: list[str] = []
        self.long_pages = 0
        self.done = threading.Event()
        self._port = port
        self._requests = requests
        self._guard = threading.Lock()

    def _next(self) -> list[str] | None:
        with self._guard:
            return next(self._requests, None)

    def send_forms(self) -> None:
        """One person sends forms until none is left."""
        site = HTTPConnection("127.0.0.1", self._port, timeout=60)
        while (request := self._next()) is not None:
            address, cookie, form = request
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            began = time.perf_counter()
            site.request("POST", address, form, headers)
            answer = site.getresponse()
            answer.read()
            self.milliseconds.append((time.perf_counter() - began) * 1e3)
            if answer.status != ACCEPTED:
                self.failed.append(str(answer.status))
        site.close()

    def read_long_pages(self) -> None:
        """One person asks for the long page again and again."""
        site = HTTPConnection("127.0.0.1", self._port, timeout=60)
        while not self.done.is_set():
            site.request("GET", "/long-page")
            site.getresponse().read()
            self.long_pages += 1
        site.close()


def main() -> None:
    """Send everything and report."""
    port, people = int(sys.argv[1]), int(sys.argv[2])
    crowd = Crowd(port, iter(json.load(sys.stdin)))
    reader = threading.Thread(target=crowd.read_long_pages)
    if "long" in sys.argv:
        reader.start()
        time.sleep(0.1)
    threads = [threading.Thread(target=crowd.send_forms) for _ in range(people)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    crowd.done.set()
    if "long" in sys.argv:
        reader.join()
    said = {"seconds": seconds, "milliseconds": crowd.milliseconds, "failed": crowd.failed}
    print(json.dumps(said | {"long_pages": crowd.long_pages}))


if __name__ == "__main__":
    main()
