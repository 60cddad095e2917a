// mistake: The name is taken to end before the last equals sign. A value may contain further ones.
// fails: a value that looks like a parameter
interface Parameter {
  readonly name: string;
  readonly value?: string;
}

function parsed(text: string): Parameter {
  const equals = text.lastIndexOf("=");
  return equals === -1 ? { name: text } : { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

function masked(url: string, names: readonly string[]): string {
  const secrets = new Set(names.map((name) => name.toLowerCase()));
  const show = ({ name, value }: Parameter): string => {
    if (value === undefined) {
      return name;
    }
    return secrets.has(name.toLowerCase()) ? `${name}=***` : `${name}=${value}`;
  };

  const mark = url.indexOf("?");
  if (mark === -1) {
    return url;
  }
  const shown = url.slice(mark + 1).split("&").map((text) => show(parsed(text)));
  return `${url.slice(0, mark)}?${shown.join("&")}`;
}
