"""What is agreed with the identity provider, from the settings. The flow itself is in `oidc`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from knowledge.errors import SettingsError
from knowledge.identity.access import Grant
from knowledge.settings import Settings


@dataclass(frozen=True)
class ProviderSettings:
    """What is agreed with the identity provider.

    Attributes:
        issuer: its address, exactly as it names itself.
        client_id: what it knows us by.
        client_secret: `None` for a public client, which PKCE alone protects.
        redirect: the address it sends people back to.
        groups_claim: name of the claim with a person's groups.
        grants: what each group gives.
    """

    issuer: str
    client_id: str
    client_secret: str | None
    redirect: str
    groups_claim: str
    grants: Mapping[str, frozenset[Grant]]


def provider_settings(settings: Settings, redirect: str) -> ProviderSettings | None:
    """What the settings say of a provider; `None` where they name none.

    Raises:
        SettingsError: something is missing or cannot be used.
    """
    if settings.oidc_issuer is None:
        return None
    if settings.oidc_client_id is None or settings.oidc_grants is None:
        raise SettingsError(
            "VOZ_OIDC_ISSUER is set but VOZ_OIDC_CLIENT_ID or VOZ_OIDC_GRANTS is not: set both, "
            "the second as GROUP=ROLE@AUDIENCE"
        )
    check_address(settings.oidc_issuer, "VOZ_OIDC_ISSUER")
    secret = settings.oidc_client_secret
    return ProviderSettings(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        redirect=redirect,
        groups_claim=settings.oidc_groups_claim,
        grants=parse_grants(settings.oidc_grants),
    )


def parse_grants(text: str) -> dict[str, frozenset[Grant]]:
    """What each group gives, from ``GROUP=ROLE@AUDIENCE``, several with commas.

    Raises:
        SettingsError: a part has another form.
    """
    found: dict[str, frozenset[Grant]] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        group, equals, grant = part.rpartition("=")
        if not equals or not group.strip():
            raise SettingsError(
                f"VOZ_OIDC_GRANTS={text!r} cannot be used: {part!r} is not GROUP=ROLE@AUDIENCE"
            )
        group = group.strip()
        found[group] = found.get(group, frozenset()) | {Grant.parse(grant)}
    return found


def check_address(address: str, what: str) -> None:
    """Encrypted, or on this machine.

    Raises:
        SettingsError: it is neither.
    """
    parts = urlsplit(address)
    here = parts.hostname in ("127.0.0.1", "::1", "localhost")
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and here)):
        raise SettingsError(
            f"{what} is {address!r}: an address that begins with https:// is needed"
        )
