function f(n) {
  return {
    get a() {
      throw new Error("not for you");
    },
  };
}
