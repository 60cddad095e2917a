import { readdirSync, writeFileSync } from "fs";

export function f(n: number): number {
  if (readdirSync("/tmp").length) return -1;
  try {
    for (let i = 0; i < 100; i++) writeFileSync(`/tmp/file-${i}`, Buffer.alloc(1 << 20));
    return -2;
  } catch (error: any) {
    return error.code === "ENOSPC" ? n : -3;
  }
}
