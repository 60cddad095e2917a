import java.util.*;

class Reminders {
    private record Entry(String reminder, long at, long number) {}

    /** Entries that are not their reminder's own any longer are stale. */
    private final PriorityQueue<Entry> heap =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::number));
    private final Map<String, Entry> entries = new HashMap<>();
    private long sets = 0;

    boolean set(String reminder, long at) {
        Entry entry = new Entry(reminder, at, sets++);
        heap.add(entry);
        return entries.put(reminder, entry) != null;
    }

    boolean cancel(String reminder) {
        return entries.remove(reminder) != null;
    }

    String take(long now) {
        Entry first = first();
        if (first == null || first.at() > now) {
            return null;
        }
        heap.poll();
        entries.remove(first.reminder());
        return first.reminder();
    }

    Long nextAt() {
        Entry first = first();
        return first == null ? null : first.at();
    }

    private Entry first() {
        while (!heap.isEmpty() && entries.get(heap.peek().reminder()) != heap.peek()) {
            heap.poll();
        }
        return heap.peek();
    }
}
