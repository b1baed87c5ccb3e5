#include "main/control/client.h"

#include <cerrno>
#include <string_view>

#include <fmt/format.h>
#include <sys/socket.h>

#include "main/control/local_socket.h"

namespace amer::control {
namespace {

bool send_all(int connection, std::string_view text) {
    while (!text.empty()) {
        const ssize_t sent = send(connection, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// Lines as they come, until the connection ends.
class Lines {
public:
    explicit Lines(int connection) : connection_{connection} {}

    bool next(std::string& line) {
        for (;;) {
            const std::size_t end = buffer_.find('\n', searched_);
            if (end != std::string::npos) {
                line = buffer_.substr(0, end);
                buffer_.erase(0, end + 1);
                searched_ = 0;
                return true;
            }
            searched_ = buffer_.size();
            char bytes[16 * 1024];
            const ssize_t received = recv(connection_, bytes, sizeof bytes, 0);
            if (received < 0 && errno == EINTR) continue;
            if (received <= 0) return false;
            buffer_.append(bytes, static_cast<std::size_t>(received));
        }
    }

private:
    int connection_;
    std::string buffer_;
    std::size_t searched_ = 0;
};

}  // namespace

Result<Json> ask(const std::filesystem::path& data, const std::string& command,
                 const Json& arguments, const Progress& progress) {
    const auto address = address_of(socket_in(data));
    if (!address) return tl::unexpected<Error>{address.error()};
    const Descriptor connection = connect_to(*address);
    if (!connection && errno == EACCES) {
        return failure(fmt::format("the centre of {} belongs to another user", data.string()));
    }
    if (!connection) {
        return failure(
            fmt::format("no centre runs with the data folder {} (start one with: amer "
                        "serve)",
                        data.string()));
    }
    const Json request{{"command", command}, {"arguments", arguments}};
    // A centre that is too busy answers without listening: what it says is read all the same.
    const bool was_taken = send_all(connection.number(), request.dump() + "\n");
    Lines lines{connection.number()};
    std::string line;
    while (lines.next(line)) {
        const Json answer = Json::parse(line, nullptr, false);
        if (!answer.is_object()) return failure("the centre's answer is not understood");
        if (const auto text = answer.find("progress"); text != answer.end() && text->is_string()) {
            if (progress) progress(text->get<std::string>());
            continue;
        }
        if (const auto text = answer.find("error"); text != answer.end() && text->is_string()) {
            return failure(text->get<std::string>());
        }
        if (const auto result = answer.find("result"); result != answer.end()) return *result;
        return failure("the centre's answer is not understood");
    }
    return failure(was_taken ? "the centre ended before it answered"
                             : "the centre did not take the question");
}

}  // namespace amer::control
