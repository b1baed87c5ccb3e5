#include "outbox/mail_form.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

#include <fmt/format.h>

#include "base/utf8.h"

namespace amer::outbox {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kLineOfBody = 76;
constexpr std::size_t kBytesOfWord = 42;  // 56 letters and the frame stay below 75

constexpr const char* kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string date_of(Instant at) {
    using namespace std::chrono;
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(at - day)};
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", kWeekdays[weekday{day}.c_encoding()],
                       unsigned{date.day()}, kMonths[unsigned{date.month()} - 1], int{date.year()},
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string body_of(const std::string& text) {
    std::string lines;  // of the mail end in CR LF, also within the encoding
    for (const char letter : text) lines += letter == '\n' ? "\r\n" : std::string(1, letter);
    const std::string encoded = base64(lines);
    std::string body;
    for (std::size_t at = 0; at < encoded.size(); at += kLineOfBody) {
        body += encoded.substr(at, kLineOfBody) + "\r\n";
    }
    return body;
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t three = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t i = 0; i < 3; ++i) {
            three = three << 8U | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const std::uint32_t six = three >> (18U - 6U * static_cast<std::uint32_t>(i)) & 63U;
            text += i <= count ? kLetters[six] : '=';
        }
    }
    return text;
}

std::string encoded_words(std::string_view text) {
    std::string words;
    std::string word;
    const auto end_word = [&] {
        if (word.empty()) return;
        words += fmt::format("{}=?utf-8?B?{}?=", words.empty() ? "" : "\r\n ", base64(word));
        word.clear();
    };
    const std::string whole = valid_utf8(text);
    for (std::size_t at = 0; at < whole.size();) {
        const std::size_t length = utf8_sequence(std::string_view{whole}.substr(at));
        if (word.size() + length > kBytesOfWord) end_word();
        word += whole.substr(at, length);
        at += length;
    }
    end_word();
    return words;
}

std::string mail_of(const Message& message, const std::string& from) {
    const std::string domain = from.substr(std::min(from.find('@'), from.size() - 1) + 1);
    return fmt::format(
        "Date: {}\r\nFrom: <{}>\r\nTo: <{}>\r\nSubject: {}\r\nMessage-ID: <{}@{}>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n{}",
        date_of(message.written_at), from, message.to, encoded_words(message.subject), message.id,
        domain, body_of(message.body));
}

}  // namespace amer::outbox
