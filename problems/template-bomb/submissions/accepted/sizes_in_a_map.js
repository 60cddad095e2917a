function expandedSize(templates, start, limit) {
  const sizes = new Map(); // Infinity while a template is being expanded: what includes itself never ends

  function size(name) {
    if (!sizes.has(name)) {
      sizes.set(name, Infinity);
      let total = 0;
      for (const part of templates[name]) {
        total += part.startsWith("@") ? size(part.slice(1)) : part.length;
        if (total > limit) {
          return Infinity;
        }
      }
      sizes.set(name, total);
    }
    return sizes.get(name);
  }

  const total = size(start);
  return total <= limit ? total : null;
}
