// Who outside is told what: the core decides it, and it stays owed until its end is reported.
#include "core/centre/test_story.h"

#include "core/centre/check_configuration.h"
#include "core/notification/address.h"

namespace amer::centre::example {

using notification::Channel;
using notification::Notification;
using notification::Occasion;
using namespace std::chrono_literals;

namespace {

const char* const kMobile = "+971501234567";
const char* const kLandline = "+97142345678";
const char* const kThursdayNight = "2026-11-19 18:00";

Configuration telling(std::vector<Occasion> by_text, std::vector<Occasion> by_mail = {}) {
    Configuration rules = configuration();
    rules.notifications.by_text = std::move(by_text);
    rules.notifications.by_mail = std::move(by_mail);
    if (!rules.notifications.by_mail.empty()) {
        rules.notifications.mail_to = {"duty@ministry.example", "head@ministry.example"};
    }
    return rules;
}

Configuration telling_all() {
    const std::vector<Occasion> all{Occasion::promise_made, Occasion::promise_redated,
                                    Occasion::promise_broken, Occasion::promise_overdue,
                                    Occasion::no_opening};
    return telling(all, all);
}

calendar::Holiday holiday(int year, unsigned month, unsigned day) {
    calendar::Holiday row;
    row.id = "announced";
    row.first_day = local_day(year, month, day);
    row.last_day = row.first_day;
    return row;
}

std::vector<Notification> told(const Story& story, Occasion occasion) {
    std::vector<Notification> rows;
    for (const NotificationOwed& owed : story.all<NotificationOwed>()) {
        if (owed.notification.occasion == occasion) rows.push_back(owed.notification);
    }
    return rows;
}

void call_at_night(Story& story, const std::string& from = kMobile) {
    const ContactId contact = story.call("8006679", from);
    story.tell(CallerLeft{contact});
}

}  // namespace

TEST_CASE("nobody is told anything unless the configuration names it") {
    Story story{kThursdayNight};
    call_at_night(story);
    story.pass(20 * 24h);
    CHECK_FALSE(story.all<PromiseMade>().empty());
    CHECK_FALSE(story.all<PromiseOverdue>().empty());
    CHECK(story.all<NotificationOwed>().empty());
}

TEST_CASE("a promise is confirmed to the mobile number it was made to, with its day and hours") {
    Story story{kThursdayNight, telling({Occasion::promise_made})};
    call_at_night(story);
    const auto rows = told(story, Occasion::promise_made);
    REQUIRE(rows.size() == 1);
    const Notification& row = rows[0];
    CHECK(row.channel == Channel::text);
    CHECK(row.to == kMobile);
    CHECK(row.promise == PromiseId{1});
    CHECK(row.reference == story.the(PromiseId{1}).reference);
    CHECK(row.language == story.the(PromiseId{1}).language);
    CHECK(row.day == "2026-11-20");
    CHECK(row.from_minute == 7 * 60 + 30);
    CHECK(row.until_minute == 12 * 60);
    CHECK(row.owed_at == dubai(kThursdayNight));
    CHECK(story.state.notifications.at(row.id) == row);
}

TEST_CASE("a landline and a hidden number are not written to") {
    Story story{kThursdayNight, telling({Occasion::promise_made})};
    SUBCASE("a landline") { call_at_night(story, kLandline); }
    SUBCASE("a hidden number") { call_at_night(story, ""); }
    CHECK(story.all<PromiseMade>().size() == 1);
    CHECK(story.all<NotificationOwed>().empty());
}

TEST_CASE("who was told a day is told the new one when the calendar changes") {
    Configuration rules = telling({Occasion::promise_redated});
    Story story{kThursdayNight, rules};
    call_at_night(story);
    CHECK(story.all<NotificationOwed>().empty());
    story.pass(1h);
    rules.calendar.holidays.push_back(holiday(2026, 11, 20));
    story.tell(PublishConfiguration{rules});
    const auto rows = told(story, Occasion::promise_redated);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].to == kMobile);
    CHECK(rows[0].day == "2026-11-23");
    CHECK(rows[0].from_minute == 7 * 60 + 30);
    CHECK(rows[0].until_minute == 16 * 60 + 30);
}

TEST_CASE("a day that a moon seen early or late would change is not named") {
    Configuration rules = telling({Occasion::promise_made});
    calendar::Holiday doubtful = holiday(2026, 11, 20);
    doubtful.status = calendar::HolidayStatus::predicted;
    rules.calendar.holidays.push_back(doubtful);
    Story story{kThursdayNight, rules};
    call_at_night(story);
    const auto rows = told(story, Occasion::promise_made);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].day == "");
}

TEST_CASE("without an opening in 30 days the head is told, and the citizen no invented day") {
    Configuration rules = telling({Occasion::promise_made}, {Occasion::no_opening});
    rules.calendar.weekly[0].hours = {};
    Story story{kThursdayNight, rules};
    call_at_night(story);
    const auto mails = told(story, Occasion::no_opening);
    REQUIRE(mails.size() == 2);
    CHECK(mails[0].channel == Channel::mail);
    CHECK(mails[0].to == "duty@ministry.example");
    CHECK(mails[1].to == "head@ministry.example");
    CHECK(mails[0].promise == PromiseId{});
    const auto texts = told(story, Occasion::promise_made);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].day == "");
}

