import java.util.*;

class Solution {
    private final Map<String, Set<String>> clashing = new HashMap<>();
    private final Deque<String> chosen = new ArrayDeque<>();

    List<String> choose(List<List<String>> versions, List<List<String>> clashes) {
        for (List<String> clash : clashes) {
            clashing.computeIfAbsent(clash.get(0), version -> new HashSet<>()).add(clash.get(1));
            clashing.computeIfAbsent(clash.get(1), version -> new HashSet<>()).add(clash.get(0));
        }
        return complete(versions) ? new ArrayList<>(chosen) : null;
    }

    private boolean complete(List<List<String>> versions) {
        if (chosen.size() == versions.size()) {
            return true;
        }
        for (String version : versions.get(chosen.size())) {
            Set<String> against = clashing.getOrDefault(version, Set.of());
            if (chosen.stream().anyMatch(against::contains)) {
                continue;
            }
            chosen.addLast(version);
            if (complete(versions)) {
                return true;
            }
            chosen.removeLast();
        }
        return false;
    }
}
