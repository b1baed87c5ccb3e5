#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/reflected_name.h"
#include "main/cli/table.h"
#include "main/proof/proof.h"
#include "main/proof/texts.h"
#include "main/report/forms.h"

namespace amer::proof {

namespace {

using measure::ProvedPromise;
using measure::Standing;
using why::Words;

// Writes one proof, a promise under each call that led to it.
class Writer {
public:
    Writer(const measure::PromiseProof& proof, const calendar::Calendar& calendar,
           const Words& words)
        : proof_{proof}, calendar_{calendar}, words_{words} {}

    std::string text() {
        head();
        calls();
        others();
        totals();
        seals();
        return words_.language() == Language::arabic ? report::from_right_to_left(text_) : text_;
    }

private:
    void line(int depth, const std::string& said) {
        text_.append(static_cast<std::size_t>(depth) * 3, ' ');
        // What people wrote must not look like a line of ours.
        for (const char letter : said) {
            text_ += static_cast<unsigned char>(letter) < ' ' ? ' ' : letter;
        }
        text_ += '\n';
    }
    std::string time(Instant at) const { return report::time_text(calendar_, at); }
    std::string word(const std::string& group, std::string_view name) const {
        return words_.say(group + "." + std::string{name});
    }
    std::string window(const Window& due) const {
        return words_.say("window", {{"from", time(due.from)}, {"until", time(due.until)}});
    }
    std::string number(const std::optional<PhoneNumber>& number, const char* none) const {
        return number ? number->e164() : words_.say(none);
    }
    static std::string count(std::size_t many) { return std::to_string(many); }

    void head() {
        const std::string& name =
            words_.language() == Language::arabic ? proof_.ministry.ar : proof_.ministry.en;
        if (!name.empty()) line(0, name);
        line(0, words_.say("title", {{"day", proof_.day}}));
        line(0, words_.say("as_of",
                           {{"time", time(proof_.as_of)}, {"calendar", proof_.calendar_name}}));
    }

    void calls() {
        line(0, "");
        if (proof_.calls.empty()) return line(0, words_.say("no_calls"));
        line(0, words_.say("calls", {{"count", count(proof_.calls.size())}}));
        std::set<PromiseId> told;
        std::size_t place = 0;
        for (const measure::ProvedCall& call : proof_.calls) {
            place += 1;
            show(call, place);
            if (call.without) {
                const std::string why = words_.say("why." + std::string{enum_name(*call.without)},
                                                   {{"contact", count(call.contact.value)}});
                line(1, words_.say("without", {{"why", why}}));
            } else if (!told.insert(call.promise).second) {
                line(1, words_.say("told_above", {{"promise", count(call.promise.value)}}));
            } else {
                show_of(call);
            }
        }
    }

    void show(const measure::ProvedCall& call, std::size_t place) {
        line(0, words_.say("call", {{"number", count(place)},
                                    {"time", time(call.at)},
                                    {"caller", number(call.number, "hidden")},
                                    {"language", word("language", enum_name(call.language))},
                                    {"dialled", call.dialled},
                                    {"contact", count(call.contact.value)},
                                    {"version", count(call.calendar_version)}}));
    }

    void show_of(const measure::ProvedCall& call) {
        const auto is_its = [&](const ProvedPromise& row) { return row.id == call.promise; };
        const auto found = std::find_if(proof_.promises.begin(), proof_.promises.end(), is_its);
        if (found == proof_.promises.end()) return;
        const Words::Values names{{"promise", count(found->id.value)},
                                  {"time", time(found->made_at)},
                                  {"reference", found->reference},
                                  {"queue", found->queue.value}};
        line(1, words_.say(call.has_joined ? "promise_joined" : "promise", names));
        show(*found);
    }

    void others() {
        if (proof_.others.empty()) return;
        line(0, "");
        line(0, words_.say("others", {{"count", count(proof_.others.size())}}));
        std::size_t place = 0;
        for (const ProvedPromise& promise : proof_.others) {
            place += 1;
            line(0, words_.say("other", {{"number", count(place)},
                                         {"time", time(promise.made_at)},
                                         {"origin", word("origin", enum_name(promise.origin))},
                                         {"contact", count(promise.made_in.value)}}));
            line(1, words_.say("promise", {{"promise", count(promise.id.value)},
                                           {"reference", promise.reference},
                                           {"queue", promise.queue.value}}));
            show(promise);
        }
    }

    void show(const ProvedPromise& promise) {
        const std::string language = word("language", enum_name(promise.language));
        line(1, words_.say("to_call", {{"number", number(promise.number, "unknown")},
                                       {"language", language}}));
        line(1, words_.say("promised", {{"window", window(promise.promised)},
                                        {"version", count(promise.calendar_version)}}));
        messages(promise);
        joined(promise);
        redatings(promise);
        attempts(promise);
        notifications(promise);
        standing(promise);
        ledger(promise);
    }

