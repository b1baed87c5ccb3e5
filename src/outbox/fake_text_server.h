#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "outbox/fake_server.h"

namespace amer::outbox::fake {

// A gateway of short messages that does as it is told, one mood a request, then answers 200. It
// remembers the ids (header "Idempotency-Key") it has taken and delivers each of them once.
class TextServer {
public:
    static constexpr int kHang = -1;      // takes the request and says nothing
    static constexpr int kBreakOff = -2;  // closes in the middle of the answer's first line
    static constexpr int kGossip = -3;    // 200, and then more than anybody would read

    struct Request {
        std::string first_line;
        std::map<std::string, std::string> headers;
        std::string body;
        int answer = 0;
    };
    struct Seen {
        std::deque<int> moods;
        std::vector<Request> requests;
        std::vector<std::string> delivered;  // bodies, doubles dropped
        std::map<std::string, int> taken;    // by id: so many times
        std::string words = "ok";            // the answer's body
    };

    // What the next requests are answered with: an HTTP code or one of the above.
    void will(std::deque<int> moods) {
        seen_.with([&](Seen& seen) { seen.moods = std::move(moods); });
    }
    void answers_in_words(const std::string& words) {
        seen_.with([&](Seen& seen) { seen.words = words; });
    }
    Seen seen() const {
        return seen_.with([](const Seen& seen) { return seen; });
    }
    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(server_.port()) + "/send";
    }

private:
    bool serve(Conversation& client) {
        Request request;
        request.first_line = client.line().value_or("");
        if (!request.first_line.ends_with(" HTTP/1.1")) return false;  // another language
        while (const auto line = client.line()) {
            if (line->empty()) break;
            const std::size_t colon = line->find(": ");
            if (colon != std::string::npos) {
                request.headers[line->substr(0, colon)] = line->substr(colon + 2);
            }
        }
        const auto length = request.headers.find("Content-Length");
        if (length != request.headers.end()) {
            request.body = client.bytes(std::stoul(length->second)).value_or("");
        }
        const auto [mood, words] = note(std::move(request));
        if (mood == kHang) return true;
        if (mood == kBreakOff) {
            client.say("HTTP/1.1 2");
            return false;
        }
        if (mood == kGossip) return gossip(client);
        client.say("HTTP/1.1 " + std::to_string(mood) + " As told\r\nContent-Length: " +
                   std::to_string(words.size()) + "\r\nConnection: close\r\n\r\n" + words);
        return false;
    }

    static bool gossip(Conversation& client) {
        client.say("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        for (int piece = 0; piece < 64; ++piece) client.say(std::string(1 << 16, 'x'));
        return false;
    }

    std::pair<int, std::string> note(Request request) {
        return seen_.with([&](Seen& seen) {
            int mood = 200;
            if (!seen.moods.empty()) {
                mood = seen.moods.front();
                seen.moods.pop_front();
            }
            request.answer = mood;
            // It has the message also when its answer is lost on the way.
            const bool takes = (mood >= 200 && mood < 300) || mood == kBreakOff || mood == kGossip;
            if (takes && ++seen.taken[request.headers["Idempotency-Key"]] == 1) {
                seen.delivered.push_back(request.body);
            }
            seen.requests.push_back(std::move(request));
            return std::pair{mood, seen.words};
        });
    }

    Guarded<Seen> seen_;
    Server server_{[this](Conversation& client) { return serve(client); }};
};

}  // namespace amer::outbox::fake
