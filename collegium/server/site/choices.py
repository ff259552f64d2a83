"""What an installation decides, read from its environment."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from msgspec import Struct

SITE: Final = "COLLEGIUM_SITE"
ORGANISATIONS: Final = "COLLEGIUM_ORGANISATIONS"
HOSTS: Final = "COLLEGIUM_HOSTS"
HTTPS: Final = "COLLEGIUM_HTTPS"

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
"""The names under which a machine reaches itself."""

NOWHERE: Final = Path()
"""The folder of no site."""

_LENGTH = 48  # bytes
_SECRET = "secret"  # noqa: S105 - the file's name


class Choices(Struct, frozen=True):
    """An installation's choices.

    Attributes:
        site: `COLLEGIUM_SITE`: the folder of the site's own database and secret.
        organisations: `COLLEGIUM_ORGANISATIONS`: the folders served, one after the other as
            the system separates paths.
        hosts: `COLLEGIUM_HOSTS`: the names under which it is reached, comma between them;
            only this machine's own unless given.
        https: `COLLEGIUM_HTTPS`: `yes` behind a proxy that speaks it.
    """

    site: Path
    organisations: tuple[Path, ...]
    hosts: tuple[str, ...]
    https: bool

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The choices that stand in an environment."""
        folders = filter(None, environment.get(ORGANISATIONS, "").split(os.pathsep))
        hosts = tuple(filter(None, environment.get(HOSTS, "").split(",")))
        return cls(
            site=Path(environment.get(SITE, NOWHERE)),
            organisations=tuple(Path(folder) for folder in folders),
            hosts=hosts or LOOPBACK,
            https=environment.get(HTTPS, "") == "yes",
        )

    def to_environment(self) -> dict[str, str]:
        """The variables that say the same."""
        return {
            SITE: str(self.site),
            ORGANISATIONS: os.pathsep.join(map(str, self.organisations)),
            HOSTS: ",".join(self.hosts),
            HTTPS: "yes" if self.https else "",
        }

    def secret(self) -> str:
        """The site's secret, drawn and kept for its owner alone when it is first asked for.

        Without a site it is drawn anew each time: for programs that only read the settings.
        """
        if self.site == NOWHERE:
            return secrets.token_urlsafe(_LENGTH)
        path = self.site / _SECRET
        try:
            return path.read_text(encoding="ascii")
        except FileNotFoundError:
            self.site.mkdir(mode=0o700, parents=True, exist_ok=True)
            drawn = secrets.token_urlsafe(_LENGTH)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(drawn)
            return drawn
