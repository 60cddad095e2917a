import java.io.File;
import java.nio.file.*;
import java.util.*;

class Solution {
    List<Integer> f(long n) throws Exception {
        int left = new File("/tmp").list().length;
        Files.createDirectories(Path.of("/tmp/a/b"));
        List<String> targets = List.of("/", "/proc/1", "/tmp", "/tmp/a", "..", ".", "nowhere", "/opt");
        for (int i = 0; i < targets.size(); i++) {
            Files.createSymbolicLink(Path.of("/tmp/link" + i), Path.of(targets.get(i)));
            Files.createSymbolicLink(Path.of("/tmp/a/b/link" + i), Path.of(targets.get(i)));
        }
        new ProcessBuilder("/usr/bin/mkfifo", "/tmp/fifo").start().waitFor();
        return List.of(left, new File("/usr/lib").isDirectory() ? 1 : 0);
    }
}
