#include <bits/stdc++.h>
using namespace std;

class Sizes {
    static constexpr long long never = -1;
    map<string, vector<string>>& templates;
    long long limit;
    unordered_map<string, long long> known; // never while a template is being expanded

public:
    Sizes(map<string, vector<string>>& templates, long long limit) : templates(templates), limit(limit) {}

    long long of(const string& name) {
        auto [place, isNew] = known.try_emplace(name, never);
        if (!isNew) {
            return place->second;
        }
        long long total = 0;
        for (const string& part : templates[name]) {
            if (part.starts_with('@')) {
                long long included = of(part.substr(1));
                if (included == never) {
                    return never;
                }
                total += included;
            } else {
                // Bytes that continue a character are none of their own.
                total += count_if(part.begin(), part.end(), [](unsigned char sign) { return (sign & 0xc0) != 0x80; });
            }
            if (total > limit) {
                return never;
            }
        }
        return known[name] = total;
    }
};

optional<long long> expandedSize(map<string, vector<string>>& templates, string start, long long limit) {
    long long total = Sizes(templates, limit).of(start);
    return total < 0 ? nullopt : optional(total);
}
