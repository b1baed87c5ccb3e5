#include "outbox/wording.h"

#include <array>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/msgfmt.h>
#include <unicode/smpdtfmt.h>

#include "base/reflected_name.h"
#include "core/calendar/calendar.h"

namespace amer::outbox {
namespace {

using notification::Channel;
using notification::Notification;
using notification::Occasion;

constexpr std::array kLanguages = {Language::arabic, Language::english};

icu::Locale locale_of(Language language) {
    return icu::Locale{language == Language::arabic ? "ar_AE@numbers=latn" : "en"};
}

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

// A local day and minute, written by a pattern: ICU is told UTC, so that nothing is shifted.
std::string written(Language language, const std::string& pattern, const std::string& day,
                    std::int32_t minute) {
    UErrorCode status = U_ZERO_ERROR;
    icu::SimpleDateFormat form{icu::UnicodeString::fromUTF8(pattern), locale_of(language), status};
    if (U_FAILURE(status)) return "";
    form.setTimeZone(*icu::TimeZone::getGMT());
    int year = 1970;
    unsigned month = 1;
    unsigned of_month = 1;
    if (day.size() == 10) {
        year = std::stoi(day.substr(0, 4));
        month = static_cast<unsigned>(std::stoi(day.substr(5, 2)));
        of_month = static_cast<unsigned>(std::stoi(day.substr(8, 2)));
    }
    const std::chrono::sys_days midnight{std::chrono::year{year} / static_cast<int>(month) /
                                         static_cast<int>(of_month)};
    const std::chrono::milliseconds at = midnight.time_since_epoch() + std::chrono::minutes{minute};
    icu::UnicodeString text;
    form.format(static_cast<UDate>(at.count()), text);
    return utf8(text);
}

// Within a mail, what runs from left to right stays whole in a line that does not (UAX 9).
std::string isolated(const std::string& text) {
    return text.empty() ? text : "\u2066" + text + "\u2069";
}
std::string isolated_by_itself(const std::string& text) { return "\u2068" + text + "\u2069"; }

std::string key_of(Channel channel, Occasion occasion) {
    return fmt::format("{}.{}", enum_name(channel), enum_name(occasion));
}

std::vector<std::string> keys_of(Channel channel, Occasion occasion) {
    const std::string key = key_of(channel, occasion);
    if (channel == Channel::text) return {key};
    return {key + ".subject", key + ".body"};
}

// One with a day and a long name of it, for trying the texts.
Notification sample(Channel channel, Occasion occasion, Language language, bool has_day) {
    Notification row;
    row.channel = channel;
    row.occasion = occasion;
    row.language = language;
    row.reference = "0000000000";
    row.day = has_day ? "2026-09-30" : "";  // a Wednesday
    row.from_minute = 11 * 60 + 30;
    row.until_minute = 12 * 60 + 30;
    return row;
}

}  // namespace

const std::vector<Occasion>& occasions_of(Channel channel) {
    static const std::vector<Occasion> by_text{Occasion::promise_made, Occasion::promise_redated,
                                               Occasion::promise_broken};
    static const std::vector<Occasion> by_mail{Occasion::promise_broken, Occasion::promise_overdue,
                                               Occasion::no_opening};
    return channel == Channel::text ? by_text : by_mail;
}

std::string message_id(const Notification& notification) {
    return fmt::format("amer-{}-{}", notification.id.value,
                       notification.owed_at.time_since_epoch().count());
}

struct Wording::Impl {
    std::map<Language, Texts> texts;
    centre::TextPair ministry;

    const std::string* find(Language language, const std::string& key) const {
        const auto found = texts.find(language);
        if (found == texts.end()) return nullptr;
        const auto text = found->second.find(key);
        return text == found->second.end() ? nullptr : &text->second;
    }
    std::string text(Language language, const std::string& key) const {
        const std::string* found = find(language, key);
        return found == nullptr ? "" : *found;
    }

