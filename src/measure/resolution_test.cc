// What agents pass on, and whether a first call was enough (acd.md section 2: transfer rate, FCR).
#include <doctest/doctest.h>

#include "measure/test_day.h"

namespace amer::measure {

using example::day;
using example::of_queue;
using example::percent_in;
using example::report_of;
using example::Story;
using namespace std::chrono_literals;

namespace {

// Amal serves both queues, Basim general only; nobody is asked how he liked it.
struct House {
    Story story{"2026-11-19 10:00", rules()};  // a Thursday

    House() { story.log_in({"basim", "amal"}); }

    static centre::Configuration rules() {
        centre::Configuration rules = centre::example::configuration();
        for (centre::AgentRow& agent : rules.agents) agent.wrap_up_ms = 0;
        return rules;
    }
    void take_up() {
        for (const auto& [id, offer] : std::map{story.state.offers}) {
            story.tell(centre::AcceptOffer{id});
        }
    }
    // On the direct number, which leads to general.
    ContactId talk(const std::string& from) {
        const ContactId contact = story.call("8006679", from);
        story.pass(2s);
        take_up();
        story.pass(30s);
        return contact;
    }
    void talk_and_part(const std::string& from) {
        story.tell(centre::CallerLeft{talk(from)});
        story.pass(1s);
    }
    FirstContacts first_contacts(unsigned from, unsigned until) const {
        const Report report = report_of(story, day(from), day(until));
        const FirstContacts general = of_queue(report, "general").inbound.first_contacts;
        CHECK(report.sections.front().inbound.first_contacts == general);  // all together
        return general;
    }
};

const char* const kOne = "+971501234567";
const char* const kOther = "+971501234568";

}  // namespace

TEST_CASE("a call was enough when its caller does not come back in seven working days") {
    House house;
    house.talk_and_part(kOne);
    house.talk_and_part(kOther);
    house.story.pass_until("2026-11-30 16:00");  // the seventh
    house.talk_and_part(kOther);
    CHECK(house.first_contacts(19, 19) == FirstContacts{0, 0, 0, 0, 0, 2});
    house.story.pass_until("2026-12-01 08:00");
    house.talk_and_part(kOne);  // too late to count
    CHECK(house.first_contacts(19, 19) == FirstContacts{2, 1, 0, 1, 0, 0});
    const Report report = report_of(house.story, day(19));
    CHECK(percent_in(report.sections.front().inbound.rates, "fcr") == "50.00");
}

TEST_CASE("two and three December are no working days: they give time to come back") {
    House house;
    house.story.pass_until("2026-11-25 10:00");  // seven on: 8 December
    house.talk_and_part(kOne);
    house.story.pass_until("2026-12-08 16:00");
    house.talk_and_part(kOne);
    house.story.pass_until("2026-12-09 08:00");
    house.talk_and_part(kOther);
    CHECK(house.first_contacts(25, 25) == FirstContacts{1, 0, 0, 1, 0, 0});
}

TEST_CASE("who comes back with another topic, or hides his number, is not one who came back") {
    House house;
    house.talk_and_part(kOne);
    const ContactId hidden = house.talk("");
    house.story.tell(centre::CallerLeft{hidden});
    // He rings the unified number and asks for housing.
    ContactId contact = house.story.call("600500500", kOne);
    house.story.hear_out(contact);
    house.story.press(contact, "1");
    house.story.hear_out(contact);
    while (!house.story.the(contact).waits()) {
        house.story.the(contact).playback ? house.story.hear_out(contact)
                                          : house.story.press(contact, "1");
    }
    REQUIRE(house.story.the(contact).queue == QueueId{"housing"});
    house.story.tell(centre::CallerLeft{contact});
    house.story.pass_until("2026-12-01 08:00");
    house.talk_and_part(kOther);
    CHECK(house.first_contacts(19, 19) == FirstContacts{1, 1, 0, 0, 1, 0});
}

TEST_CASE("what is passed on was not enough, and is in the transfer rate of its queue") {
    House house;
    const ContactId transferred = house.talk(kOne);
    house.story.tell(centre::TransferContact{transferred, QueueId{"housing"}, "desk"});
    house.take_up();
    house.story.tell(centre::CallerLeft{transferred});
    house.story.pass(1s);
    house.talk_and_part(kOther);
    house.story.pass_until("2026-12-01 08:00");
    house.talk_and_part("+971501234569");
    CHECK(house.first_contacts(19, 19) == FirstContacts{2, 1, 1, 0, 0, 0});
    const Report report = report_of(house.story, day(19));
    CHECK(of_queue(report, "general").inbound.load.transferred == 1);
    CHECK(of_queue(report, "housing").inbound.load.transferred == 0);
    CHECK(percent_in(of_queue(report, "general").inbound.rates, "transfer_rate") == "50.00");
    // All together he was answered twice and passed on once.
    CHECK(percent_in(report.sections.front().inbound.rates, "transfer_rate") == "33.33");
}

TEST_CASE("a contact that changes hands on the line counts as handed over") {
    House house;
    const ContactId contact = house.talk(kOne);
    const bool is_amals = house.story.the(contact).agent == AgentId{"amal"};
    house.story.tell(centre::ConsultAgent{contact, AgentId{is_amals ? "basim" : "amal"}});
    house.take_up();
    house.story.tell(centre::HandOver{contact});
    house.story.tell(centre::CallerLeft{contact});
    const Report report = report_of(house.story, day(19));
    const Group& general = of_queue(report, "general").inbound;
    CHECK(general.load.handed_over == 1);
    CHECK(percent_in(general.rates, "transfer_rate") == "100.00");
}

TEST_CASE("who gave up in the queue he was passed on to, or was cut off, is not resolved") {
    House house;
    const ContactId transferred = house.talk(kOne);
    house.story.tell(centre::SetNotReady{AgentId{"amal"}, "break"});
    house.story.tell(centre::SetNotReady{AgentId{"basim"}, "break"});
    house.story.tell(centre::TransferContact{transferred, QueueId{"housing"}, "desk"});
    house.story.tell(centre::CallerLeft{transferred});
    house.story.tell(centre::SetReady{AgentId{"basim"}});
    house.story.tell(centre::SetReady{AgentId{"amal"}});
    house.talk(kOther);
    house.story.tell(centre::RecoverFromCrash{});
    CHECK(house.first_contacts(19, 19) == FirstContacts{});
}

}  // namespace amer::measure
