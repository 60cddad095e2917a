import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/** Uses what programs use, so that the image's archive holds it. */
public class Usual {
    private record Pair(String name, long count) {}

    private final List<Long> rows;
    private final Map<String, List<String>> names;
    private final double ratio;

    Usual(List<Long> rows, Map<String, List<String>> names, double ratio) {
        this.rows = rows;
        this.names = names;
        this.ratio = ratio;
    }

    Map<String, String> runAll(Long n, ListNode head, TreeNode root) {
        Map<String, String> answer = new TreeMap<>();
        for (ListNode node = head; node != null; node = node.next) answer.put("node " + node.value, "" + n);
        answer.put("tree", String.valueOf(root.left == null ? root.right.value : root.value));
        answer.put("sorted", rows.stream().sorted(Comparator.reverseOrder()).map(String::valueOf).collect(Collectors.joining(",")));
        answer.put("grouped", "" + rows.stream().collect(Collectors.groupingBy(row -> row % 2, Collectors.counting())));
        answer.put("sum", "" + rows.stream().mapToLong(Long::longValue).sum() + IntStream.range(0, 5).boxed().toList());
        answer.put("names", names.entrySet().stream().map(one -> new Pair(one.getKey(), one.getValue().size())).toList() + "");
        answer.put("format", String.format("%s %d %.2f", "text", n, ratio));
        collections(answer);
        try {
            rows.get(100);
        } catch (IndexOutOfBoundsException error) {
            answer.put("error", error.getMessage());
        }
        if (n == 3) System.out.println("printed " + answer);
        if (n == 19) throw new IllegalStateException("the end");
        return answer;
    }

    private void collections(Map<String, String> answer) {
        Deque<Long> deque = new ArrayDeque<>(rows);
        PriorityQueue<long[]> heap = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        PriorityQueue<Pair> pairs = new PriorityQueue<>(Comparator.comparingLong(Pair::count).thenComparing(Pair::name));
        Map<Long, Integer> counts = new HashMap<>();
        Set<Object> seen = new HashSet<>(Set.of("a", "b", "c"));
        for (long row : rows) {
            heap.add(new long[] {row, deque.pollFirst()});
            pairs.add(new Pair("p", row));
            counts.merge(row, 1, Integer::sum);
            seen.add(new Pair("q", row));
        }
        LinkedHashSet<String> kept = new LinkedHashSet<>(List.of("x", "y"));
        kept.addAll(new TreeSet<>(names.keySet()));
        counts.computeIfAbsent(7L, key -> 3);
        List<Map.Entry<Long, Integer>> entries = new ArrayList<>(counts.entrySet());
        entries.sort(Map.Entry.comparingByValue());
        Collections.sort(new LinkedList<>(rows));
        Supplier<Long> next = () -> heap.isEmpty() ? 0L : heap.poll()[0];
        Function<String, String> upper = String::toUpperCase;
        BiFunction<Long, Long, Long> most = Math::max;
        StringBuilder text = new StringBuilder(upper.apply("text")).append(most.apply(next.get(), 2L)).reverse();
        for (String word : "a, b, c".split(", ")) text.append(word.strip()).append(Integer.parseInt("12"));
        for (String word : "a1b22c".split("[0-9]+")) text.append(word.replaceAll("[a-z]", "-"));
        Optional<Long> first = rows.stream().filter(row -> row > 1).findFirst();
        long[] sorted = rows.stream().mapToLong(row -> row).toArray();
        Arrays.sort(sorted);
        String[] words = {"b", "a"};
        Arrays.sort(words, Comparator.comparing(String::length));
        answer.put("collections", text + Arrays.toString(sorted) + Arrays.asList(words) + first.orElse(0L) + kept + entries + seen.size() + new Random(1).nextInt(9));
    }
}
