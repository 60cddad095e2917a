import java.util.*;

class Solution {
    String masked(String url, List<String> names) {
        Set<String> secret = new HashSet<>();
        for (String name : names) {
            secret.add(name.toLowerCase(Locale.ROOT));
        }
        int mark = url.indexOf('?');
        if (mark < 0) {
            return url;
        }
        StringJoiner shown = new StringJoiner("&");
        for (String part : url.substring(mark + 1).split("&", -1)) {
            int equals = part.indexOf('=');
            boolean isSecret = equals >= 0 && secret.contains(part.substring(0, equals).toLowerCase(Locale.ROOT));
            shown.add(isSecret ? part.substring(0, equals) + "=***" : part);
        }
        return url.substring(0, mark + 1) + shown;
    }
}
