#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include "base/guarded.h"

// A server on a loopback socket for tests; one connection after the other, on a thread of its own.
namespace amer::outbox::fake {

// One client, line by line. After its end, or an error, every reading gives nothing.
class Conversation {
public:
    explicit Conversation(boost::asio::ip::tcp::socket socket) : socket_{std::move(socket)} {}

    std::optional<std::string> line() {
        boost::system::error_code trouble;
        const std::size_t length = boost::asio::read_until(socket_, bytes_, "\r\n", trouble);
        if (trouble) return std::nullopt;
        std::string text = take(length);
        text.resize(length - 2);
        return text;
    }
    std::optional<std::string> bytes(std::size_t count) {
        boost::system::error_code trouble;
        if (bytes_.size() < count) {
            boost::asio::read(socket_, bytes_, boost::asio::transfer_exactly(count - bytes_.size()),
                              trouble);
        }
        if (trouble) return std::nullopt;
        return take(count);
    }
    void say(const std::string& text) {
        boost::system::error_code trouble;
        boost::asio::write(socket_, boost::asio::buffer(text), trouble);
    }
    boost::asio::ip::tcp::socket& socket() { return socket_; }

private:
    std::string take(std::size_t count) {
        const auto* begin = static_cast<const char*>(bytes_.data().data());
        std::string text{begin, count};
        bytes_.consume(count);
        return text;
    }

    boost::asio::ip::tcp::socket socket_;
    boost::asio::streambuf bytes_;
};

class Server {
public:
    // Gives back true when the connection is to stay open without another word.
    using Serve = std::function<bool(Conversation&)>;

    explicit Server(Serve serve) : serve_{std::move(serve)} {
        thread_ = std::thread{[this] { run(); }};
    }
    ~Server() {
        is_ending_ = true;
        boost::system::error_code trouble;
        boost::asio::ip::tcp::socket knock{context_};
        knock.connect(acceptor_.local_endpoint(), trouble);
        thread_.join();
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    unsigned short port() const { return acceptor_.local_endpoint().port(); }

private:
    void run() {
        while (!is_ending_) {
            boost::system::error_code trouble;
            boost::asio::ip::tcp::socket socket{context_};
            acceptor_.accept(socket, trouble);
            if (trouble || is_ending_) continue;
            auto client = std::make_unique<Conversation>(std::move(socket));
            if (serve_(*client)) silent_.push_back(std::move(client));
        }
    }

    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_{context_,
                                             {boost::asio::ip::address_v4::loopback(), 0}};
    Serve serve_;
    std::atomic<bool> is_ending_ = false;
    std::vector<std::unique_ptr<Conversation>> silent_;
    std::thread thread_;
};

}  // namespace amer::outbox::fake
