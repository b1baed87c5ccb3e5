#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"
#include "sip/transport/flow.h"
#include "sip/wire/message.h"

namespace boost::asio {
class io_context;
}

namespace amer::sip {

struct TcpOptions {
    Limits limits;
    std::size_t max_connections = 4'000;
    std::size_t max_per_source = 200;        // a branch office behind one address
    std::size_t max_queued_bytes = 1 << 20;  // of one connection; then it is closed
    Duration idle = std::chrono::minutes{5};
    Duration half_message = std::chrono::seconds{10};
    Duration connect = std::chrono::seconds{4};
};

// One listening TCP socket, its connections, and those opened from here. Lives on the thread that
// runs the io_context; destroying it closes them all without a word.
class TcpDoor {
public:
    struct Events {
        std::function<void(const Flow& flow, Parsed<Message> message)> receive;
        std::function<void(const Flow& flow)> closed;
        // Whether an idle connection must stay, for a registration or a call.
        std::function<bool(const Flow& flow)> is_needed;
    };

    static Result<std::unique_ptr<TcpDoor>> open(boost::asio::io_context& context,
                                                 const Endpoint& at, TcpOptions options,
                                                 Events events);
    ~TcpDoor();

    // Connection 0 takes the open one to that peer, else opens one. `closed` is called for a
    // connection that is gone or cannot be made; never from inside send().
    void send(const Flow& flow, std::string_view bytes);
    const Endpoint& local() const;
    std::size_t connections() const;

private:
    struct Listener;
    explicit TcpDoor(std::shared_ptr<Listener> listener) : listener_{std::move(listener)} {}

    std::shared_ptr<Listener> listener_;  // shared with what waits in the io_context
};

}  // namespace amer::sip
