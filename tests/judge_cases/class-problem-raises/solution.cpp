struct Log {
    std::map<std::string, int> lines;
    Log(std::vector<std::string> lines) {}

    int add(std::string line) { return lines.at(line); }
};
