#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace amer::cli {

// Rows under headings, columns aligned by what a terminal shows, not by bytes.
class Table {
public:
    explicit Table(std::vector<std::string> headings) { rows_.push_back(std::move(headings)); }

    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    bool empty() const { return rows_.size() == 1; }
    std::string text() const;

private:
    std::vector<std::vector<std::string>> rows_;
};

// Cells a terminal needs for this text: combining marks and direction marks take none.
std::size_t cells_of(std::string_view text);

}  // namespace amer::cli
