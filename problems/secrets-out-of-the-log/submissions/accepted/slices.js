function masked(url, names) {
  const secret = new Set(names.map((name) => name.toLowerCase()));
  const mark = url.indexOf("?");
  if (mark === -1) {
    return url;
  }
  const parts = url.slice(mark + 1).split("&");
  const shown = parts.map((part) => {
    const equals = part.indexOf("=");
    const isSecret = equals !== -1 && secret.has(part.slice(0, equals).toLowerCase());
    return isSecret ? part.slice(0, equals) + "=***" : part;
  });
  return url.slice(0, mark + 1) + shown.join("&");
}
