# mistake: Each parameter is split at "=" into exactly two pieces; a flag has one piece, and a value may contain the sign.
# fails: a secret name without a value
def masked(url, names):
    secret = {n.lower() for n in names}
    if "?" not in url:
        return url
    path, query = url.split("?", 1)
    result = []
    for part in query.split("&"):
        name, value = part.split("=")
        if name.lower() in secret:
            value = "***"
        result.append(name + "=" + value)
    return path + "?" + "&".join(result)
