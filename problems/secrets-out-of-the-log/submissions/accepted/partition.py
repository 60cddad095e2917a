def masked(url, names):
    secret = {name.lower() for name in names}
    path, mark, query = url.partition("?")
    parts = []
    for part in query.split("&"):
        name, equals, _ = part.partition("=")
        parts.append(name + "=***" if equals and name.lower() in secret else part)
    return path + mark + "&".join(parts)
