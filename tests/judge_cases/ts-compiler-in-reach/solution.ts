import { existsSync, writeFileSync } from "fs";

export function f(n: number): string[] {
  const changed: string[] = [];
  for (const name of ["compiler.blob", "compiler.js", "ambient.d.ts", "runner.js"]) {
    if (!existsSync(`/harness/${name}`)) changed.push(`${name} is missing`);
    try {
      writeFileSync(`/harness/${name}`, "changed");
      changed.push(name);
    } catch {}
  }
  return changed;
}
