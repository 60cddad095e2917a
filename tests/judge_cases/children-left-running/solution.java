import java.io.File;

class Solution {
    long[] f(long n) throws Exception {
        String own = "" + ProcessHandle.current().pid();
        long others = 0;
        for (String name : new File("/proc").list()) {
            if (name.matches("[0-9]+") && !name.equals("1") && !name.equals(own)) others++;
        }
        long files = new File("/tmp").list().length;
        String loop = "trap '' TERM; while :; do echo x >> /tmp/left; sleep 0.01; done";
        new ProcessBuilder("/usr/bin/setsid", "/bin/sh", "-c", loop).start();
        String hidden = "echo hidden > /tmp/.hidden; mkdir -p /tmp/a/b/c; chmod 0 /tmp/a";
        new ProcessBuilder("/bin/sh", "-c", hidden).start().waitFor();
        return new long[] {others, files};
    }
}
