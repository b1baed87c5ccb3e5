#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>

namespace amer::centre {

// A map of the state, changed in place, or seen through changes that are only thought of: a
// decision must know what its first events will do before it finds the next ones, and may not
// touch the state. Copies only the rows it changes.
template <typename Key, typename Row>
class LayeredMap {
public:
    explicit LayeredMap(std::map<Key, Row>& rows) : rows_{&rows}, base_{&rows} {}
    explicit LayeredMap(const std::map<Key, Row>& base) : base_{&base} {}

    const Row* find(const Key& key) const {
        if (!changes_.empty()) {
            const auto changed = changes_.find(key);
            if (changed != changes_.end()) {
                return changed->second ? &*changed->second : nullptr;
            }
        }
        const auto found = base_->find(key);
        return found == base_->end() ? nullptr : &found->second;
    }

    Row* edit(const Key& key) {
        if (rows_ != nullptr) {
            const auto found = rows_->find(key);
            return found == rows_->end() ? nullptr : &found->second;
        }
        const auto changed = changes_.find(key);
        if (changed != changes_.end()) return changed->second ? &*changed->second : nullptr;
        const auto found = base_->find(key);
        if (found == base_->end()) return nullptr;
        return &*changes_.insert_or_assign(key, std::optional<Row>{found->second}).first->second;
    }

    void put(const Key& key, Row row) {
        if (rows_ != nullptr) {
            rows_->insert_or_assign(key, std::move(row));
        } else {
            changes_.insert_or_assign(key, std::optional<Row>{std::move(row)});
        }
    }

    void erase(const Key& key) {
        if (rows_ != nullptr) {
            rows_->erase(key);
        } else {
            changes_.insert_or_assign(key, std::nullopt);
        }
    }

    // Every row as it stands now, in order; `visit` may change the map.
    template <typename Visit>
    void for_each(Visit visit) const {
        std::vector<Key> keys;
        for (const auto& [key, row] : *base_) keys.push_back(key);
        for (const auto& [key, row] : changes_) {
            if (!base_->contains(key)) keys.push_back(key);
        }
        std::sort(keys.begin(), keys.end());
        for (const Key& key : keys) {
            if (const Row* row = find(key)) visit(*row);
        }
    }

private:
    std::map<Key, Row>* rows_ = nullptr;
    const std::map<Key, Row>* base_;
    std::map<Key, std::optional<Row>> changes_;  // nothing: erased
};

// The same for an ordered set.
template <typename Value, typename Values = std::set<Value>>
class LayeredSet {
public:
    explicit LayeredSet(Values& values) : values_{&values}, base_{&values} {}
    explicit LayeredSet(const Values& base) : base_{&base} {}

    void insert(const Value& value) {
        if (values_ != nullptr) {
            values_->insert(value);
        } else {
            changes_.insert_or_assign(value, true);
        }
    }

    void erase(const Value& value) {
        if (values_ != nullptr) {
            values_->erase(value);
        } else {
            changes_.insert_or_assign(value, false);
        }
    }

    // The first value that is not less than `from`.
    const Value* first_from(const Value& from) const {
        return first(base_->lower_bound(from), changes_.lower_bound(from));
    }

    // The first value that is greater.
    const Value* first_after(const Value& value) const {
        return first(base_->upper_bound(value), changes_.upper_bound(value));
    }

    // How many values v are there with from <= v < until? Of a RankedSet only.
    std::size_t count(const Value& from, const Value& until) const {
        auto number = static_cast<std::ptrdiff_t>(base_->count_before(until)) -
                      static_cast<std::ptrdiff_t>(base_->count_before(from));
        for (auto changed = changes_.lower_bound(from);
             changed != changes_.end() && changed->first < until; ++changed) {
            const bool was_in = base_->contains(changed->first);
            number +=
                static_cast<std::ptrdiff_t>(changed->second) - static_cast<std::ptrdiff_t>(was_in);
        }
        return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, number));
    }

private:
    const Value* first(typename Values::const_iterator base,
                       typename std::map<Value, bool>::const_iterator changed) const {
        for (;;) {
            const bool base_is_over = base == base_->end();
            if (changed == changes_.end()) return base_is_over ? nullptr : &*base;
            if (!base_is_over && *base < changed->first) return &*base;
            // The change speaks for an equal value below it.
            if (!base_is_over && !(changed->first < *base)) ++base;
            if (changed->second) return &changed->first;
            ++changed;
        }
    }

    Values* values_ = nullptr;
    const Values* base_;
    std::map<Value, bool> changes_;  // true: in the set
};

}  // namespace amer::centre
