type Mask = (parameter: string, name: string) => string;

function masked(url: string, names: readonly string[]): string {
  const secrets: ReadonlySet<string> = new Set(names.map((name) => name.toLowerCase()));
  const mask: Mask = (parameter, name) => (secrets.has(name.toLowerCase()) ? `${name}=***` : parameter);

  const parameters = url.indexOf("?") + 1;
  if (parameters === 0) {
    return url;
  }
  return url.slice(0, parameters) + url.slice(parameters).replace(/(?<![^&])([^&=]*)=[^&]*/g, mask);
}
