// mistake: find() looks on beyond the end of a parameter. One without a value takes the equals sign of the one behind it.
// fails: empty parameters stay
#include <bits/stdc++.h>
using namespace std;

string lower(string text) {
    transform(text.begin(), text.end(), text.begin(), [](unsigned char sign) { return tolower(sign); });
    return text;
}

string masked(string url, vector<string> names) {
    set<string> secret;
    for (auto& name : names) {
        secret.insert(lower(name));
    }
    size_t begin = url.find('?');
    if (begin == string::npos) {
        return url;
    }
    string shown = url.substr(0, ++begin);
    while (true) {
        size_t equals = url.find('=', begin);
        if (equals == string::npos) {
            return shown + url.substr(begin);
        }
        size_t end = url.find('&', equals);
        string name = url.substr(begin, equals - begin);
        shown += secret.count(lower(name)) ? name + "=***" : url.substr(begin, end - begin);
        if (end == string::npos) {
            return shown;
        }
        shown += '&';
        begin = end + 1;
    }
}
