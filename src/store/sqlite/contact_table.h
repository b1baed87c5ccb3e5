#pragma once

#include "engine/journal.h"
#include "store/sqlite/statement.h"

namespace amer::store {

// Table contact: one row a contact, from first ring to last word.
class ContactTable {
public:
    explicit ContactTable(soci::session& session);

    void fold(const engine::Entry& entry);

private:
    void open(const centre::ContactOpened& opened, const engine::Entry& entry);

    // The parameters are named as in the statement's text; the last two are as_of and the contact.
    Statement<Integer, Text, Text, Text, Text, Text, Integer, Text, Text, Text, Integer, Integer,
              Integer>
        open_;
    Statement<Text, Integer, Integer> language_;
    Statement<Integer, Integer, Integer> consent_;
    Statement<Integer, Integer, Integer> recording_;
    Statement<Text, Integer, Integer, Integer> queue_;
    Statement<Text, Integer, Integer, Integer, Integer> connect_;
    Statement<Text, Integer, Integer> hand_over_;
    Statement<Text, Integer, Integer, Integer, Integer, Integer> end_;
    Statement<Integer, Integer, Integer> talk_end_;
    Statement<Text, Integer, Integer> answer_;
    Statement<Integer, Integer, Integer> promise_;
};

}  // namespace amer::store
