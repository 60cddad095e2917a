def masked(url, names):
    secret = [name.lower() for name in names]
    start = url.find("?") + 1
    if start == 0:
        return url
    out = [url[:start]]
    while start <= len(url):
        end = url.find("&", start)
        if end == -1:
            end = len(url)
        equals = url.find("=", start, end)
        if equals != -1 and url[start:equals].lower() in secret:
            out.append(url[start:equals + 1] + "***")
        else:
            out.append(url[start:end])
        if end < len(url):
            out.append("&")
        start = end + 1
    return "".join(out)
