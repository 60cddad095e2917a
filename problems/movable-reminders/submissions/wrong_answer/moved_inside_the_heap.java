// mistake: An entry changes while it is in the PriorityQueue, which looks for its place only when it is added.
// fails: moved to a later time
import java.util.*;

class Reminders {
    private static class Entry {
        String reminder;
        long at;
        long number;
    }

    private final PriorityQueue<Entry> heap = new PriorityQueue<>((a, b) -> {
        int byTime = Long.compare(a.at, b.at);
        return byTime == 0 ? Long.compare(a.number, b.number) : byTime;
    });
    private final Map<String, Entry> waiting = new HashMap<>();
    private long sets = 0;

    boolean set(String reminder, long at) {
        Entry entry = waiting.get(reminder);
        boolean moved = entry != null;
        if (!moved) {
            entry = new Entry();
            entry.reminder = reminder;
            waiting.put(reminder, entry);
        }
        entry.at = at;
        entry.number = sets++;
        if (!moved) {
            heap.add(entry);
        }
        return moved;
    }

    boolean cancel(String reminder) {
        Entry entry = waiting.remove(reminder);
        return entry != null && heap.remove(entry);
    }

    String take(long now) {
        if (heap.isEmpty() || heap.peek().at > now) {
            return null;
        }
        Entry first = heap.poll();
        waiting.remove(first.reminder);
        return first.reminder;
    }

    Long nextAt() {
        return heap.isEmpty() ? null : heap.peek().at;
    }
}
