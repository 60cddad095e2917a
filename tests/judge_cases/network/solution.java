import java.nio.file.*;
import java.util.*;

class Solution {
    List<String> f(long n) throws Exception {
        List<String> found = new ArrayList<>();
        List<String> lines = Files.readAllLines(Path.of("/proc/net/dev"));
        for (String line : lines.subList(2, lines.size())) found.add(line.split(":")[0].strip());
        List<String> routes = Files.readAllLines(Path.of("/proc/net/route"));
        found.addAll(routes.subList(1, routes.size()));
        for (String line : Files.readAllLines(Path.of("/proc/net/ipv6_route"))) if (!line.endsWith(" lo")) found.add(line);
        return found;
    }
}