    void messages(const ProvedPromise& promise) {
        if (promise.messages.empty()) line(1, words_.say("no_message"));
        for (const measure::ProvedMessage& message : promise.messages) {
            line(1,
                 words_.say("message", {{"time", time(message.at)},
                                        {"length", report::length_text(message.length_ms * 1'000)},
                                        {"recording", count(message.recording.value)},
                                        {"digest", message.sha256.empty() ? "-" : message.sha256},
                                        {"file", word("file", enum_name(message.file))}}));
        }
    }

    void joined(const ProvedPromise& promise) {
        if (promise.joined.empty()) return;
        std::string contacts;
        for (const ContactId contact : promise.joined) {
            contacts += (contacts.empty() ? "" : ", ") + count(contact.value);
        }
        line(1, words_.say("joined", {{"contacts", contacts}}));
    }

    void redatings(const ProvedPromise& promise) {
        for (const measure::ProvedRedating& row : promise.redatings) {
            line(1, words_.say("redated", {{"time", time(row.at)},
                                           {"version", count(row.calendar_version)},
                                           {"window", window(row.due)},
                                           {"before", window(row.due_before)}}));
        }
    }

    void attempts(const ProvedPromise& promise) {
        for (const measure::ProvedAttempt& row : promise.attempts) {
            const std::string outcome =
                word("outcome", row.outcome.empty() ? "rings" : row.outcome);
            const std::string agent = row.agent ? row.agent.value : words_.say("no_agent");
            std::string said = words_.say("attempt", {{"attempt", std::to_string(row.attempt)},
                                                      {"time", time(row.at)},
                                                      {"agent", agent},
                                                      {"number", row.number.e164()},
                                                      {"outcome", outcome}});
            if (row.next_try) said += words_.say("next_try", {{"time", time(*row.next_try)}});
            line(1, said);
        }
    }

    std::string became_of(const measure::ProvedNotification& row) const {
        if (!row.ended) return words_.say("notified.owed");
        return words_.say(row.is_sent ? "notified.sent" : "notified.given_up",
                          {{"time", time(*row.ended)}, {"why", row.detail}});
    }

    void notifications(const ProvedPromise& promise) {
        for (const measure::ProvedNotification& row : promise.notifications) {
            line(1, words_.say("notification",
                               {{"to", row.to},
                                {"time", time(row.at)},
                                {"channel", word("channel", enum_name(row.channel))},
                                {"occasion", word("occasion", enum_name(row.occasion))},
                                {"state", became_of(row)}}));
        }
    }

    void standing(const ProvedPromise& promise) {
        if (promise.overdue_at) {
            line(1, words_.say("overdue_at", {{"time", time(*promise.overdue_at)}}));
        }
        const bool is_broken = promise.standing == Standing::broken;
        const Words::Values values{
            {"time", promise.ended ? time(*promise.ended) : ""},
            {"contact", count(promise.kept_in.value)},
            {"by", promise.withdrawn_by},
            {"reason", is_broken ? word("reason", promise.reason) : promise.reason}};
        line(1, words_.say("standing." + std::string{enum_name(promise.standing)}, values));
    }

    void ledger(const ProvedPromise& promise) {
        line(1, words_.say("ledger"));
        for (const measure::LedgerLine& row : promise.lines) {
            const std::string before =
                row.head_before.empty() ? words_.say("no_head") : row.head_before;
            line(2, words_.say("ledger_line", {{"number", count(row.number)}, {"text", row.text}}));
            line(3, words_.say("ledger_before", {{"head", before}}));
            line(3, words_.say("ledger_head", {{"head", row.head}}));
        }
    }

    void totals() {
        line(0, "");
        line(0, words_.say("totals"));
        line(1,
             words_.say("coverage", {{"count", std::to_string(proof_.calls_outside_hours)},
                                     {"made", std::to_string(proof_.calls_with_promise_made)},
                                     {"joined", std::to_string(proof_.calls_with_promise_joined)},
                                     {"without", std::to_string(proof_.calls_without_promise)}}));
        if (proof_.calls_without_promise == 0) line(1, words_.say("covered"));
        add(words_.say("origin.out_of_hours"), proof_.totals);
        if (!proof_.others.empty()) {
            add(words_.say("others", {{"count", count(proof_.others.size())}}),
                proof_.other_totals);
        }
    }

    void add(const std::string& title, const measure::ProofTotals& totals) {
        cli::Table table{{"   " + title}};
        const auto row = [&](const char* key, std::int64_t value) {
            table.add({"      " + word("total", key), words_.isolated(std::to_string(value))});
        };
        row("made", totals.made);
        row("kept", totals.kept);
        row("kept_in_time", totals.kept_in_time);
        row("kept_late", totals.kept_late);
        row("broken", totals.broken);
        row("withdrawn", totals.withdrawn);
        row("open", totals.open);
        row("overdue", totals.overdue);
        text_ += table.text();
    }

    void seals() {
        line(0, "");
        line(0, words_.say("seals"));
        for (const measure::ProvedSeal& seal : proof_.seals) {
            line(1, words_.say("seal",
                               {{"day", seal.day},
                                {"time", time(seal.at)},
                                {"lines", count(seal.lines)},
                                {"head", seal.head},
                                {"state", word("sealed", seal.is_right ? "right" : "altered")}}));
        }
        if (proof_.unsealed_lines > 0) {
            line(1, words_.say("unsealed", {{"count", count(proof_.unsealed_lines)}}));
        }
        if (proof_.lines == 0) return;
        const Words::Values now{
            {"time", time(proof_.as_of)}, {"lines", count(proof_.lines)}, {"head", proof_.head}};
        line(1, words_.say("ledger_now", now));
        line(0, words_.say("how_to_check", now));
    }

    const measure::PromiseProof& proof_;
    const calendar::Calendar& calendar_;
    const Words& words_;
    std::string text_;
};

}  // namespace

Words words_of(Language language) {
    return Words::from(language, language == Language::arabic ? kArabic : kEnglish);
}

std::string as_text(const measure::PromiseProof& proof, const calendar::Calendar& calendar,
                    const Words& words) {
    return Writer{proof, calendar, words}.text();
}

}  // namespace amer::proof