TEST_CASE("a promise that is overdue, then broken, is mailed to all who answer for the centre") {
    Story story{kThursdayNight, telling({}, {Occasion::promise_overdue, Occasion::promise_broken})};
    SUBCASE("nobody came to return it") {
        call_at_night(story);
        story.pass_until("2026-11-20 12:00");
        const auto mails = told(story, Occasion::promise_overdue);
        REQUIRE(mails.size() == 2);
        CHECK(mails[0].reference == story.the(PromiseId{1}).reference);
        CHECK(mails[0].number == kMobile);
        CHECK(told(story, Occasion::promise_broken).empty());
    }
    SUBCASE("there is no number to call") {
        call_at_night(story, "");
        story.log_in({"basim"});
        story.pass_until("2026-11-25 12:00");
        REQUIRE(story.all<PromiseBroken>().size() == 1);
        const auto mails = told(story, Occasion::promise_broken);
        REQUIRE(mails.size() == 2);
        CHECK(mails[0].number == "");
    }
    for (const NotificationOwed& owed : story.all<NotificationOwed>()) {
        CHECK(owed.notification.channel == Channel::mail);
    }
}

TEST_CASE("ids grow and are never given twice, also when what they named has ended") {
    Story story{kThursdayNight, telling_all()};
    call_at_night(story);
    story.tell(ReportNotification{NotificationId{1}, true, "taken"});
    story.tell(ReportNotification{NotificationId{2}, true, "taken"});
    story.tell(ReportNotification{NotificationId{3}, true, "taken"});
    CHECK(story.state.notifications.empty());
    call_at_night(story, "+971501234568");
    std::vector<std::uint64_t> ids;
    for (const auto& owed : story.all<NotificationOwed>())
        ids.push_back(owed.notification.id.value);
    CHECK(ids == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("what was reported is owed no more, and a second report changes nothing") {
    Story story{kThursdayNight, telling({Occasion::promise_made})};
    call_at_night(story);
    const NotificationId id = told(story, Occasion::promise_made).at(0).id;
    bool is_sent = true;
    SUBCASE("it was sent") {
        story.tell(ReportNotification{id, true, "HTTP 200"});
        CHECK(story.last<NotificationSent>().notification == id);
        CHECK(story.last<NotificationSent>().receipt == "HTTP 200");
    }
    SUBCASE("it was given up") {
        is_sent = false;
        story.tell(ReportNotification{id, false, "HTTP 400"});
        CHECK(story.last<NotificationGivenUp>().notification == id);
        CHECK(story.last<NotificationGivenUp>().why == "HTTP 400");
    }
    CHECK(story.state.notifications.empty());
    CHECK(story.tell(ReportNotification{id, is_sent, "again"}).empty());
    CHECK(story.tell(ReportNotification{id, !is_sent, "otherwise"}).empty());
    CHECK(story.tell(ReportNotification{NotificationId{99}, true, "unknown"}).empty());
}

TEST_CASE("a calendar without an opening is owed once until somebody has it") {
    Configuration rules = telling({}, {Occasion::no_opening});
    Configuration without = rules;
    without.calendar.weekly[0].hours = {};
    without.version = 2;
    Story story{kThursdayNight, rules};
    call_at_night(story);
    call_at_night(story, "+971501112223");
    REQUIRE(told(story, Occasion::no_opening).empty());
    story.tell(PublishConfiguration{without});               // both promises in one decision
    REQUIRE(told(story, Occasion::no_opening).size() == 2);  // to two addresses
    call_at_night(story, "+971501112224");
    CHECK(told(story, Occasion::no_opening).size() == 2);
    for (const Notification& row : told(story, Occasion::no_opening)) {
        story.tell(ReportNotification{row.id, true, "250"});
    }
    call_at_night(story, "+971501112225");
    CHECK(told(story, Occasion::no_opening).size() == 4);
}

TEST_CASE("an address looks like one") {
    for (const char* const good : {"duty@ministry.example", "a.b+c@x.y", "d@localhost"}) {
        CHECK_MESSAGE(notification::is_address(good), good);
    }
    for (const char* const wrong :
         {"", "duty", "@ministry.example", "duty@", "a@b@c", "a b@c.d", "a@b.d\r\nBcc: x@y.z",
          "<a@b.c>", "a@.b", "a@b.", "مكتب@وزارة.مثال", "a@b.c,d@e.f"}) {
        CHECK_MESSAGE(!notification::is_address(wrong), wrong);
    }
    CHECK_FALSE(notification::is_address(std::string(65, 'a') + "@b.c"));
    CHECK_FALSE(notification::is_address("a@" + std::string(260, 'b')));
}

TEST_CASE("mails need addresses: real ones, each once, at most twenty") {
    Configuration rules = telling({}, {Occasion::no_opening});
    const auto said = [&] {
        std::string all;
        for (const Problem& problem : check_configuration(rules)) {
            all += problem.path + ": " + problem.expected + "\n";
        }
        return all;
    };
    std::vector<std::string>& to = rules.notifications.mail_to;
    CHECK(said() == "");
    SUBCASE("none") {
        to.clear();
        CHECK(said() ==
              "notifications.mail_to: at least one address: 'by_mail' names what is told "
              "by mail\n");
    }
    SUBCASE("one that is none") {
        to = {"duty"};
        CHECK(said() ==
              "notifications.mail_to: addresses such as 'duty@ministry.example'; 'duty' is "
              "none\n");
    }
    SUBCASE("one twice") {
        to = {"a@b.c", "a@b.c"};
        CHECK(said().find("twice") != std::string::npos);
    }
    SUBCASE("too many") {
        to.clear();
        for (char letter = 'a'; letter <= 't'; ++letter)
            to.push_back(std::string(1, letter) + "@b.c");
        CHECK(said() == "");
        to.emplace_back("z@b.c");
        CHECK(said() == "notifications.mail_to: at most 20 addresses, not 21\n");
    }
}

}  // namespace amer::centre::example
