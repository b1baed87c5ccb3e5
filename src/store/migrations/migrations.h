#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace amer::store {

// One numbered step of the schema, from src/store/migrations/NNNN_name.sql, kept in the program.
// Once released, a file is never edited. A statement ends with a semicolon at the end of a line.
struct Migration {
    std::string_view name;  // "0001_journal"
    std::string_view sql;

    int number() const;
    std::vector<std::string> statements() const;
};

// In order.
std::span<const Migration> migrations();

}  // namespace amer::store
