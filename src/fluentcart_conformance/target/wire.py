"""One HTTP request on the wire: bounded in time and size, nothing followed, nothing stored.

Stands on httpcore, the engine of httpx, because every read must obey the deadline of the whole
answer: a target that drips one header byte a second would otherwise hold a worker for hours.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore

from .errors import ConfigError, NoAnswerError
from .settings import Settings, is_loopback
from .stream import BoundedBackend, Deadline
from .unpack import BrokenBodyError, Unpacker

MAX_CONNECTIONS = 10
# One may be a restart of the server.
HANG_UPS = 2
_AS_IT_IS = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """Status, headers with lower-case names (repeated ones joined by `, `), and the body.

    `truncated` is true when the body was longer than the limit and the rest was not read.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    truncated: bool


class Wire:
    """A pool of kept-alive connections to one target. Safe for several threads.

    A target that closes idle connections unannounced gets a new one for each request: on one that
    is just being closed a request is lost, and one that writes cannot simply be sent again.

    `meanwhile` is done while the target works on a request; it must not raise.
    """

    def __init__(self, settings: Settings) -> None:
        self._deadline = Deadline()
        self._seconds = settings.request_timeout
        self._max_body = settings.max_body
        self._hang_ups = 0
        self.meanwhile: Callable[[], None] | None = None
        backend = BoundedBackend(self._deadline, self._hung_up, self._wait)
        tls, proxy = _tls(settings), _proxy(settings)
        self._kept, self._single = (
            httpcore.ConnectionPool(
                ssl_context=tls,
                proxy=proxy,
                max_connections=MAX_CONNECTIONS,
                max_keepalive_connections=kept,
                keepalive_expiry=4.0,
                network_backend=backend,
            )
            for kept in (MAX_CONNECTIONS, 0)
        )

    def _hung_up(self) -> None:
        self._hang_ups += 1

    def _wait(self) -> None:
        """Do something useful; the answer's time does not run meanwhile."""
        if self.meanwhile is not None:
            begun = time.monotonic()
            self.meanwhile()
            self._deadline.at += time.monotonic() - begun

    @property
    def _pool(self) -> httpcore.ConnectionPool:
        return self._kept if self._hang_ups < HANG_UPS else self._single

    def close(self) -> None:
        """Close every connection."""
        self._kept.close()
        self._single.close()

    def send(
        self, method: str, url: str, headers: list[tuple[str, str]], body: bytes | None
    ) -> RawAnswer:
        """Send one request and read its answer. Raises NoAnswerError."""
        self._deadline.at = time.monotonic() + self._seconds
        try:
            request = httpcore.Request(
                method,
                _target(url),
                headers=[(name.encode(), value.encode()) for name, value in headers],
                content=body,
                extensions={"timeout": {"pool": self._seconds}},
            )
            response = self._pool.handle_request(request)
            try:
                return self._read(response)
            finally:
                response.close()
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise _no_answer(error, url, self._seconds) from None
        except BrokenBodyError as error:
            raise NoAnswerError(
                f"the answer of {url.partition('?')[0]}: {error}", "protocol"
            ) from None
        except httpcore.ProxyError as error:
            raise NoAnswerError(f"the proxy refuses: {error}", "connect") from None
        except (ssl.SSLError, OSError) as error:
            raise _no_answer(error, url, self._seconds) from None
        finally:
            self._deadline.at = float("inf")

    def _read(self, response: httpcore.Response) -> RawAnswer:
        headers: dict[str, str] = {}
        for raw_name, raw_value in response.headers:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        unpack = Unpacker(headers.get("content-encoding", ""), self._max_body)
        for chunk in response.iter_stream():
            unpack.add(chunk)
            if unpack.full:
                break
        return RawAnswer(response.status, headers, bytes(unpack.body), unpack.full)


def _target(url: str) -> httpcore.URL:
    parts = urlsplit(url)
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    host = parts.hostname or ""
    return httpcore.URL(
        scheme=parts.scheme.encode(),
        host=host.encode("idna") if not host.isascii() else host.encode(),
        port=parts.port,
        target=quote(target, safe=_AS_IT_IS).encode("ascii"),
    )


def _tls(settings: Settings) -> ssl.SSLContext | None:
    """The context for an https target; None otherwise, for loading authorities takes its time."""
    scheme = urlsplit(settings.base_url or "http:").scheme
    if scheme != "https" and not settings.client_cert and not settings.ca_bundle:
        return None
    try:
        context = ssl.create_default_context(
            cafile=str(settings.ca_bundle) if settings.ca_bundle else None
        )
        if settings.client_cert:
            secret = settings.client_key_password
            context.load_cert_chain(
                str(settings.client_cert),
                str(settings.client_key) if settings.client_key else None,
                secret.get_secret_value if secret else None,
            )
    except FileNotFoundError:
        raise ConfigError("ca_bundle, client_cert or client_key names no file") from None
    except (ssl.SSLError, OSError) as error:
        reason = getattr(error, "reason", None) or error
        raise ConfigError(f"the CA bundle or client certificate is unusable: {reason}") from None
    return context


def _proxy(settings: Settings) -> httpcore.Proxy | None:
    """The proxy from the settings, else from the usual environment variables; never to loopback."""
    address = settings.proxy
    parts = urlsplit(settings.base_url or "http://127.0.0.1")
    host = parts.hostname or ""
    if not address:
        if is_loopback(host) or proxy_bypass(host):
            return None
        address = getproxies().get(parts.scheme)
    if not address:
        return None
    named = urlsplit(address if "://" in address else f"http://{address}")
    if named.scheme not in ("http", "https") or not named.hostname:
        raise ConfigError("proxy must be an http:// or https:// address")
    auth = (unquote(named.username), unquote(named.password or "")) if named.username else None
    port = f":{named.port}" if named.port else ""
    return httpcore.Proxy(f"{named.scheme}://{named.hostname}{port}", auth=auth)


def _no_answer(error: Exception, url: str, seconds: float) -> NoAnswerError:
    """What happened, in an operator's words."""
    parts = urlsplit(url)
    where = f"{parts.scheme}://{parts.netloc}"
    tls = _tls_cause(error)
    if tls is not None:
        return NoAnswerError(_tls_words(where, tls), "tls")
    table: list[tuple[type[Exception], str, str]] = [
        (httpcore.ConnectTimeout, f"{where} does not answer within {seconds:g} s", "connect"),
        (httpcore.ConnectError, f"no connection to {where}: {_plain(error)}", "connect"),
        (
            httpcore.TimeoutException,
            f"no complete answer from {where} within {seconds:g} s",
            "timeout",
        ),
        (httpcore.RemoteProtocolError, f"the answer of {where} breaks HTTP: {error}", "protocol"),
        (httpcore.LocalProtocolError, f"the request cannot be sent: {error}", "request"),
    ]
    for kind_of_error, words, kind in table:
        if isinstance(error, kind_of_error):
            return NoAnswerError(words, "incomplete" if "incomplete" in words else kind)
    return NoAnswerError(f"{where} broke the connection: {_plain(error)}", "reset")


def _tls_cause(error: BaseException | None) -> ssl.SSLError | None:
    """The TLS error somewhere behind `error`."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _tls_words(where: str, error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"the certificate of {where} is not accepted: {error.verify_message}; "
            "give ca_bundle for a private authority"
        )
    return f"no TLS connection to {where}: {error.reason or error}"


def _plain(error: Exception) -> str:
    """`[Errno 111] Connection refused` -> `Connection refused`."""
    text = str(error)
    return text.partition("] ")[2] or text or type(error).__name__
