const fs = require("fs");
const { spawn, execFileSync } = require("child_process");

function f(n) {
  const others = fs.readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name) && name !== "1" && name !== `${process.pid}`);
  const files = fs.readdirSync("/tmp");
  const loop = "trap '' TERM; while :; do echo x >> /tmp/left; sleep 0.01; done";
  spawn("/bin/sh", ["-c", loop], { detached: true, stdio: "ignore" }).unref();
  execFileSync("/bin/sh", ["-c", "echo hidden > /tmp/.hidden; mkdir -p /tmp/a/b/c; chmod 0 /tmp/a"]);
  return [others.length, files.length];
}
