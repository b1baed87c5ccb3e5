#include "outbox/wording.h"

#include <doctest/doctest.h>

#include "outbox/test_notifications.h"

using namespace amer;
using namespace amer::outbox;
using notification::Occasion;

namespace {

Texts texts() {
    Texts all{{"form.date", "EEEE d MMMM"}, {"form.time", "h:mm a"}};
    for (const char* const key :
         {"text.promise_made", "text.promise_redated", "text.promise_broken"}) {
        all[key] =
            "{ministry}: {day, select, known {{date} {from} {until}} other {soon}} {reference}";
    }
    for (const char* const key : {"promise_broken", "promise_overdue", "no_opening"}) {
        all["mail." + std::string{key} + ".subject"] = "{reference}";
        all["mail." + std::string{key} + ".body"] = "{date} {from} {ministry}";
    }
    return all;
}

const centre::TextPair kMinistry{"وزارة الأشغال العامة", "Ministry of Public Works"};

std::vector<std::string> complaints(const Texts& arabic, const Texts& english) {
    const auto made =
        Wording::make({{Language::arabic, arabic}, {Language::english, english}}, kMinistry);
    return made ? std::vector<std::string>{} : made.error();
}

Wording wording() {
    return Wording::make({{Language::arabic, texts()}, {Language::english, texts()}}, kMinistry)
        .value();
}

}  // namespace

TEST_CASE(
    "a day and hours are written as the language wants them, whatever zone this machine has") {
    notification::Notification row = example::text_to("+971501234567", 1);
    CHECK(wording().write(row).body ==
          "Ministry of Public Works: Friday 20 November 7:30 AM 12:00 PM 4711");
    row.language = Language::arabic;
    CHECK(wording().write(row).body ==
          "وزارة الأشغال العامة: الجمعة 20 نوفمبر 7:30 ص 12:00 م 4711");
    row.day = "";
    CHECK(wording().write(row).body == "وزارة الأشغال العامة: soon 4711");
}

TEST_CASE("a mail has both languages, and what runs from left to right is kept whole") {
    const Message mail = wording().write(example::mail_to("duty@ministry.example", 3));
    CHECK(mail.subject == "\u20664711\u2069 | 4711");
    CHECK(mail.body ==
          "\u2068الجمعة 20 نوفمبر\u2069 \u20687:30 ص\u2069 \u2068وزارة الأشغال العامة\u2069"
          "\n\n* * *\n\n"
          "Friday 20 November 7:30 AM Ministry of Public Works\n");
}

TEST_CASE("the id is one notification's, at every try, and no other centre's") {
    const notification::Notification row = example::text_to("+971501234567", 1);
    notification::Notification other = row;
    other.owed_at += Duration{1};
    CHECK(wording().write(row).id == "amer-1-1795096800000000");
    CHECK(wording().write(other).id != wording().write(row).id);
}

TEST_CASE("a text that is missing, broken, too long or asks for the unknown is found at once") {
    CHECK(complaints(texts(), texts()).empty());
    Texts spoilt = texts();
    const auto told = [&] {
        const auto all = complaints(texts(), spoilt);
        REQUIRE(all.size() == 1);
        return all[0];
    };
    SUBCASE("missing") {
        spoilt.erase("mail.no_opening.body");
        CHECK(told() == "the text 'mail.no_opening.body' in english: it is missing");
    }
    SUBCASE("broken") {
        spoilt["text.promise_made"] = "{day, select, known {}";
        CHECK(told().starts_with("the text 'text.promise_made' in english: it cannot be read"));
    }
    SUBCASE("the unknown") {
        spoilt["text.promise_made"] = "{refrence}";
        CHECK(told().find("not known") != std::string::npos);
    }
    SUBCASE("too long only when the day is named") {
        spoilt["text.promise_made"] =
            "{day, select, known {{date}" + std::string(440, 'x') + "} other {}}";
        CHECK(told().find("at most 3 segments, not 4") != std::string::npos);
    }
    SUBCASE("a form of days that writes nothing") {
        spoilt["form.date"] = "";
        CHECK(told().starts_with("the text 'form.date' in english: expected a form"));
    }
}

TEST_CASE("segments are counted as the telephone network cuts") {
    CHECK(segments_of(std::string(160, 'a')) == 1);
    CHECK(segments_of(std::string(161, 'a')) == 2);
    CHECK(segments_of(std::string(153 * 3, 'a')) == 3);
    CHECK(segments_of(std::string(153 * 3 + 1, 'a')) == 4);
    CHECK(segments_of(std::string(80, '{')) == 1);
    CHECK(segments_of(std::string(81, '{')) == 2);
    std::string arabic;
    for (int at = 0; at < 70; ++at) arabic += "ب";
    CHECK(segments_of(arabic) == 1);
    CHECK(segments_of(arabic + "ب") == 2);
    for (int at = 70; at < 201; ++at) arabic += "ب";
    CHECK(segments_of(arabic) == 3);
    CHECK(segments_of(arabic + "a") == 4);
    CHECK(segments_of("ب" + std::string(201, 'a')) == 4);
}
