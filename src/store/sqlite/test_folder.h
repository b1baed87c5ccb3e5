#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <unistd.h>

// For this room's tests: a data folder of their own, and a look into the tables that owes nothing
// to the code under test.
namespace amer::store {

class TestFolder {
public:
    explicit TestFolder(std::string_view name)
        : path_{std::filesystem::path{AMER_BINARY_DIR} / "test-data" /
                (std::string{name} + "-" + std::to_string(::getpid()))} {
        std::filesystem::remove_all(path_);
    }
    ~TestFolder() { std::filesystem::remove_all(path_); }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path file() const { return path_ / "amer.db"; }

    // Rows as "a|b|c\n", null as "-".
    std::string sql(const std::string& statement) const {
        sqlite3* database = nullptr;
        REQUIRE(sqlite3_open(file().c_str(), &database) == SQLITE_OK);
        const std::unique_ptr<sqlite3, int (*)(sqlite3*)> closer{database, sqlite3_close};
        std::string rows;
        const auto row = [](void* out, int columns, char** values, char**) {
            for (int column = 0; column < columns; ++column) {
                auto& text = *static_cast<std::string*>(out);
                if (column > 0) text += '|';
                text += values[column] == nullptr ? "-" : values[column];
            }
            *static_cast<std::string*>(out) += '\n';
            return 0;
        };
        const int result = sqlite3_exec(database, statement.c_str(), row, &rows, nullptr);
        REQUIRE_MESSAGE(result == SQLITE_OK, sqlite3_errmsg(database));
        return rows;
    }

    // Every read table, whole.
    std::string projections() const {
        std::string all;
        for (const char* table :
             {"contact", "callback_promise", "promise_attempt", "recording", "agent_state"}) {
            all += std::string{table} + "\n" +
                   sql(std::string{"select * from "} + table + " order by 1, 2, 3");
        }
        return all;
    }

private:
    std::filesystem::path path_;
};

}  // namespace amer::store
