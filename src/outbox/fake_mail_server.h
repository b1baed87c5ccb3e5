#pragma once

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "outbox/fake_server.h"

namespace amer::outbox::fake {

// A mail server without encryption that does as it is told, one mood a mail, then takes all. It
// delivers each Message-ID once.
class MailServer {
public:
    static constexpr int kHang = -1;      // says nothing after RCPT
    static constexpr int kBreakOff = -2;  // takes the mail and closes without the 250

    struct Mail {
        std::string from;
        std::string to;
        std::string text;  // headers and body
        std::string id;
    };
    struct Seen {
        std::deque<int> moods;
        std::vector<Mail> delivered;
        std::map<std::string, int> taken;  // by Message-ID
        std::vector<std::string> lines;    // what the clients said
        std::string login;                 // base64 of AUTH PLAIN that is let in; "": nobody asks
    };

    // What the next mails' RCPT is answered with: an SMTP code or one of the above.
    void will(std::deque<int> moods) {
        seen_.with([&](Seen& seen) { seen.moods = std::move(moods); });
    }
    void lets_in(const std::string& login) {
        seen_.with([&](Seen& seen) { seen.login = login; });
    }
    Seen seen() const {
        return seen_.with([](const Seen& seen) { return seen; });
    }
    std::string server() const { return "127.0.0.1:" + std::to_string(server_.port()); }

private:
    bool serve(Conversation& client) {
        client.say("220 fake ready\r\n");
        Mail mail;
        while (auto line = client.line()) {
            seen_.with([&](Seen& seen) { seen.lines.push_back(*line); });
            if (line->starts_with("QUIT")) {
                client.say("221 bye\r\n");
                return false;
            }
            if (line->starts_with("RCPT")) {
                mail.to = line->substr(line->find('<'));
                const int mood = next_mood();
                if (mood == kHang) return true;
                breaks_off_ = mood == kBreakOff;
                client.say(std::to_string(mood == kBreakOff ? 250 : mood) + " as told\r\n");
            } else if (line->starts_with("DATA")) {
                client.say("354 go on\r\n");
                mail.text = text_of(client);
                take(mail);
                if (breaks_off_) return false;
                client.say("250 queued\r\n");
            } else {
                client.say(answer_to(*line, mail));
            }
        }
        return false;
    }

    std::string answer_to(const std::string& line, Mail& mail) {
        if (line.starts_with("EHLO")) return "250-fake\r\n250 AUTH PLAIN\r\n";
        if (line == "AUTH PLAIN") return "334 \r\n";
        if (!line.empty() && line == seen().login) return "235 welcome\r\n";
        if (line.find(' ') == std::string::npos) return "535 who are you\r\n";
        if (line.starts_with("MAIL")) mail.from = line.substr(line.find('<'));
        return "250 fine\r\n";
    }

    static std::string text_of(Conversation& client) {
        std::string text;
        while (const auto line = client.line()) {
            if (*line == ".") break;
            text += *line + "\n";
        }
        return text;
    }

    int next_mood() {
        return seen_.with([](Seen& seen) {
            if (seen.moods.empty()) return 250;
            const int mood = seen.moods.front();
            seen.moods.pop_front();
            return mood;
        });
    }

    void take(Mail& mail) {
        const std::size_t at = mail.text.find("Message-ID: ") + 12;
        mail.id = mail.text.substr(at, mail.text.find('\n', at) - at);
        seen_.with([&](Seen& seen) {
            if (++seen.taken[mail.id] == 1) seen.delivered.push_back(mail);
        });
    }

    Guarded<Seen> seen_;
    bool breaks_off_ = false;  // the server's thread only
    Server server_{[this](Conversation& client) { return serve(client); }};
};

}  // namespace amer::outbox::fake
