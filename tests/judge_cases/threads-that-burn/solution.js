const { Worker } = require("worker_threads");

function f(n) {
  if (n === 2) return n;
  for (let i = 0; i < 3; i++) new Worker("for (;;);", { eval: true });
  return new Promise(() => {});
}
