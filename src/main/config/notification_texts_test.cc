// What is written to people, as it reaches them.
#include "main/config/notification_texts.h"

#include <doctest/doctest.h>

#include <set>

using namespace amer;
using notification::Channel;
using notification::Notification;
using notification::Occasion;

namespace {

const centre::TextPair kMinistry{"وزارة الأشغال العامة", "Ministry of Public Works"};

outbox::Wording wording() {
    return outbox::Wording::make(config::delivered_notification_texts(), kMinistry).value();
}

Notification row(Channel channel, Occasion occasion, Language language, const char* day) {
    Notification row;
    row.id = NotificationId{1};
    row.channel = channel;
    row.occasion = occasion;
    row.language = language;
    row.reference = "4711";
    row.day = day;
    row.from_minute = 450;
    row.until_minute = 990;
    return row;
}

std::string text(Occasion occasion, Language language, const char* day = "2026-11-23") {
    return wording().write(row(Channel::text, occasion, language, day)).body;
}

outbox::Message mail(Occasion occasion, const char* day = "2026-11-23") {
    return wording().write(row(Channel::mail, occasion, Language::english, day));
}

}  // namespace

TEST_CASE("a promise is confirmed with its day, hours and reference, in the citizen's language") {
    CHECK(text(Occasion::promise_made, Language::arabic) ==
          "وزارة الأشغال العامة: شكرًا لاتصالكم. سنعاود الاتصال بكم يوم الاثنين 23 نوفمبر بين "
          "الساعة 7:30 ص والساعة 4:30 م. رقمكم المرجعي 4711");
    CHECK(text(Occasion::promise_made, Language::english) ==
          "Ministry of Public Works: Thank you for calling. We will call you back on Monday, 23 "
          "November between 7:30 AM and 4:30 PM. Your reference is 4711");
}

TEST_CASE("a day that is in doubt is not named: the next working day") {
    CHECK(text(Occasion::promise_made, Language::arabic, "") ==
          "وزارة الأشغال العامة: شكرًا لاتصالكم. سنعاود الاتصال بكم في يوم العمل التالي. رقمكم "
          "المرجعي 4711");
    CHECK(text(Occasion::promise_redated, Language::english, "") ==
          "Ministry of Public Works: We apologise that the time of our call has changed. We will "
          "call you back on the next working day. Your reference is 4711");
}

TEST_CASE("a new day and a promise that could not be kept are told with an apology") {
    CHECK(text(Occasion::promise_redated, Language::arabic) ==
          "وزارة الأشغال العامة: نعتذر، فقد تغيّر موعد معاودة الاتصال بكم. سنتصل بكم يوم الاثنين "
          "23 نوفمبر بين الساعة 7:30 ص والساعة 4:30 م. رقمكم المرجعي 4711");
    CHECK(text(Occasion::promise_redated, Language::english) ==
          "Ministry of Public Works: We apologise that the time of our call has changed. We will "
          "call you back on Monday, 23 November between 7:30 AM and 4:30 PM. Your reference is "
          "4711");
    CHECK(text(Occasion::promise_broken, Language::arabic) ==
          "وزارة الأشغال العامة: نعتذر، فقد حاولنا الاتصال بكم ولم نتمكن من الوصول إليكم. نرجو "
          "التكرم بالاتصال بنا وذكر رقمكم المرجعي 4711");
    CHECK(text(Occasion::promise_broken, Language::english) ==
          "Ministry of Public Works: We are sorry, we tried to call you back and could not reach "
          "you. Please call us and give your reference 4711");
}

TEST_CASE("mails tell those who answer for the centre, Arabic first") {
    const outbox::Message broken = mail(Occasion::promise_broken);
    CHECK(broken.subject ==
          "أُخلف وعد بمعاودة الاتصال: \u20664711\u2069 | A promise to call back is broken: 4711");
    CHECK(
        broken.body ==
        "لم نتمكن من الوفاء بالوعد بمعاودة الاتصال ذي الرقم المرجعي \u20664711\u2069: لم نصل إلى "
        "المتعامل، أو لم يكن لدينا رقم له. كان موعده يوم \u2068الاثنين 23 نوفمبر\u2069 بين الساعة "
        "\u20687:30 ص\u2069 والساعة \u20684:30 م\u2069.\n\nنرجو النظر فيه؛ فلن يُعاود الاتصال به "
        "تلقائيًا.\n\n* * *\n\n"
        "The promise to call back with the reference 4711 could not be kept: the citizen was not "
        "reached, or we had no number for him. It was due on Monday, 23 November between 7:30 AM "
        "and 4:30 PM.\n\nPlease look into it; no further call is made by itself.\n");
    const outbox::Message overdue = mail(Occasion::promise_overdue, "");
    CHECK(overdue.subject ==
          "تأخر وعد بمعاودة الاتصال: \u20664711\u2069 | A promise to call back is overdue: 4711");
    CHECK(overdue.body ==
          "انقضى موعد الوعد بمعاودة الاتصال ذي الرقم المرجعي \u20664711\u2069، ولم يُوفَ به "
          "بعد.\n\nما زال الوعد قائمًا، وسيُعرض على الموظفين في ساعات العمل. نرجو "
          "متابعته.\n\n* * *\n\n"
          "The time of the promise to call back with the reference 4711 has passed, and it has not "
          "been kept yet.\n\nThe promise stands and is offered to the agents in working hours. "
          "Please follow it up.\n");
    const outbox::Message closed = mail(Occasion::no_opening);
    CHECK(closed.subject == "لا يوجد يوم عمل في التقويم | The calendar has no working day");
    CHECK(
        closed.body ==
        "لا يتضمن التقويم أي ساعات عمل خلال 30 يومًا من الآن، فلا يمكن تحديد موعد لمعاودة الاتصال "
        "بالمتعاملين.\n\nنرجو مراجعة التقويم (calendar.toml) فورًا.\n\n* * *\n\n"
        "The calendar has no working hours in the next 30 days, so no time can be promised to "
        "those who are to be called back.\n\nPlease check the calendar (calendar.toml) at once.\n");
}

TEST_CASE("every short message of every month and weekday has at most three segments") {
    for (const Language language : {Language::arabic, Language::english}) {
        for (const Occasion occasion : outbox::occasions_of(Channel::text)) {
            for (int month = 1; month <= 12; ++month) {
                for (int day = 21; day <= 28; ++day) {
                    const std::string date = "2026-" + std::string{month < 10 ? "0" : ""} +
                                             std::to_string(month) + "-" + std::to_string(day);
                    const std::string said = text(occasion, language, date.c_str());
                    CHECK_MESSAGE(outbox::segments_of(said) <= outbox::kMostSegments, said);
                }
            }
        }
    }
}

TEST_CASE("both languages have the same texts") {
    const auto texts = config::delivered_notification_texts();
    std::set<std::string> arabic;
    std::set<std::string> english;
    for (const auto& [key, said] : texts.at(Language::arabic)) arabic.insert(key);
    for (const auto& [key, said] : texts.at(Language::english)) english.insert(key);
    CHECK(arabic == english);
    CHECK(arabic.size() == 11);
}
