// mistake: A sum in an int begins again below zero beyond two thousand million, and no limit is below that.
// fails: 45 templates, each includes the next twice
import java.util.*;

class Solution {
    private final Map<String, Integer> sizes = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private boolean endless = false;

    Long expandedSize(Map<String, List<String>> templates, String start, long limit) {
        long total = size(templates, start);
        return endless || total > limit ? null : total;
    }

    private int size(Map<String, List<String>> templates, String name) {
        if (sizes.containsKey(name)) {
            return sizes.get(name);
        }
        if (!open.add(name)) {
            endless = true;
            return 0;
        }
        int total = 0;
        for (String part : templates.get(name)) {
            total += part.startsWith("@") ? size(templates, part.substring(1)) : part.length();
        }
        open.remove(name);
        sizes.put(name, total);
        return total;
    }
}
