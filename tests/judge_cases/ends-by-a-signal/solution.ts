function f(n: number): number {
  if (n === 1) process.kill(process.pid, "SIGKILL");
  while (n === 1);
  return n;
}
