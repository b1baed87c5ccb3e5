#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <soci/soci.h>

#include "store/sqlite/statement.h"

// Included by .cc files of this room only: SOCI is slow to compile.
namespace amer::store {

// A row read column by column, in the order of the select's list.
class Cells {
public:
    explicit Cells(const soci::row& row) : row_{row} {}

    bool next_is_null() const { return row_.get_indicator(next_) == soci::i_null; }

    Integer integer() {
        const std::size_t column = next_++;
        switch (row_.get_properties(column).get_data_type()) {
            case soci::dt_integer: return row_.get<int>(column);
            case soci::dt_long_long: return row_.get<long long>(column);
            default:
                throw soci::soci_error("column " + row_.get_properties(column).get_name() +
                                       " is no number");
        }
    }
    Text text() { return row_.get<std::string>(next_++); }

    template <typename Read>
    auto optional(Read read) -> std::optional<decltype(read(*this))> {
        if (!next_is_null()) return read(*this);
        ++next_;
        return std::nullopt;
    }

private:
    const soci::row& row_;
    std::size_t next_ = 0;
};

// All rows that `select` finds, each made a Row by `make(Cells&)`. Throws soci::soci_error.
template <typename Row, typename Make, typename... Parameters>
std::vector<Row> rows_of(soci::session& session, const std::string& select, Make make,
                         const Parameters&... parameters) {
    soci::row row;
    soci::statement statement{session};
    statement.exchange(soci::into(row));
    (statement.exchange(soci::use(parameters)), ...);
    statement.alloc();
    statement.prepare(select);
    statement.define_and_bind();
    std::vector<Row> rows;
    for (bool has_row = statement.execute(true); has_row; has_row = statement.fetch()) {
        Cells cells{row};
        rows.push_back(make(cells));
    }
    return rows;
}

}  // namespace amer::store
