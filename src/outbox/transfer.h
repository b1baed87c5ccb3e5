#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

using CURL = void;
struct curl_slist;

namespace amer::outbox {

// What both ways out have in common: one exchange with a server through libcurl, never for longer
// than the timeouts, with the other side's name checked, of which only the beginning of the answer
// is kept.
class Transfer {
public:
    struct Options {
        std::string protocols;  // "http,https"
        std::string ca_file;    // "": the machine's own authorities
        std::chrono::milliseconds connect_timeout{10'000};
        std::chrono::milliseconds timeout{30'000};
    };
    struct Answer {
        bool has_come = false;  // the exchange was whole; code says what the server answered
        long code = 0;          // of HTTP or SMTP; 0: none came
        std::string body;       // its first bytes
        std::string trouble;    // why it was not whole
        bool is_login_refused = false;
    };

    // `stopping`, once true, ends the exchange.
    Transfer(const Options& options, const std::atomic<bool>& stopping);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    CURL* handle() { return handle_; }
    // A list that lives as long as the transfer.
    curl_slist* list_of(const std::vector<std::string>& lines);
    Answer run(const std::string& url);

private:
    CURL* handle_;
    std::vector<curl_slist*> lists_;
    Answer answer_;
    std::size_t answered_ = 0;
    std::string trouble_;
    const std::atomic<bool>* stopping_;

    static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* self);
    static int look(void* self, long long, long long, long long, long long);
};

// What a server said, as one short line: no control characters, and no secret in any of its forms.
std::string one_line(const std::string& text, const std::string& secret);

}  // namespace amer::outbox
