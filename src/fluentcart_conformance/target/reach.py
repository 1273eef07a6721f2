"""Find the API below a base URL, or say in one line what stands there instead."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from ..contract.exchange import Exchange
from .address import ApiRoot, candidates, from_link, names_its_root
from .client import StoreClient
from .detect import dig, has_orders, plain
from .errors import NoAnswerError, NotAStoreError, TargetUnreachableError
from .identities import ADMIN, NONE

GATEWAY = frozenset({502, 503, 504})
TOO_MANY = 429
NOT_FOUND = 404
OK = 200
SERVER_ERROR = 500


class _Elsewhere(str):
    """A reason that says more than those of other places: somebody there speaks JSON."""

    __slots__ = ()


def find_store(client: StoreClient) -> Exchange:
    """Ask each place that the base URL can mean for its orders, until one is a store.

    Returns the answer to `GET /orders` and sets `client.root`. Raises TargetUnreachableError or
    NotAStoreError.
    """
    base_url = client.settings.base_url or ""
    identity = ADMIN if ADMIN in client.identities else NONE
    reasons: list[str] = []
    for root in _roots(client, base_url):
        client.root = root
        try:
            exchange = client.call("GET", "/orders", identity=identity, query={"per_page": 20})
        except NoAnswerError as error:
            raise TargetUnreachableError(str(error)) from None
        reason = _why_not(exchange)
        if reason is None:
            return exchange
        reasons.append(reason)
        # A site that moved its REST root still answers the usual one, in JSON, with a 404.
        if isinstance(reason, _Elsewhere) and names_its_root(base_url):
            break
    spoken = [reason for reason in reasons if isinstance(reason, _Elsewhere)]
    raise NotAStoreError((spoken or reasons)[0])


def _roots(client: StoreClient, base_url: str) -> Iterator[ApiRoot]:
    """The candidates; for a site root also the one that its Link header names."""
    known = candidates(base_url)
    yield from known
    if names_its_root(base_url):
        return
    client.root = ApiRoot(base_url.partition("?")[0].rstrip("/"), namespace="")
    try:
        home = client.call("GET", "/", identity=NONE)
    except NoAnswerError:
        return
    linked = from_link(home.response_headers.get("link", ""), base_url)
    if linked is not None and linked not in known:
        yield linked


def _why_not(exchange: Exchange) -> str | None:
    """Why this answer is not a store's; None when it is, be it a refusal or a broken store."""
    where, status = exchange.url.partition("?per_page")[0], exchange.status
    if status in (TOO_MANY, *GATEWAY):
        raise TargetUnreachableError(
            f"{where} answers {status} again and again; try later, or with --rate"
        )
    if 300 <= status < 400:
        return _redirect(exchange)
    answer = exchange.answer
    is_json = answer.ok or "json" in exchange.content_type
    if not is_json:
        return _not_json(exchange, where)
    if status == NOT_FOUND or dig(answer.value, "code") == "rest_no_route":
        return _Elsewhere(
            f"{where} is not there ({status}), though JSON is spoken; is the plugin active, and is "
            "the REST namespace fluent-cart/v2?"
        )
    if status == OK and answer.ok and not has_orders(answer.value):
        return f"{where} answers JSON, but no list of orders; check the address"
    return None


def _not_json(exchange: Exchange, where: str) -> str | None:
    """A page instead of JSON: no store, unless the store itself is broken."""
    if exchange.status >= SERVER_ERROR:
        return None
    page = exchange.response_body[:2000].lstrip().lower()
    said = "an HTML page" if page.startswith(b"<") or "html" in exchange.content_type else "no JSON"
    return (
        f"{where} answers {exchange.status} with {said}: no store there; check the address, that "
        "the plugin is active, and that no login page or firewall stands before it "
        "(headers in fluentcart.toml are sent along)"
    )


def _redirect(exchange: Exchange) -> str:
    """Where the target sends us, which is never followed with credentials."""
    target = urljoin(exchange.url, exchange.response_headers.get("location", ""))
    own, other = urlsplit(exchange.url), urlsplit(target)
    shown = plain(f"{other.scheme}://{other.hostname or ''}{other.path}", 120)
    if (own.scheme, own.netloc, own.path) == (other.scheme, other.netloc, other.path):
        return f"{own.scheme}://{own.netloc}{own.path} redirects to itself"
    hint = "give that address as the base URL if it is yours"
    return f"{own.scheme}://{own.netloc} redirects to {shown}; {hint}"
