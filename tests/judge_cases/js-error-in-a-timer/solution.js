function f(n) {
  return new Promise((resolve) => setTimeout(() => resolve(n.missing.field), 1));
}
