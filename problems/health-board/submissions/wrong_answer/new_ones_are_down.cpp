// mistake: [] makes a server of zeros, and false for up. Before its first report a server is up.
// fails: one passed check
#include <bits/stdc++.h>
using namespace std;

class HealthBoard {
    struct Server {
        bool up;
        int failed, passed;
    };
    int fall, rise, numberUp = 0;
    map<string, Server> servers;

public:
    HealthBoard(int fall, int rise) : fall(fall), rise(rise) {}

    bool report(string name, bool ok) {
        Server& server = servers[name];
        server.failed = ok ? 0 : server.failed + 1;
        server.passed = ok ? server.passed + 1 : 0;
        bool before = server.up;
        if (server.failed >= fall) {
            server.up = false;
        }
        if (server.passed >= rise) {
            server.up = true;
        }
        numberUp += server.up - before;
        return server.up != before;
    }

    bool isUp(string name) { return servers.count(name) && servers[name].up; }

    int upCount() { return numberUp; }
};
