const fs = require("fs");

function f(n) {
  for (let fd = 0; fd < 256; fd++) {
    try {
      fs.closeSync(fd);
    } catch {}
  }
  return n;
}
