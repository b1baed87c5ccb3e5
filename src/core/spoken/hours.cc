#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/spoken/spoken.h"

namespace amer::spoken {
namespace {

constexpr int kMinutesOfDay = 24 * 60;

struct Span {
    int from = 0;
    int until = 0;

    bool operator==(const Span&) const = default;
};
using Spans = std::vector<Span>;

struct OpenDay {
    int weekday = 0;
    Spans spans;
};
using Week = std::vector<OpenDay>;

class Reader {
public:
    explicit Reader(std::string_view text) : text_{text} {}

    bool is_at_end() const { return text_.empty(); }

    bool take(char expected) {
        if (text_.empty() || text_.front() != expected) return false;
        text_.remove_prefix(1);
        return true;
    }

    std::optional<int> number(int largest) {
        int value = -1;
        const auto read = std::from_chars(text_.data(), text_.data() + text_.size(), value);
        if (read.ec != std::errc{} || value < 0 || value > largest) return std::nullopt;
        text_.remove_prefix(static_cast<std::size_t>(read.ptr - text_.data()));
        return value;
    }

private:
    std::string_view text_;
};

std::optional<Span> span_from(Reader& reader) {
    const auto from = reader.number(kMinutesOfDay);
    if (!from || !reader.take('-')) return std::nullopt;
    const auto until = reader.number(kMinutesOfDay);
    if (!until || *until <= *from) return std::nullopt;
    return Span{*from, *until};
}

std::optional<Week> week_from(std::string_view text) {
    Week week;
    Reader reader{text};
    while (!reader.is_at_end()) {
        if (!week.empty() && !reader.take(' ')) return std::nullopt;
        const auto weekday = reader.number(6);
        if (!weekday || !reader.take('=')) return std::nullopt;
        OpenDay day{*weekday, {}};
        do {
            const auto span = span_from(reader);
            if (!span) return std::nullopt;
            day.spans.push_back(*span);
        } while (reader.take('+'));
        week.push_back(std::move(day));
    }
    return week;
}

// The hours that most days have; of equals those of the earlier day.
const Spans& usual_hours(const Week& week) {
    const auto days_with = [&](const Spans& spans) {
        return std::count_if(week.begin(), week.end(),
                             [&](const OpenDay& day) { return day.spans == spans; });
    };
    return std::max_element(week.begin(), week.end(),
                            [&](const OpenDay& left, const OpenDay& right) {
                                return days_with(left.spans) < days_with(right.spans);
                            })
        ->spans;
}

class Speech {
public:
    explicit Speech(Language language) : language_{language} {}

    void say(std::string piece) { pieces_.push_back(std::move(piece)); }

    void say_time_of(int minute) {
        const int shown = minute % kMinutesOfDay;
        const PieceIds words = say_time(shown / 60, shown % 60, language_);
        pieces_.insert(pieces_.end(), words.begin(), words.end());
    }

    void say_until(const Span& span) {
        say("hours-until");
        say_time_of(span.until);
    }

    void say_spans(const Spans& spans) {
        for (const Span& span : spans) {
            say(&span == &spans.front() ? "hours-from" : "hours-and-from");
            say_time_of(span.from);
            say_until(span);
        }
    }

    PieceIds taken() { return std::move(pieces_); }

private:
    Language language_;
    PieceIds pieces_;
};

}  // namespace

PieceIds say_hours(std::string_view text, Language language) {
    const auto week = week_from(text);
    if (!week || week->empty()) return {};
    const Spans& usual = usual_hours(*week);
    Speech speech{language};
    speech.say_spans(usual);
    for (std::size_t i = 0; i < week->size(); i++) {
        const OpenDay& day = (*week)[i];
        if (day.spans == usual) continue;
        speech.say("hours-on-" + std::to_string(day.weekday));
        // Days that are alike and follow each other are named together.
        if (i + 1 < week->size() && (*week)[i + 1].spans == day.spans) continue;
        const bool begins_as_usual = day.spans.size() == 1 && usual.size() == 1 &&
                                     day.spans.front().from == usual.front().from;
        if (begins_as_usual) {
            speech.say_until(day.spans.front());
        } else {
            speech.say_spans(day.spans);
        }
    }
    return speech.taken();
}

}  // namespace amer::spoken
