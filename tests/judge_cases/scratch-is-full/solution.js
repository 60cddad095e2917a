const fs = require("fs");

function f(n) {
  if (fs.readdirSync("/tmp").length) return -1;
  try {
    for (let i = 0; i < 100; i++) fs.writeFileSync(`/tmp/file-${i}`, Buffer.alloc(1 << 20));
    return -2;
  } catch (error) {
    return error.code === "ENOSPC" ? n : -3;
  }
}
