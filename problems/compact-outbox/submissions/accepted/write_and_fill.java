import java.util.*;

class Solution {
    void compact(List<Long> slots, List<Long> done) {
        Set<Long> finished = new HashSet<>(done);
        int write = 0;
        for (Long id : slots) {
            if (id != null && !finished.contains(id)) {
                slots.set(write++, id);
            }
        }
        Collections.fill(slots.subList(write, slots.size()), null);
    }
}
