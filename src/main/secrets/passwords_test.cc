#include "main/secrets/passwords.h"

#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include <sys/stat.h>
#include <unistd.h>

using namespace amer;
namespace fs = std::filesystem;

namespace {

struct DataFolder {
    fs::path path = fs::path{AMER_BINARY_DIR} / ("secrets_test_" + std::to_string(getpid()));

    DataFolder() { fs::remove_all(path); }
    ~DataFolder() { fs::remove_all(path); }
    DataFolder(const DataFolder&) = delete;
    DataFolder& operator=(const DataFolder&) = delete;
};

}  // namespace

TEST_CASE("the first start makes a password for everybody, in a file of the owner alone") {
    const DataFolder data;
    const auto made = secrets::keep_passwords(data.path, {"mariam", "salem"});
    REQUIRE(made);
    CHECK(made->size() == 2);
    CHECK(made->at("mariam").size() == 16);
    CHECK(made->at("mariam") != made->at("salem"));
    struct stat status {};
    REQUIRE(stat(secrets::passwords_file(data.path).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
    CHECK(secrets::read_passwords(data.path).value() == *made);
}

TEST_CASE("later starts keep what is there and make only what is missing") {
    const DataFolder data;
    const auto first = secrets::keep_passwords(data.path, {"mariam", "salem"});
    REQUIRE(first);
    const auto second = secrets::keep_passwords(data.path, {"mariam", "fatima"});
    REQUIRE(second);
    CHECK(second->at("mariam") == first->at("mariam"));
    CHECK(second->at("salem") == first->at("salem"));
    CHECK(second->at("fatima").size() == 16);
}

TEST_CASE("a file that others may read is refused, and the cure is named") {
    const DataFolder data;
    REQUIRE(secrets::keep_passwords(data.path, {"mariam"}));
    fs::permissions(secrets::passwords_file(data.path), fs::perms::group_read,
                    fs::perm_options::add);
    const auto read = secrets::read_passwords(data.path);
    REQUIRE_FALSE(read);
    CHECK(read.error().what.find("chmod 600") != std::string::npos);
    CHECK_FALSE(secrets::keep_passwords(data.path, {"mariam", "salem"}));
}

TEST_CASE("a broken file is an error with its line, and is not overwritten") {
    const DataFolder data;
    REQUIRE(secrets::keep_passwords(data.path, {"mariam"}));
    const fs::path file = secrets::passwords_file(data.path);
    std::ofstream{file} << "[passwords]\nmariam = 7\n";
    const auto read = secrets::keep_passwords(data.path, {"mariam"});
    REQUIRE_FALSE(read);
    CHECK(read.error().what.find("secrets.toml:2: expected a password as a text") !=
          std::string::npos);
    std::ofstream{file} << "[passwords\n";
    CHECK(secrets::read_passwords(data.path).error().what.find("not TOML") != std::string::npos);
}

TEST_CASE("names with quotes and stops are kept as they are") {
    const DataFolder data;
    const auto made = secrets::keep_passwords(data.path, {"a.b", "say \"hi\" \\"});
    REQUIRE(made);
    CHECK(secrets::read_passwords(data.path).value() == *made);
}

TEST_CASE("passwords have nothing that is misread, and do not repeat") {
    std::set<std::string> seen;
    for (int i = 0; i < 500; ++i) {
        const std::string password = secrets::make_password();
        CHECK(password.find_first_of("0Oo1lIaeiu") == std::string::npos);
        CHECK(seen.insert(password).second);
    }
    CHECK(secrets::random_seed() != secrets::random_seed());
}
