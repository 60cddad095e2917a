// mistake: What stands behind a removed item moves to its place, and the loop goes on behind it.
// fails: empty slots side by side
import java.util.*;

class Solution {
    void compact(List<Long> slots, List<Long> done) {
        Set<Long> finished = new HashSet<>(done);
        int size = slots.size();
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i) == null || finished.contains(slots.get(i))) {
                slots.remove(i);
            }
        }
        while (slots.size() < size) {
            slots.add(null);
        }
    }
}
