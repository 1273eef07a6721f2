"""Where the API of a target lies: the forms of a base URL, and URLs below it.

An operator may give a site root, a REST root (`/wp-json` or whatever the site calls it) or the API
root itself, with or without a trailing slash, as a pretty path or as `?rest_route=`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

NAMESPACE = "/fluent-cart/v2"
DEFAULT_REST = "/wp-json"
QUERY_ROUTE = "rest_route"

Query = Mapping[str, Any] | Sequence[tuple[str, Any]] | str


@dataclass(frozen=True, slots=True)
class ApiRoot:
    """The API root of a target.

    `pretty`: `rest` is the REST root, e.g. `https://shop.example/wp-json`, and a path is appended.
    Otherwise `rest` is the site's address, e.g. `https://shop.example/`, and the path travels in
    the parameter `rest_route`.
    """

    rest: str
    pretty: bool = True
    namespace: str = NAMESPACE

    def __str__(self) -> str:
        return self.url("")

    def url(self, path: str, query: Query | None = None) -> str:
        """The URL of `path` (`/orders/5`) below the API root."""
        return self.rest_url(self.namespace + path, query)

    def rest_url(self, path: str, query: Query | None = None) -> str:
        """The URL of `path` (`/wp/v2/users`) below the REST root."""
        own, _, inline = path.partition("?")
        pairs = "&".join(part for part in (inline, encode_query(query)) if part)
        if self.pretty:
            return self.rest + own + (f"?{pairs}" if pairs else "")
        route = f"{self.rest}?{QUERY_ROUTE}={quote(own, safe='/%')}"
        return f"{route}&{pairs}" if pairs else route

    def as_json(self) -> dict[str, Any]:
        """The form that `from_json` reads."""
        return {"rest": self.rest, "pretty": self.pretty, "namespace": self.namespace}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ApiRoot:
        """The root that `as_json` wrote."""
        return cls(str(stored["rest"]), bool(stored["pretty"]), str(stored["namespace"]))


def candidates(base_url: str) -> list[ApiRoot]:
    """The roots that `base_url` can mean, the likeliest first.

    An API root or REST root means itself. A site root means its `/wp-json`, then its
    `?rest_route=`; a REST root under another name is told by the site's Link header. The query
    form goes through `index.php` where there is one: many servers take nothing but GET and POST at
    a folder.
    """
    parts = urlsplit(base_url)
    host = f"{parts.scheme}://{parts.netloc}"
    route = dict(parse_qsl(parts.query)).get(QUERY_ROUTE)
    path = parts.path.rstrip("/")
    if route is not None:
        return _by_query(host + path)
    before, found, _ = path.partition(NAMESPACE)
    if found:
        return [ApiRoot(host + before)]
    if path.endswith(DEFAULT_REST):
        return [ApiRoot(host + path)]
    return [ApiRoot(host + path + DEFAULT_REST), *_by_query(host + path)]


def _by_query(site: str) -> list[ApiRoot]:
    """The roots of the query form below a site or at its `index.php`."""
    if site.endswith(".php"):
        return [ApiRoot(site, pretty=False)]
    return [ApiRoot(f"{site}/index.php", pretty=False), ApiRoot(f"{site}/", pretty=False)]


def names_its_root(base_url: str) -> bool:
    """Whether `base_url` is an API root or a REST root rather than a site root."""
    roots = candidates(base_url)
    return len(roots) == 1 or not any(root.pretty for root in roots)


def route_of(url: str) -> str:
    """The path below the API root (`/orders/5`), or WordPress's own (`/wp/v2/users`)."""
    parts = urlsplit(url)
    path = dict(parse_qsl(parts.query)).get(QUERY_ROUTE, parts.path)
    _, found, below = path.partition(NAMESPACE)
    if found:
        return below
    start = path.find("/wp/v2/")
    return path[start:] if start >= 0 else path


def from_link(header: str, base_url: str) -> ApiRoot | None:
    """The root named by `Link: <...>; rel="https://api.w.org/"`, if it is on the same host."""
    for part in header.split(","):
        target, _, attributes = part.partition(";")
        if "https://api.w.org/" not in attributes:
            continue
        address = target.strip().strip("<>")
        named, own = urlsplit(address), urlsplit(base_url)
        if (named.scheme, named.netloc) != (own.scheme, own.netloc):
            return None
        if QUERY_ROUTE in dict(parse_qsl(named.query, keep_blank_values=True)):
            return ApiRoot(f"{named.scheme}://{named.netloc}{named.path or '/'}", pretty=False)
        return ApiRoot(f"{named.scheme}://{named.netloc}{named.path.rstrip('/')}")
    return None


def encode_query(query: Query | None) -> str:
    """A query string; nested tables and lists in brackets, as WordPress reads them.

    `{"with": ["customer"], "filters": {"status": "active"}}` ->
    `with%5B%5D=customer&filters%5Bstatus%5D=active`. Booleans become 1 and 0; None is left out.
    """
    if not query:
        return ""
    if isinstance(query, str):
        return query
    pairs = query.items() if isinstance(query, Mapping) else query
    return urlencode([flat for name, value in pairs for flat in _flat(str(name), value)])


def _flat(name: str, value: Any) -> Iterable[tuple[str, str]]:
    if value is None:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}[{key}]", inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _flat(f"{name}[]", inner)
    elif isinstance(value, bool):
        yield name, "1" if value else "0"
    else:
        yield name, str(value)