    Result<std::string> say(Language language, const std::string& key,
                            const Notification& row) const;
    void try_out(Language language, Channel channel, Occasion occasion,
                 std::vector<std::string>& wrong) const;
};

Result<std::string> Wording::Impl::say(Language language, const std::string& key,
                                       const Notification& row) const {
    const std::string* pattern = find(language, key);
    if (pattern == nullptr) return failure("it is missing");
    const bool is_arabic_mail = row.channel == Channel::mail && language == Language::arabic;
    const auto of_numbers = [&](const std::string& value) {
        return is_arabic_mail ? isolated(value) : value;
    };
    const auto of_words = [&](const std::string& value) {
        return is_arabic_mail ? isolated_by_itself(value) : value;
    };
    const std::string time_form = text(language, "form.time");
    const std::string name = language == Language::arabic ? ministry.ar : ministry.en;
    const std::array<std::pair<const char*, std::string>, 6> words = {{
        {"ministry", of_words(name)},
        {"reference", of_numbers(row.reference)},
        {"day", row.day.empty() ? "unknown" : "known"},
        {"date", of_words(written(language, text(language, "form.date"), row.day, 0))},
        {"from", of_words(written(language, time_form, "", row.from_minute))},
        {"until", of_words(written(language, time_form, "", row.until_minute))},
    }};
    std::vector<icu::UnicodeString> names{"days"};
    std::vector<icu::Formattable> values{
        icu::Formattable{static_cast<std::int32_t>(calendar::kHorizon.count())}};
    for (const auto& [word, value] : words) {
        names.emplace_back(word);
        values.emplace_back(icu::UnicodeString::fromUTF8(value));
    }
    UErrorCode status = U_ZERO_ERROR;
    UParseError place{};
    const icu::MessageFormat form{icu::UnicodeString::fromUTF8(*pattern), locale_of(language),
                                  place, status};
    if (U_FAILURE(status)) {
        return failure(fmt::format("it cannot be read near character {} ({})", place.offset,
                                   u_errorName(status)));
    }
    icu::UnicodeString said;
    form.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), said, status);
    if (U_FAILURE(status)) return failure(u_errorName(status));
    return utf8(said);
}

void Wording::Impl::try_out(Language language, Channel channel, Occasion occasion,
                            std::vector<std::string>& wrong) const {
    for (const std::string& key : keys_of(channel, occasion)) {
        const auto complain = [&](const std::string& what) {
            wrong.push_back(fmt::format("the text '{}' in {}: {}", key, enum_name(language), what));
        };
        for (const bool has_day : {true, false}) {
            const auto said = say(language, key, sample(channel, occasion, language, has_day));
            if (!said) {
                complain(said.error().what);
                break;
            }
            if (said->find('{') != std::string::npos) {
                complain("it names a value that is not known, or has one brace too many: " + *said);
                break;
            }
            const std::size_t segments = segments_of(*said);
            if (channel == Channel::text && segments > kMostSegments) {
                complain(fmt::format("a short message has at most {} segments, not {}: {}",
                                     kMostSegments, segments, *said));
                break;
            }
        }
    }
}

tl::expected<Wording, std::vector<std::string>> Wording::make(
    const std::map<Language, Texts>& texts, const centre::TextPair& ministry) {
    const auto impl = std::make_shared<Impl>(Impl{texts, ministry});
    std::vector<std::string> wrong;
    for (const Language language : kLanguages) {
        for (const char* const form : {"form.date", "form.time"}) {
            if (!written(language, impl->text(language, form), "2026-09-30", 0).empty()) continue;
            wrong.push_back(
                fmt::format("the text '{}' in {}: expected a form of ICU such as \"h:mm\"", form,
                            enum_name(language)));
        }
        for (const Channel channel : {Channel::text, Channel::mail}) {
            for (const Occasion occasion : occasions_of(channel)) {
                impl->try_out(language, channel, occasion, wrong);
            }
        }
    }
    if (!wrong.empty()) return tl::unexpected{std::move(wrong)};
    return Wording{impl};
}

Message Wording::write(const Notification& row) const {
    Message message;
    message.id = message_id(row);
    message.channel = row.channel;
    message.to = row.to;
    message.written_at = row.owed_at;
    const std::string key = key_of(row.channel, row.occasion);
    const auto say = [&](Language language, const std::string& which) {
        return impl_->say(language, which, row).value_or("");
    };
    if (row.channel == Channel::text) {
        message.body = say(row.language, key);
        return message;
    }
    message.subject =
        say(Language::arabic, key + ".subject") + " | " + say(Language::english, key + ".subject");
    message.body = say(Language::arabic, key + ".body") + "\n\n* * *\n\n" +
                   say(Language::english, key + ".body") + "\n";
    return message;
}

}  // namespace amer::outbox
