import java.io.*;

class Solution {
    long f(long n) {
        if (new File("/tmp").list().length > 0) return -1;
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < 100; i++) {
            try (FileOutputStream file = new FileOutputStream("/tmp/file-" + i)) {
                file.write(block);
            } catch (IOException error) {
                return error.getMessage().contains("No space left") ? n : -3;
            }
        }
        return -2;
    }
}
