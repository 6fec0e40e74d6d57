"""The certificates that Python trusts, for a JVM: one setting for both."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flink_deployer.engines._java import Gateway

_PROPERTY = "javax.net.ssl.trustStore"


def share_trust(gateway: Gateway, environment: Mapping[str, str] = os.environ) -> None:
    """Makes the JVM trust the certificates in `SSL_CERT_FILE` instead of its own; without the variable it keeps these.

    The JVM reads the store when it first connects, so call this before.

    Args:
        gateway: py4j's, to the JVM.
        environment: where `SSL_CERT_FILE` is looked up, as Python's `ssl` does.
    """
    certificates = environment.get("SSL_CERT_FILE")
    if not certificates:
        return
    java = gateway.jvm.java
    # JKS: of the JDK's own kinds the one that keeps certificates readable without a password.
    store = java.security.KeyStore.getInstance("JKS")
    store.load(None, None)
    authorities = java.security.cert.CertificateFactory.getInstance("X.509").generateCertificates(
        java.io.ByteArrayInputStream(Path(certificates).read_bytes())
    )
    for index, authority in enumerate(authorities):
        store.setCertificateEntry(f"authority-{index}", authority)
    written = java.io.ByteArrayOutputStream()
    store.store(written, gateway.new_array(gateway.jvm.char, 0))
    descriptor, file = tempfile.mkstemp(prefix="trust-", suffix=".jks")
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(bytes(written.toByteArray()))
    java.io.File(file).deleteOnExit()
    java.lang.System.setProperty(_PROPERTY, file)
    java.lang.System.setProperty(f"{_PROPERTY}Type", "JKS")
