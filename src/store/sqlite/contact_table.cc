#include "store/sqlite/contact_table.h"

#include "base/overloaded.h"
#include "store/sqlite/values.h"

namespace amer::store {

ContactTable::ContactTable(soci::session& session)
    : open_{session,
            "insert into contact (contact_id, kind, dialled, caller, caller_raw, caller_name, "
            "caller_hidden, language, trunk, flow, promise_id, opened_us, as_of) "
            "values (:contact, :kind, :dialled, :caller, :raw, :name, :hidden, :language, :trunk, "
            ":flow, :promise, :opened, :as_of) "
            "on conflict (contact_id) do nothing"},
      language_{session,
                "update contact set language = :language, as_of = :as_of "
                "where contact_id = :contact"},
      consent_{session,
               "update contact set consent = :consent, as_of = :as_of "
               "where contact_id = :contact"},
      recording_{session,
                 "update contact set recording_id = :recording, as_of = :as_of "
                 "where contact_id = :contact"},
      queue_{session,
             "update contact set queue = :queue, queued_us = coalesce(queued_us, :since), "
             "as_of = :as_of where contact_id = :contact"},
      connect_{session,
               "update contact set agent = :agent, answered_us = :at, "
               "waited_ms = (:until - queued_us) / 1000, as_of = :as_of "
               "where contact_id = :contact"},
      hand_over_{session,
                 "update contact set agent = :agent, as_of = :as_of "
                 "where contact_id = :contact"},
      end_{session,
           "update contact set how = :how, ended_us = :at, "
           "waited_ms = coalesce(waited_ms, (:until - queued_us) / 1000), "
           "talked_ms = coalesce(talked_ms, (:spoken - answered_us) / 1000), as_of = :as_of "
           "where contact_id = :contact"},
      talk_end_{session,
                "update contact set talked_ms = (:spoken - answered_us) / 1000, as_of = :as_of "
                "where contact_id = :contact"},
      answer_{session,
              "update contact set answers = coalesce(answers || ' ', '') || :answer, "
              "as_of = :as_of where contact_id = :contact"},
      promise_{session,
               "update contact set promise_id = :promise, as_of = :as_of "
               "where contact_id = :contact"} {}

void ContactTable::fold(const engine::Entry& entry) {
    const auto as_of = column(entry.sequence);
    const auto at = column(entry.at);
    const Overloaded change{
        [&](const centre::ContactOpened& opened) { open(opened, entry); },
        [&](const centre::LanguageChosen& chosen) {
            language_.run(column(chosen.language), as_of, column(chosen.contact));
        },
        [&](const centre::ConsentRecorded& consent) {
            consent_.run(column(consent.is_given), as_of, column(consent.contact));
        },
        [&](const centre::RecordingStarted& started) {
            if (started.kind != centre::RecordingKind::contact) return;
            recording_.run(column(started.recording), as_of, column(started.contact));
        },
        [&](const centre::ContactQueued& queued) {
            queue_.run(column(queued.queue), column(queued.since), as_of, column(queued.contact));
        },
        [&](const centre::ContactConnected& connected) {
            connect_.run(column(connected.agent), at, at, as_of, column(connected.contact));
        },
        [&](const centre::ContactHandedOver& over) {
            hand_over_.run(column(over.to), as_of, column(over.contact));
        },
        [&](const centre::ContactEnded& ended) {
            end_.run(column(ended.how), at, at, at, as_of, column(ended.contact));
        },
        [&](const centre::TalkEnded& ended) { talk_end_.run(at, as_of, column(ended.contact)); },
        [&](const centre::SurveyAnswered& given) {
            const std::string answer = given.question + "=" + given.answer;
            answer_.run(column(std::string_view{answer}), as_of, column(given.contact));
        },
        [&](const centre::PromiseMade& made) {
            promise_.run(column(made.promise.id), as_of, column(made.promise.made_in));
        },
        [&](const centre::PromiseJoined& joined) {
            promise_.run(column(joined.promise), as_of, column(joined.contact));
        },
        [](const auto&) {},
    };
    std::visit(change, entry.event);
}

void ContactTable::open(const centre::ContactOpened& opened, const engine::Entry& entry) {
    open_.run(column(opened.contact), column(opened.kind), column(std::string_view{opened.dialled}),
              column(opened.caller.number), column(std::string_view{opened.caller.raw}),
              column(std::string_view{opened.caller.display_name}), column(opened.caller.is_hidden),
              column(opened.language), column(opened.trunk), column(opened.flow),
              column_or_null(opened.promise), column(entry.at), column(entry.sequence));
}

}  // namespace amer::store
