import java.util.*;

class Solution {
    private static final long ENDLESS = Long.MAX_VALUE / 2; // larger than any limit, and can be added to

    private final Map<String, Long> sizes = new HashMap<>();

    Long expandedSize(Map<String, List<String>> templates, String start, long limit) {
        long total = size(templates, start, limit);
        return total <= limit ? total : null;
    }

    private long size(Map<String, List<String>> templates, String name, long limit) {
        Long known = sizes.get(name);
        if (known != null) {
            return known;
        }
        sizes.put(name, ENDLESS); // while it is being expanded: what includes itself never ends
        long total = 0;
        for (String part : templates.get(name)) {
            total += part.startsWith("@") ? size(templates, part.substring(1), limit) : part.length();
            if (total > limit) {
                return ENDLESS;
            }
        }
        sizes.put(name, total);
        return total;
    }
}
