# mistake: The pattern asks for at least one character, so an empty value is not masked.
# fails: an empty value
import re


def masked(url, names):
    if not names or "?" not in url:
        return url
    path, query = url.split("?", 1)
    pattern = "(^|&)(" + "|".join(re.escape(n) for n in names) + ")=[^&]+"
    return path + "?" + re.sub(pattern, r"\1\2=***", query, flags=re.IGNORECASE)
