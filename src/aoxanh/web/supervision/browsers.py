"""What a browser is called in a list: its family and the system it runs on, from what it says of itself; nothing finer is kept."""

_FAMILIES = (
    ("Edg", "Edge"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_named(said: str) -> str:
    """Return e.g. "Chrome, Android"; empty where neither is known."""
    found = (next((name for sign, name in signs if sign in said), "") for signs in (_FAMILIES, _SYSTEMS))
    return ", ".join(name for name in found if name)
