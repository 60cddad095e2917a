# mistake: The URL is cut at every question mark and only the second piece is looked at; a value may contain one too.
# fails: a second question mark
def masked(url, names):
    secret = {n.lower() for n in names}
    pieces = url.split("?")
    if len(pieces) == 1:
        return url
    result = []
    for part in pieces[1].split("&"):
        name, equals, value = part.partition("=")
        if equals and name.lower() in secret:
            value = "***"
        result.append(name + equals + value)
    return pieces[0] + "?" + "&".join(result)
