function answers(keys, bodies) {
  const remembered = new Map();
  return keys.map((key, i) => {
    if (key === "") {
      return 201;
    }
    if (!remembered.has(key)) {
      remembered.set(key, bodies[i]);
      return 201;
    }
    return remembered.get(key) === bodies[i] ? 200 : 422;
  });
}
