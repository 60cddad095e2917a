// mistake: == asks whether two texts are the same object. The target's name in a link is another one.
// fails: the start is a scanner
import java.util.*;

class Solution {
    Long fewestHops(List<List<String>> links, List<String> scanners, String start, String target) {
        Map<String, List<String>> receivers = new HashMap<>();
        for (List<String> link : links) {
            receivers.computeIfAbsent(link.get(0), sender -> new ArrayList<>()).add(link.get(1));
        }
        Set<String> scans = new HashSet<>(scanners);
        List<Set<String>> seen = List.of(new HashSet<>(), new HashSet<>());
        Deque<Object[]> waiting = new ArrayDeque<>();
        waiting.add(new Object[] {start, scans.contains(start), 0L});
        while (!waiting.isEmpty()) {
            Object[] place = waiting.poll();
            String service = (String) place[0];
            boolean scanned = (boolean) place[1];
            if (!seen.get(scanned ? 1 : 0).add(service)) {
                continue;
            }
            if (scanned && service == target) {
                return (Long) place[2];
            }
            for (String receiver : receivers.getOrDefault(service, List.of())) {
                waiting.add(new Object[] {receiver, scanned || scans.contains(receiver), (Long) place[2] + 1});
            }
        }
        return null;
    }
}
