# mistake: Names are compared with upper and lower case, so a parameter called Token goes to the log as it is.
# fails: upper and lower case in the URL
def masked(url, names):
    if "?" not in url:
        return url
    path, query = url.split("?", 1)
    result = []
    for part in query.split("&"):
        if "=" in part:
            name, value = part.split("=", 1)
            if name in names:
                value = "***"
            part = name + "=" + value
        result.append(part)
    return path + "?" + "&".join(result)
