// mistake: Key and body are joined to one text, and another key with another body can give the same text.
// fails: key and body joined would be equal
function answers(keys, bodies) {
  const known = new Set();
  const requests = new Set();
  return keys.map((key, i) => {
    if (key === "") {
      return 201;
    }
    const request = key + bodies[i];
    if (requests.has(request)) {
      return 200;
    }
    if (known.has(key)) {
      return 422;
    }
    known.add(key);
    requests.add(request);
    return 201;
  });
}
