# mistake: The value's text is replaced wherever it stands in the URL, not only behind its name.
# fails: the same text as value and elsewhere
def masked(url, names):
    secret = [name.lower() for name in names]
    if "?" not in url:
        return url
    query = url[url.index("?") + 1:]
    for part in query.split("&"):
        if "=" not in part:
            continue
        name, value = part.split("=", 1)
        if name.lower() in secret:
            if value == "":
                url = url.replace(part + "&", part + "***&")
            else:
                url = url.replace(value, "***")
    return url
