// mistake: split() without a limit leaves out what is empty at the end, so the last separators are lost.
// fails: empty parameters stay
import java.util.*;
import java.util.stream.*;

class Solution {
    String masked(String url, List<String> names) {
        Set<String> secret = names.stream().map(String::toLowerCase).collect(Collectors.toSet());
        int mark = url.indexOf('?');
        if (mark < 0) {
            return url;
        }
        String shown = Arrays.stream(url.substring(mark + 1).split("&"))
                .map(part -> {
                    int equals = part.indexOf('=');
                    if (equals < 0 || !secret.contains(part.substring(0, equals).toLowerCase())) {
                        return part;
                    }
                    return part.substring(0, equals) + "=***";
                })
                .collect(Collectors.joining("&"));
        return url.substring(0, mark + 1) + shown;
    }
}
