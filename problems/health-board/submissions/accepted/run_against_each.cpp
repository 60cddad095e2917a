#include <bits/stdc++.h>
using namespace std;

class HealthBoard {
    struct Server {
        bool up = true;
        long long against = 0; // checks in a row that speak against the state
    };
    long long fall, rise, numberUp = 0;
    unordered_map<string, Server> servers;

public:
    HealthBoard(long long fall, long long rise) : fall(fall), rise(rise) {}

    bool report(const string& name, bool ok) {
        auto [place, isNew] = servers.try_emplace(name);
        Server& server = place->second;
        numberUp += isNew;
        server.against = ok == server.up ? 0 : server.against + 1;
        if (server.against < (server.up ? fall : rise)) {
            return false;
        }
        server = {ok, 0};
        numberUp += ok ? 1 : -1;
        return true;
    }

    bool isUp(const string& name) const {
        auto found = servers.find(name);
        return found != servers.end() && found->second.up;
    }

    long long upCount() const { return numberUp; }
};
