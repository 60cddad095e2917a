import java.util.*;
class Log {
    private final Map<String, Long> lines = new HashMap<>();
    Log(List<String> lines) {}
    long add(String line) {
        return lines.get(line);
    }
}
