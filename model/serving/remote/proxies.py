"""The proxy on the way to a server elsewhere, as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name it.

httpx reads these only for a client whose transport it makes itself, and ours is `CappedTransport`. What the
variables mean, and what NO_PROXY leaves out, is urllib's to say, as for most programs in Python. An address
of this machine is always asked without a proxy: elsewhere it would be another one, and a tunnel ends here.
"""

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from model.errors import ConfigError


def proxy_for(url: str) -> str | None:
    """The address of the proxy for requests to `url`, None for none. Raises ConfigError for one of a kind
    that is not spoken here."""
    at, proxies = urlsplit(url), getproxies_environment()
    proxy = proxies.get(at.scheme) or proxies.get("all")
    if not proxy or _is_this_machine(at.hostname or "") or proxy_bypass(at.netloc, proxies):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if urlsplit(proxy).scheme not in ("http", "https"):
        raise ConfigError(
            f"The proxy for {at.netloc} is no HTTP proxy: name one in {at.scheme.upper()}_PROXY, or put "
            f"{at.hostname} into NO_PROXY."
        )
    return proxy


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
