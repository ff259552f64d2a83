"""Somebody who walks through a site, page by page."""

import re
from collections.abc import Iterable
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urldefrag, urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

from _serving import Site

LINK = re.compile(r'href="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MEMBER = re.compile(r'name="member" value="([^"]+)"')
TIMES = 10
OF_A_KIND = 12
"""So many pages whose addresses differ in their numbers only."""


class Visitor:
    """A visitor with cookies.

    Attributes:
        asked: How many requests were sent.
    """

    def __init__(self, site: Site) -> None:
        self.asked = 0
        self._site = site
        self._front = f"http://localhost:{site.port}/"
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def read(self, address: str, form: dict[str, str] | None = None) -> str:
        """The page there; nothing where it isn't HTML or an error."""
        self.asked += 1
        data = urlencode(form).encode() if form else None
        try:
            with self._opener.open(urljoin(self._front, address), data) as answer:
                if "html" not in answer.headers["Content-Type"]:
                    return ""
                return str(answer.read().decode())
        except HTTPError as error:
            error.close()
            return ""

    def come_in(self, organisation: str) -> None:
        """Play the first of a demonstration's people."""
        page = self.read(f"/{organisation}/enter/")
        token, member = TOKEN.search(page), MEMBER.search(page)
        assert token
        assert member
        form = {"csrfmiddlewaretoken": token[1], "member": member[1]}
        assert self.read(f"/{organisation}/enter/play/", form)

    def every_page(self, starts: Iterable[str]) -> list[str]:
        """The addresses to which links lead from these, a dozen of each kind."""
        waiting, seen, kinds, pages = list(starts), set(starts), dict[str, int](), list[str]()
        while waiting:
            address = waiting.pop(0)
            kind = re.sub(r"\d+", "N", address)
            kinds[kind] = kinds.get(kind, 0) + 1
            page = self.read(address) if kinds[kind] <= OF_A_KIND else ""
            if not page:
                continue
            pages.append(address)
            for link in LINK.findall(page):
                to = urldefrag(urljoin(address, link.replace("&amp;", "&"))).url
                if to.startswith("/") and not to.startswith("/static/") and to not in seen:
                    seen.add(to)
                    waiting.append(to)
        return pages

    def milliseconds(self, address: str) -> float:
        """Processor time that the site takes for a page, the first visit not counted."""
        self.read(address)
        before = self._site.cpu()
        for _ in range(TIMES):
            self.read(address)
        return (self._site.cpu() - before) / TIMES * 1e3
