#include "main/report/forms.h"

#include <fmt/format.h>

#include "main/report/texts.h"

namespace amer::report {

why::Words words_of(Language language) {
    return why::Words::from(language, language == Language::arabic ? kArabic : kEnglish);
}

std::string title_in(const centre::TextPair& title, const std::string& id, Language language) {
    const std::string& said = language == Language::arabic ? title.ar : title.en;
    return said.empty() ? id : said;
}

std::string length_text(std::int64_t us) {
    const std::int64_t seconds = (us + 500'000) / 1'000'000;
    const std::int64_t minutes = seconds / 60;
    if (minutes < 60) return fmt::format("{}:{:02}", minutes, seconds % 60);
    return fmt::format("{}:{:02}:{:02}", minutes / 60, minutes % 60, seconds % 60);
}

std::string signed_length_text(std::int64_t us) {
    const std::string length = length_text(us < 0 ? -us : us);
    if (length == "0:00") return length;
    return (us < 0 ? "-" : "+") + length;
}

std::string clock_text(std::int32_t minute) {
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string time_text(const calendar::Calendar& calendar, Instant instant) {
    const calendar::LocalTime local = calendar::local_time(calendar, instant);
    return fmt::format("{} {}:{:02}", calendar::text_of(local.day), clock_text(local.minute),
                       local.second);
}

std::string from_right_to_left(const std::string& text) {
    std::string marked;
    bool is_at_begin = true;
    for (const char letter : text) {
        if (is_at_begin && letter != '\n') marked += "\u200F";
        marked += letter;
        is_at_begin = letter == '\n';
    }
    return marked;
}

}  // namespace amer::report
