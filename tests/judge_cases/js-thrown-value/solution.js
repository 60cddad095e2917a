function f(n) {
  throw "a word";
}
