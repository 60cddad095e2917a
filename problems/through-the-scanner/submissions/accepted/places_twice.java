import java.util.*;

class Solution {
    /** A service is reached twice: by a file that was not scanned yet, and by one that was. */
    private record Place(String service, boolean scanned) {}

    Long fewestHops(List<List<String>> links, List<String> scanners, String start, String target) {
        Map<String, List<String>> receivers = new HashMap<>();
        for (List<String> link : links) {
            receivers.computeIfAbsent(link.get(0), sender -> new ArrayList<>()).add(link.get(1));
        }
        Set<String> scans = new HashSet<>(scanners);
        Map<Place, Long> hops = new HashMap<>();
        Deque<Place> waiting = new ArrayDeque<>();
        Place first = new Place(start, scans.contains(start));
        hops.put(first, 0L);
        waiting.add(first);
        while (!waiting.isEmpty()) {
            Place place = waiting.poll();
            if (place.scanned() && place.service().equals(target)) {
                return hops.get(place);
            }
            for (String receiver : receivers.getOrDefault(place.service(), List.of())) {
                Place next = new Place(receiver, place.scanned() || scans.contains(receiver));
                if (hops.putIfAbsent(next, hops.get(place) + 1) == null) {
                    waiting.add(next);
                }
            }
        }
        return null;
    }
}
