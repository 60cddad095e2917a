function f(n) {
  if (n === 1) process.kill(process.pid, "SIGKILL");
  while (n === 1);
  return n;
}
