#include "store/sqlite/schema.h"

#include <string>

#include <fmt/format.h>

#include "store/migrations/migrations.h"

namespace amer::store {

void migrate(soci::session& session) {
    session << "create table if not exists schema_version (version bigint not null)";
    long long version = 0;
    session << "select coalesce(max(version), 0) from schema_version", soci::into(version);

    const auto steps = migrations();
    if (version > steps.back().number()) {
        throw soci::soci_error(fmt::format(
            "it was written by a newer program: its schema is {}, this program knows {}", version,
            steps.back().number()));
    }
    for (const Migration& step : steps) {
        if (step.number() <= version) continue;
        soci::transaction transaction{session};
        for (const std::string& statement : step.statements()) session << statement;
        const long long number = step.number();
        session << "insert into schema_version (version) values (:version)", soci::use(number);
        transaction.commit();
    }
}

}  // namespace amer::store
