#pragma once

#include <string>
#include <string_view>

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

// Included by .cc files of this room only: SOCI is slow to compile.
namespace amer::store {

// The rows of a select one after the other, their texts where SQLite has them: a text lives until
// the next row. Throws soci::soci_error. The session outlives it.
class Rows {
public:
    Rows(soci::session& session, const std::string& select)
        : connection_{static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_} {
        if (sqlite3_prepare_v2(connection_, select.c_str(), -1, &statement_, nullptr) !=
            SQLITE_OK) {
            throw soci::soci_error(sqlite3_errmsg(connection_));
        }
    }
    ~Rows() { sqlite3_finalize(statement_); }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    bool next() {
        const int result = sqlite3_step(statement_);
        if (result != SQLITE_ROW && result != SQLITE_DONE) {
            throw soci::soci_error(sqlite3_errmsg(connection_));
        }
        return result == SQLITE_ROW;
    }
    std::int64_t integer(int column) { return sqlite3_column_int64(statement_, column); }
    std::string_view text(int column) {
        const void* const begin = sqlite3_column_text(statement_, column);
        const int length = sqlite3_column_bytes(statement_, column);
        return begin == nullptr ? std::string_view{}
                                : std::string_view{static_cast<const char*>(begin),
                                                   static_cast<std::size_t>(length)};
    }

private:
    sqlite_api::sqlite3* connection_;
    sqlite_api::sqlite3_stmt* statement_ = nullptr;
};

}  // namespace amer::store
