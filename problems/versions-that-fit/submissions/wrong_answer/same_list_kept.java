// mistake: The choice that is kept is the very list that goes on changing: it is empty when all calls are back.
// fails: one package
import java.util.*;

class Solution {
    private final Set<List<String>> clashing = new HashSet<>();
    private List<String> first = null;

    List<String> choose(List<List<String>> versions, List<List<String>> clashes) {
        for (List<String> clash : clashes) {
            clashing.add(clash);
            clashing.add(List.of(clash.get(1), clash.get(0)));
        }
        complete(versions, new ArrayList<>());
        return first;
    }

    private void complete(List<List<String>> versions, List<String> chosen) {
        if (first != null) {
            return;
        }
        if (chosen.size() == versions.size()) {
            first = chosen;
            return;
        }
        for (String version : versions.get(chosen.size())) {
            if (chosen.stream().noneMatch(other -> clashing.contains(List.of(version, other)))) {
                chosen.add(version);
                complete(versions, chosen);
                chosen.remove(chosen.size() - 1);
            }
        }
    }
}
