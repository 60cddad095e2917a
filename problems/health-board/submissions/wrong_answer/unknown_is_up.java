// mistake: getOrDefault(server, true) is right for a first report, and calls up what nobody has reported of.
// fails: a question about an unknown server
import java.util.*;

class HealthBoard {
    private final int fall;
    private final int rise;
    private final Map<String, Boolean> up = new HashMap<>();
    private final Map<String, Integer> against = new HashMap<>();

    HealthBoard(int fall, int rise) {
        this.fall = fall;
        this.rise = rise;
    }

    boolean report(String server, boolean ok) {
        boolean was = isUp(server);
        up.putIfAbsent(server, true);
        if (ok == was) {
            against.put(server, 0);
            return false;
        }
        if (against.merge(server, 1, Integer::sum) < (was ? fall : rise)) {
            return false;
        }
        up.put(server, ok);
        against.put(server, 0);
        return true;
    }

    boolean isUp(String server) {
        return up.getOrDefault(server, true);
    }

    long upCount() {
        return up.values().stream().filter(one -> one).count();
    }
}
