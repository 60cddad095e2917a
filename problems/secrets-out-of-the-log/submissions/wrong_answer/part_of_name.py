# mistake: The secret name is searched inside the parameter's name, so names that only contain it are masked too.
# fails: names that only contain a secret name
def masked(url, names):
    if "?" not in url:
        return url
    path, query = url.split("?", 1)
    result = []
    for part in query.split("&"):
        if "=" in part:
            name, value = part.split("=", 1)
            for secret in names:
                if secret.lower() in name.lower():
                    value = "***"
            part = name + "=" + value
        result.append(part)
    return path + "?" + "&".join(result)
