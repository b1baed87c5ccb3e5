#include "store/migrations/migrations.h"

#include <charconv>
#include <utility>

namespace amer::store {

int Migration::number() const {
    int number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number);
    return number;
}

std::vector<std::string> Migration::statements() const {
    std::vector<std::string> found;
    std::string statement;
    std::string_view rest = sql;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
        line = line.substr(0, line.find("--"));
        const std::size_t last = line.find_last_not_of(' ');
        if (last == line.npos) continue;
        const bool is_end = line[last] == ';';
        statement += line.substr(0, is_end ? last : last + 1);
        statement += '\n';
        if (is_end) found.push_back(std::exchange(statement, {}));
    }
    return found;
}

}  // namespace amer::store
