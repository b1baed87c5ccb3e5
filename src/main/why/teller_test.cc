#include "main/why/teller.h"

#include <doctest/doctest.h>

#include "base/reflected_name.h"
#include "core/centre/test_story.h"

namespace amer::why {

namespace {

using namespace std::chrono_literals;
using centre::example::Story;

std::vector<std::string> tell(const Story& story, ContactId contact, Language language) {
    const Words words = Words::of(language);
    Teller teller{contact, words};
    for (std::size_t at = 0; at < story.happened.size(); ++at) {
        teller.take(engine::Entry{at + 1, at + 1, story.happened_at[at], story.happened[at]});
    }
    std::vector<std::string> texts;
    for (const Told& told : teller.told()) texts.push_back(told.text);
    return texts;
}

bool has(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

centre::Configuration named() {
    centre::Configuration rules = centre::example::configuration();
    rules.agents[0].name = {"أمل", "Amal"};
    rules.agents[1].name = {"باسم", "Basim"};
    rules.agents[2].name = {"كارلا", "Carla"};
    rules.queues[0].title = {"الخدمة", "General"};
    return rules;
}

}  // namespace

TEST_CASE("both languages have the same sentences, and every word of the core has its own") {
    const Words english = Words::of(Language::english);
    const Words arabic = Words::of(Language::arabic);
    REQUIRE(english.all().size() > 60);
    for (const auto& entry : english.all()) {
        const std::string& key = entry.first;
        const std::string& text = entry.second;
        CAPTURE(key);
        CHECK(arabic.all().contains(key));
        CHECK_FALSE(text.empty());
        for (const char* word :
             {"{agent}", "{agents}", "{queue}", "{rule}", "{count}", "{groups}"}) {
            const bool is_said = text.find(word) != text.npos;
            CHECK(is_said == (arabic.all().at(key).find(word) != std::string::npos));
        }
    }
    CHECK(english.all().size() == arabic.all().size());
    const auto has_all = [&](const std::string& prefix, const auto& names) {
        for (const std::string_view name : names) {
            CHECK_MESSAGE(english.all().contains(prefix + std::string{name}), name);
        }
    };
    has_all("because.", kEnumNames<queue::Strategy>);
    has_all("left.", kEnumNames<centre::QueueExit>);
    has_all("offer.", kEnumNames<centre::OfferEnd>);
    has_all("ended.", kEnumNames<centre::ContactEnd>);
    has_all("held.", kEnumNames<centre::HoldReason>);
    has_all("hold_end.", kEnumNames<centre::HoldEnd>);
}

TEST_CASE("a call is told from its first ring to its end: to whom, why him, why not the others") {
    Story story{"2026-11-19 10:00", named()};
    story.log_in({"basim", "amal"});
    const ContactId contact = story.call("8006679");
    story.tell(centre::ReportRinging{story.offer_to("basim")});
    story.tell(centre::DeclineOffer{story.offer_to("basim"), centre::DeclineReason::rejected});
    story.tell(centre::AcceptOffer{story.offer_to("amal")});
    story.tell(centre::CallerLeft{contact});
    CHECK(tell(story, contact, Language::english) ==
          std::vector<std::string>{
              "+971501234567 called +9718006679", "waits in General",
              "offered to Basim: longest idle of those who are ready",
              "not to: Carla (not logged in); Amal (ready, but after him by the queue's order)",
              "the telephone of Basim rings", "Basim declined",
              "offered to Amal: longest idle of those who are ready",
              "not to: Carla (not logged in); Basim (not ready)", "left General: answered",
              "Amal answers", "talks with Amal", "ended after the talk"});
    const auto arabic = tell(story, contact, Language::arabic);
    CHECK(has(arabic, "عُرض على \u2068باسم\u2069: \u2068الأطول انتظارًا بين المتاحين\u2069"));
    CHECK(has(arabic, "انتهى بعد المحادثة"));
}

TEST_CASE(
    "a call in several queues: where it stood, through which it was offered, how it left each") {
    centre::Configuration rules = named();
    rules.queues[1].title = {"الإسكان", "Housing"};
    rules.queues[1].steps = {{{}, 1, 5'000}, {{}, 0, 0}};
    for (flow::Step& step : rules.flows[1].steps) {
        auto* enqueue = std::get_if<flow::Enqueue>(&step.body);
        if (enqueue != nullptr) enqueue->also = {QueueId{"housing"}};
    }
    rules.agents[0].queues = {QueueId{"housing"}};
    rules.agents[0].queues[0].tier = 2;
    Story story{"2026-11-19 10:00", rules};
    story.log_in({"amal"});
    const ContactId contact = story.call("8006679");
    story.pass(5s);
    story.tell(centre::AcceptOffer{story.offer_to("amal")});
    CHECK(tell(story, contact, Language::english) ==
          std::vector<std::string>{
              "+971501234567 called +9718006679", "waits in General",
              "waits in Housing too, with the same place",
              "has waited long enough for step 2 of Housing: less is asked of an agent",
              "offered through Housing to Amal: longest idle of those who are ready",
              "nobody else of Housing was there for it",
              "left Housing: answered, and counted in the first queue", "left General: answered",
              "Amal answers", "talks with Amal"});
    CHECK(has(tell(story, contact, Language::arabic),
              "وينتظر كذلك في \u2068الإسكان\u2069 بالدور نفسه"));
}

TEST_CASE("many names are cut with their number; another contact's journal says nothing") {
    centre::Configuration rules = named();
    for (int at = 0; at < 20; ++at) {
        rules.agents.push_back(centre::example::agent(("z" + std::to_string(at)).c_str(),
                                                      {QueueId{"general"}}, {Language::arabic}));
    }
    Story story{"2026-11-19 10:00", rules};
    story.log_in({"basim"});
    const ContactId contact = story.call("8006679");
    const auto told = tell(story, contact, Language::english);
    CHECK(told.back().find("and others, 22 in all (not logged in)") != std::string::npos);
    CHECK(tell(story, ContactId{77}, Language::english).empty());
}

TEST_CASE("what he was told while he waited, for whom he was kept and who chose, is told") {
    centre::Configuration rules = named();
    rules.queues[0].strategy = queue::Strategy::external;
    Story story{"2026-11-19 10:00", rules};
    const ContactId contact = story.call("8006679");
    story.pass(10s);
    story.log_in({"basim", "amal"});
    story.tell(centre::DeclineOffer{story.offer_to("basim"), centre::DeclineReason::busy});
    const ContactId other = story.call("8006679", "+971502222222");
    story.tell(centre::DeclineOffer{story.offer_to("amal"), centre::DeclineReason::busy});
    story.pass(4s);
    story.tell(centre::SetReady{AgentId{"amal"}});
    const ContactId third = story.call("8006679", "+971503333333");
    CHECK(tell(story, contact, Language::english)[1] == "waits in General");
    CHECK(tell(story, contact, Language::english)[2] == "kept until another system has chosen");
    CHECK(has(tell(story, contact, Language::english), "no longer kept: the time is over"));
    CHECK(has(tell(story, contact, Language::english), "told that nobody is there now"));
    story.tell(centre::SetReady{AgentId{"basim"}});
    story.tell(centre::AssignContact{third, AgentId{"basim"}, "case-system"});
    CHECK(has(tell(story, third, Language::english), "given to Basim by case-system"));
    CHECK(has(tell(story, third, Language::arabic),
              "أُسند إلى \u2068باسم\u2069، بطلب من \u2068case-system\u2069"));
    CHECK_FALSE(has(tell(story, other, Language::english), "given to Basim by case-system"));
}

}  // namespace amer::why
