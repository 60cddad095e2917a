async function lost() {
  throw new RangeError("nobody waits for this");
}

async function f(n) {
  lost();
  await new Promise((resolve) => setTimeout(resolve, 60000));
  return n;
}
