// mistake: A size of 0 is falsy and looks like null, the answer for a template that never ends.
// fails: a template with no parts
function expandedSize(templates, start, limit) {
  const sizes = new Map();

  function size(name) {
    if (sizes.has(name)) {
      return sizes.get(name);
    }
    sizes.set(name, null);
    let total = 0;
    for (const part of templates[name]) {
      if (part.startsWith("@")) {
        const included = size(part.slice(1));
        if (!included) {
          return null;
        }
        total += included;
      } else {
        total += part.length;
      }
    }
    sizes.set(name, total);
    return total;
  }

  const total = size(start);
  return !total || total > limit ? null : total;
}
