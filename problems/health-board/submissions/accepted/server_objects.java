import java.util.*;

class HealthBoard {
    private static class Server {
        boolean up = true;
        long against = 0;
    }

    private final long fall;
    private final long rise;
    private final Map<String, Server> servers = new HashMap<>();
    private long down = 0;

    HealthBoard(long fall, long rise) {
        this.fall = fall;
        this.rise = rise;
    }

    boolean report(String name, boolean ok) {
        Server server = servers.computeIfAbsent(name, unknown -> new Server());
        server.against = ok == server.up ? 0 : server.against + 1;
        if (server.against < (server.up ? fall : rise)) {
            return false;
        }
        server.up = ok;
        server.against = 0;
        down += ok ? -1 : 1;
        return true;
    }

    boolean isUp(String name) {
        Server server = servers.get(name);
        return server != null && server.up;
    }

    long upCount() {
        return servers.size() - down;
    }
}
