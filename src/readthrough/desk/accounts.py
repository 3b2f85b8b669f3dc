"""Signing in and out, who asks, and the changes admins make: the rules of `accounts` over the record."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from readthrough.accounts.attempt import Attempt
from readthrough.accounts.passwords import check_new, hash_password, needs_rehash, verify
from readthrough.accounts.permissions import SCOPES
from readthrough.accounts.sealing import is_sealed, key_from, seal, unseal
from readthrough.accounts.second_factor import new_totp_secret, step_of_code
from readthrough.accounts.throttle import wait_of
from readthrough.accounts.tokens import KEY_MARK, digest_of, new_id, new_key, new_secret
from readthrough.domain.account import MAIN, ApiKey, AuditEntry, Person, Principal, Role, Session, Tenant
from readthrough.domain.errors import AccountError

if TYPE_CHECKING:
    from readthrough.accounts.provider import Provider
    from readthrough.settings import AccountSettings
    from readthrough.storage.accounts import AccountStore

__all__ = ["Accounts"]

SEEN_EVERY: Final = timedelta(minutes=1)
CODE_TIME: Final = timedelta(minutes=5)
"""How long the second factor may take."""
ADDRESS_FREE: Final = 30
"""Failures an address has before it must wait: many people may share one."""
_REFUSED: Final = "The name or the password is wrong."


class Accounts:
    """Everything about who may sit at the desk. Use it from any thread; close it."""

    def __init__(
        self, store: AccountStore, settings: AccountSettings, clock: Callable[[], datetime], *, home: Path
    ) -> None:
        """Keep what is asked. `home` is the folder in which the key of sealed secrets lies."""
        self.store = store
        self.settings = settings
        self._clock = clock
        self._hashing = threading.BoundedSemaphore(
            2
        )  # 64 MiB each: a flood of attempts must not take all memory
        self._provider: Provider | None = None
        self._key_file = home / "accounts.key"

    # Who asks.

    def by_cookie(self, token: str) -> Principal | None:
        """Return who a session's cookie stands for; None when it has run out or was never ours."""
        session = self.store.session(digest_of(token)) if token else None
        now = self._clock()
        if session is None or session.stage != "full" or not self._alive(session, now):
            return None
        person = self.store.person_by_id(session.person_id)
        if person is None or person.closed:
            return None
        if now - session.seen_at > SEEN_EVERY:
            self.store.save_session(replace(session, seen_at=now))
        return _principal(person, via="session", csrf=session.csrf)

    def by_key(self, key: str) -> Principal | None:
        """Return who an API key stands for."""
        found = self.store.key(digest_of(key)) if key.startswith(KEY_MARK) else None
        now = self._clock()
        if found is None or found.revoked or found.expires_at <= now:
            return None
        person = self.store.person_by_id(found.person_id)
        if person is None or person.closed:
            return None
        if found.used_at is None or now - found.used_at > SEEN_EVERY:
            self.store.save_key(replace(found, used_at=now))
        return replace(_principal(person, via="key"), scopes=found.scopes)

    def _alive(self, session: Session, now: datetime) -> bool:
        idle = now - session.seen_at
        return now < session.expires_at and (session.stage != "full" or idle < self.settings.idle)

    # Signing in.

    def sign_in(self, login: str, password: str, address: str) -> tuple[str, Session]:
        """Check a password and open a session, which may still owe the second factor.

        Returns:
            The cookie's value, and the session.

        Raises:
            AccountError: Wrong, or too many attempts; the words never tell which of the two was wrong.
        """
        login = login.strip().lower()[:200]
        self._require_patience(login, address)
        person = self.store.person_by_login(login) if self.settings.passwords else None
        with self._hashing:
            right = verify(person.password if person else "", password)
        if person is None or not right or person.closed or self._is_shut(person):
            self._failed(login, address)
            raise AccountError(_REFUSED)
        self.store.worked(f"login:{login}")
        if needs_rehash(person.password):
            self.store.save_person(replace(person, password=hash_password(password)))
        return self._open(person, "password" if person.totp_secret else "full")

    def second_factor(self, token: str, code: str, address: str) -> tuple[str, Session]:
        """Check a one-time code and open the session in full, under a new cookie.

        Raises:
            AccountError: Wrong, used before, too late, or too many attempts.
        """
        session = self.store.session(digest_of(token)) if token else None
        now = self._clock()
        if session is None or session.stage != "password" or not self._alive(session, now):
            raise AccountError("That took too long.", remedy="Sign in again.")
        person = self.store.person_by_id(session.person_id)
        if person is None or person.closed:
            raise AccountError(_REFUSED)
        self._require_patience(f"code:{person.login}", address)
        secret = unseal(person.totp_secret, self._key(), person.id)
        step = step_of_code(secret, code, now)
        if step is None or not self.store.take_code(person, step):
            self._failed(f"code:{person.login}", address)
            raise AccountError("That code is wrong, or was used before.")
        self.store.worked(f"login:code:{person.login}")
        if not is_sealed(person.totp_secret):  # kept by an older release
            sealed = seal(secret, self._key(), person.id)
            self.store.save_person(replace(person, totp_secret=sealed, totp_last=step))
        self.store.end_session(session.digest)
        return self._open(person, "full")

    def owes_code(self, token: str) -> bool:
        """Tell whether a cookie's session still owes the second factor."""
        session = self.store.session(digest_of(token)) if token else None
        return session is not None and session.stage == "password" and self._alive(session, self._clock())

    def sign_out(self, token: str) -> None:
        """End a session."""
        self.store.end_session(digest_of(token))

    def begin_provider(self, redirect: str) -> tuple[str, Attempt]:
        """Return where a browser goes to sign in with the firm's provider."""
        return self._asked_provider().begin(redirect)

    def finish_provider(
        self, attempt: Attempt, *, state: str, code: str, redirect: str
    ) -> tuple[str, Session]:
        """Open a session for whom the provider signed in; they must have been added here before.

        Raises:
            AccountError: The answer cannot be trusted, or nobody here is meant.
        """
        said = self._asked_provider().finish(attempt, state=state, code=code, redirect=redirect)
        person = self.store.person_by_subject(said.subject)
        if person is None and said.email:
            person = self.store.person_by_login(said.email)
            if person is not None and person.subject:
                person = None  # that name belongs to another of the provider's people
            elif person is not None:
                person = replace(person, subject=said.subject)
                self.store.save_person(person)
        if person is None or person.closed or self._is_shut(person):
            raise AccountError("Nobody of that name has been added here.", remedy="Ask an admin to add you.")
        return self._open(person, "full")

    def _asked_provider(self) -> Provider:
        part = self.settings
        if not part.oidc_issuer or not part.oidc_client_id:
            raise AccountError(
                "No provider is set.", remedy="Set accounts.oidc_issuer and accounts.oidc_client_id."
            )
        if self._provider is None:
            from readthrough.accounts.provider import Provider

            self._provider = Provider(
                issuer=part.oidc_issuer,
                client_id=part.oidc_client_id,
                client_secret=part.oidc_client_secret.get_secret_value(),
            )
        return self._provider

    def _is_shut(self, person: Person) -> bool:
        return any(t.id == person.tenant_id and t.closed for t in self.store.tenants())

    def _require_patience(self, login: str, address: str) -> None:
        now = self._clock()
        waits = (
            wait_of(*self.store.failures(f"login:{login}"), now),
            wait_of(*self.store.failures(f"address:{address}"), now, free=ADDRESS_FREE),
        )
        if max(waits) > timedelta(0):
            seconds = int(max(waits).total_seconds()) + 1
            raise AccountError("Too many attempts.", remedy=f"Wait {seconds} seconds.", retry_after=seconds)

    def _failed(self, login: str, address: str) -> None:
        now = self._clock()
        self.store.failed(f"login:{login}", now)
        self.store.failed(f"address:{address}", now)

    def _open(self, person: Person, stage: str) -> tuple[str, Session]:
        now, token = self._clock(), new_secret()
        session = Session(
            digest=digest_of(token),
            tenant_id=person.tenant_id,
            person_id=person.id,
            csrf=new_secret(),
            stage=stage,
            created_at=now,
            seen_at=now,
            expires_at=now + (self.settings.session if stage == "full" else CODE_TIME),
        )
        self.store.end_old_sessions(now)
        self.store.save_session(session)
        return token, session

    # One's own account.

    def change_password(self, me: Principal, old: str, new: str, *, token: str) -> None:
        """Change one's own password; every other session of theirs ends.

        Raises:
            AccountError: The old one is wrong, or the new one is too weak.
        """
        person = self._person(me.tenant_id, me.person_id)
        self._require_patience(f"change:{person.login}", "")
        with self._hashing:
            right = verify(person.password, old)
        if not right:
            self.store.failed(f"login:change:{person.login}", self._clock())
            raise AccountError("The present password is wrong.")
        check_new(new, login=person.login, name=person.name)
        self.store.save_person(replace(person, password=hash_password(new), must_change=False))
        self.store.end_sessions_of(person.id, but=digest_of(token))

    def new_second_factor(self) -> str:
        """Return a secret to be put into an authenticator, and then confirmed with a code of it."""
        return new_totp_secret()

    def set_second_factor(self, me: Principal, secret: str, code: str) -> None:
        """Turn the second factor on.

        Raises:
            AccountError: The code is not of that secret.
        """
        person = self._person(me.tenant_id, me.person_id)
        step = step_of_code(secret, code, self._clock()) if len(secret) == 32 and secret.isalnum() else None
        if step is None:
            raise AccountError(
                "That code does not fit.", remedy="Enter the code the authenticator shows now."
            )
        sealed = seal(secret, self._key(), person.id)
        self.store.save_person(replace(person, totp_secret=sealed, totp_last=step))

    def _key(self) -> bytes:
        return key_from(self.settings.secret_key.get_secret_value(), self._key_file)

    def drop_second_factor(self, me: Principal, password: str) -> None:
        """Turn the second factor off.

        Raises:
            AccountError: The password is wrong.
        """
        person = self._person(me.tenant_id, me.person_id)
        if not verify(person.password, password):
            raise AccountError("The present password is wrong.")
        self.store.save_person(replace(person, totp_secret="", totp_last=0))

    # What admins do, each within their tenant.

    def add_tenant(self, id: str, name: str) -> Tenant:
        """Add an institution, or give one another name.

        Raises:
            AccountError: The id is not a short word of letters and digits.
        """
        if not (id.isascii() and id.replace("-", "").isalnum() and id == id.lower() and len(id) <= 40):
            raise AccountError("A tenant's id is a short word of small letters, digits and hyphens.")
        tenant = Tenant(id=id, name=name or id, created_at=self._clock())
        self.store.save_tenant(tenant)
        return tenant

    def add_person(
        self,
        tenant_id: str,
        *,
        login: str,
        name: str,
        role: Role,
        groups: tuple[str, ...] = (),
        password: str = "",
    ) -> tuple[Person, str]:
        """Add someone; without a password one is made that must be changed at the first sign-in.

        Raises:
            AccountError: The login is taken or empty, or the password too weak.
        """
        login = login.strip().lower()[:200]
        if not login or not login.isprintable() or self.store.person_by_login(login) is not None:
            raise AccountError(f"The name {login!r} cannot be given: it is empty or taken.")
        if password:
            check_new(password, login=login, name=name)
        given = password or secrets.token_urlsafe(12)
        person = Person(
            id=new_id("per"),
            tenant_id=tenant_id,
            login=login,
            name=name or login,
            role=role,
            groups=groups,
            password=hash_password(given),
            must_change=not password,
            totp_secret="",
            totp_last=0,
            subject="",
            created_at=self._clock(),
        )
        self.store.save_person(person)
        return person, given

    def change_person(
        self,
        me: Principal,
        person_id: str,
        *,
        role: Role | None = None,
        groups: tuple[str, ...] | None = None,
        closed: bool | None = None,
    ) -> Person:
        """Give a person of one's own tenant another role or other groups, or close or open their account.

        Raises:
            AccountError: There is no such person here, or nobody would be left who can administer.
        """
        person = self._person(me.tenant_id, person_id)
        changed = replace(
            person,
            role=person.role if role is None else role,
            groups=person.groups if groups is None else groups,
            closed=person.closed if closed is None else closed,
        )
        others = [p for p in self.store.people(me.tenant_id) if p.id != person_id]
        if not any(p.role is Role.ADMIN and not p.closed for p in [*others, changed]):
            raise AccountError("Somebody must be left who can administer.")
        self.store.save_person(changed)
        if changed.closed or changed.role is not person.role:
            self.store.end_sessions_of(person_id)
        return changed

    def reset_password(self, me: Principal, person_id: str) -> str:
        """Give a person of one's own tenant a password to be changed at once, and drop their second factor."""
        person = self._person(me.tenant_id, person_id)
        given = secrets.token_urlsafe(12)
        self.store.save_person(
            replace(person, password=hash_password(given), must_change=True, totp_secret="", totp_last=0)
        )
        self.store.end_sessions_of(person_id)
        return given

    def make_key(self, me: Principal, *, name: str, scopes: tuple[str, ...], days: int) -> tuple[ApiKey, str]:
        """Make an API key for oneself; it is shown once.

        Raises:
            AccountError: A scope there is not, or a life over a year.
        """
        if not name or not scopes or not set(scopes) <= set(SCOPES) or not 1 <= days <= 366:
            raise AccountError(f"A key needs a name, scopes of {', '.join(SCOPES)}, and 1 to 366 days.")
        secret, now = new_key(), self._clock()
        key = ApiKey(
            id=new_id("key"),
            tenant_id=me.tenant_id,
            person_id=me.person_id,
            name=name[:60],
            digest=digest_of(secret),
            scopes=scopes,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        self.store.save_key(key)
        return key, secret

    def note_down(
        self, me: Principal | None, action: str, subject: str, outcome: str, address: str = ""
    ) -> None:
        """Add a line to the audit log."""
        self.store.note_down(
            AuditEntry(
                id=0,
                tenant_id=me.tenant_id if me else MAIN,
                at=self._clock(),
                person_id=me.person_id if me else "",
                action=action,
                subject=subject,
                outcome=outcome,
                address=address,
            )
        )

    def close(self) -> None:
        """Let go of the provider's connection."""
        if self._provider is not None:
            self._provider.close()

    def _person(self, tenant_id: str, person_id: str) -> Person:
        person = self.store.person_by_id(person_id)
        if person is None or person.tenant_id != tenant_id:
            raise AccountError("There is no such person here.")
        return person


def _principal(person: Person, *, via: str, csrf: str = "") -> Principal:
    return Principal(
        tenant_id=person.tenant_id,
        person_id=person.id,
        login=person.login,
        name=person.name,
        role=person.role,
        groups=person.groups,
        via=via,
        csrf=csrf,
        must_change=person.must_change,
    )
