// mistake: split() with a limit throws the rest away, so an open value loses all from its own equals sign on.
// fails: a value that looks like a parameter
function masked(url, names) {
  const secret = names.map((name) => name.toLowerCase());
  const start = url.indexOf("?") + 1;
  if (start === 0) {
    return url;
  }
  const parts = [];
  for (const part of url.slice(start).split("&")) {
    const [name, value] = part.split("=", 2);
    if (value === undefined) {
      parts.push(name);
    } else {
      parts.push(name + "=" + (secret.includes(name.toLowerCase()) ? "***" : value));
    }
  }
  return url.slice(0, start) + parts.join("&");
}
