#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "base/result.h"

namespace amer::control {

using Json = nlohmann::ordered_json;

// Tells the client at once how far long work is.
using Progress = std::function<void(const std::string& line)>;

// Answers one command; runs on the control thread, one at a time.
using Handler = std::function<Result<Json>(const Json& arguments, const Progress& progress)>;
using Handlers = std::map<std::string, Handler>;

struct ServerLimits {
    std::size_t request_bytes = 64 * 1024;  // one line; a longer one ends the connection
    std::size_t clients = 16;
    std::size_t answer_bytes = 64 * 1024 * 1024;  // waiting to be read by one client
};

// The door for commands on this machine: a UNIX socket that only its owner may open, spoken to in
// lines of JSON. {"command":"status","arguments":{...}} is answered by any number of
// {"progress":"..."} and then one {"result":...} or {"error":"..."}; a connection may ask again.
// Runs its own thread from start() to destruction.
class Server {
public:
    // Takes over a socket that a killed process left; fails when a living one listens there.
    static Result<std::unique_ptr<Server>> start(const std::filesystem::path& socket,
                                                 Handlers handlers, ServerLimits limits = {});
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

std::filesystem::path socket_in(const std::filesystem::path& data);

}  // namespace amer::control
