#include "main/control/server.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <sys/socket.h>
#include <sys/stat.h>

#include "main/control/client.h"
#include "main/control/local_socket.h"

using namespace amer;
using control::Json;
namespace fs = std::filesystem;

namespace {

// Sockets need short paths, so the folder lies in the system's place for temporary things.
struct DataFolder {
    fs::path path = fs::temp_directory_path() / ("amer_control_" + std::to_string(getpid()));

    DataFolder() {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    ~DataFolder() { fs::remove_all(path); }
    DataFolder(const DataFolder&) = delete;
    DataFolder& operator=(const DataFolder&) = delete;
};

control::Handlers echo() {
    control::Handlers handlers;
    handlers["echo"] = [](const Json& arguments, const control::Progress&) -> Result<Json> {
        return arguments;
    };
    handlers["refuse"] = [](const Json&, const control::Progress&) -> Result<Json> {
        return failure("not today");
    };
    handlers["work"] = [](const Json&, const control::Progress& progress) -> Result<Json> {
        progress("half");
        progress("done");
        return Json(42);
    };
    handlers["large"] = [](const Json&, const control::Progress&) -> Result<Json> {
        return Json(std::string(3'000'000, 'x'));
    };
    handlers["picky"] = [](const Json& arguments, const control::Progress&) -> Result<Json> {
        return Json(arguments.at("number").get<int>());
    };
    return handlers;
}

// Bytes as a stranger might send them; everything that comes back until the end.
std::string exchange(const fs::path& data, const std::string& text, bool is_over) {
    const auto address = control::address_of(control::socket_in(data));
    const control::Descriptor connection = control::connect_to(*address);
    REQUIRE(connection);
    REQUIRE(send(connection.number(), text.data(), text.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(text.size()));
    if (is_over) shutdown(connection.number(), SHUT_WR);
    std::string all;
    char bytes[4096];
    for (;;) {
        const ssize_t received = recv(connection.number(), bytes, sizeof bytes, 0);
        if (received <= 0) return all;
        all.append(bytes, static_cast<std::size_t>(received));
        if (!is_over && all.ends_with('\n') && text.size() < 1024) return all;
    }
}

}  // namespace

TEST_CASE("a question is answered with what its handler says") {
    const DataFolder data;
    const auto server = control::Server::start(control::socket_in(data.path), echo());
    REQUIRE(server);
    const auto answer = control::ask(data.path, "echo", Json{{"word", "مرحبا"}});
    REQUIRE(answer);
    CHECK((*answer)["word"] == "مرحبا");
    CHECK(control::ask(data.path, "refuse").error().what == "not today");
    CHECK(control::ask(data.path, "dance").error().what == "unknown command 'dance'");
    CHECK(control::ask(data.path, "picky", Json{{"number", "x"}})
              .error()
              .what.starts_with("the arguments do not fit"));
}

TEST_CASE("long work tells how far it is, in order, before its result") {
    const DataFolder data;
    const auto server = control::Server::start(control::socket_in(data.path), echo());
    REQUIRE(server);
    std::vector<std::string> lines;
    const auto answer = control::ask(data.path, "work", Json::object(),
                                     [&](const std::string& line) { lines.push_back(line); });
    REQUIRE(answer);
    CHECK(*answer == 42);
    CHECK(lines == std::vector<std::string>{"half", "done"});
}

TEST_CASE("an answer larger than any socket buffer arrives whole") {
    const DataFolder data;
    const auto server = control::Server::start(control::socket_in(data.path), echo());
    REQUIRE(server);
    const auto answer = control::ask(data.path, "large");
    REQUIRE(answer);
    CHECK(answer->get<std::string>().size() == 3'000'000);
}

TEST_CASE("only the owner may open the socket, and it is gone afterwards") {
    const DataFolder data;
    const fs::path socket = control::socket_in(data.path);
    {
        const auto server = control::Server::start(socket, echo());
        REQUIRE(server);
        struct stat status {};
        REQUIRE(stat(socket.c_str(), &status) == 0);
        CHECK((status.st_mode & 0777U) == 0600U);
        CHECK(control::Server::start(socket, echo())
                  .error()
                  .what.starts_with("another centre runs with the data folder"));
        CHECK(control::ask(data.path, "work"));
    }
    CHECK_FALSE(fs::exists(socket));
    CHECK(control::ask(data.path, "work")
              .error()
              .what.starts_with("no centre runs with the data folder"));
}

TEST_CASE("a socket that a killed centre left does not hinder the next start") {
    const DataFolder data;
    const fs::path path = control::socket_in(data.path);
    {
        const auto address = control::address_of(path);
        const control::Descriptor dead{socket(AF_UNIX, SOCK_STREAM, 0)};
        REQUIRE(bind(dead.number(), reinterpret_cast<const sockaddr*>(&*address),
                     sizeof *address) == 0);
    }
    REQUIRE(fs::exists(path));
    const auto server = control::Server::start(path, echo());
    REQUIRE(server);
    CHECK(control::ask(data.path, "work"));
}

TEST_CASE("nonsense is answered and does no harm") {
    const DataFolder data;
    const auto server = control::Server::start(control::socket_in(data.path), echo());
    REQUIRE(server);
    CHECK(exchange(data.path, "hello\n", false).find("expected {") != std::string::npos);
    CHECK(exchange(data.path, "[1]\n{\"command\":7}\n", false).find("expected {") !=
          std::string::npos);
    CHECK(exchange(data.path, "{\"command\":\"echo\",\"arguments\":3}\n", false)
              .find("must be an object") != std::string::npos);
    CHECK(exchange(data.path, "half a line", true).empty());
    const std::string endless = exchange(data.path, std::string(70'000, '['), false);
    CHECK(endless.find("at most 65536 bytes") != std::string::npos);
    CHECK(control::ask(data.path, "work"));
}

TEST_CASE("the seventeenth client at once is told to come again") {
    const DataFolder data;
    const auto server = control::Server::start(control::socket_in(data.path), echo());
    REQUIRE(server);
    const auto address = control::address_of(control::socket_in(data.path));
    std::vector<control::Descriptor> idle;
    for (int i = 0; i < 16; ++i) {
        idle.push_back(control::connect_to(*address));
        REQUIRE(idle.back());
    }
    CHECK(control::ask(data.path, "work").error().what == "too many commands at once; try again");
    idle.clear();
    // The server sees the ends in its own time; the next question finds room soon after.
    bool has_room = false;
    for (int i = 0; i < 1000 && !has_room; ++i)
        has_room = control::ask(data.path, "work").has_value();
    CHECK(has_room);
}

TEST_CASE("a folder too deep for a socket is told in plain words") {
    const auto server = control::Server::start(fs::path{"/"} / std::string(120, 'd'), echo());
    REQUIRE_FALSE(server);
    CHECK(server.error().what.find("too long for a socket") != std::string::npos);
}
