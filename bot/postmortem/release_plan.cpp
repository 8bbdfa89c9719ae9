#include "bot/postmortem/release_plan.hpp"

#include <algorithm>

#include "bot/postmortem/finishing.hpp"
#include "bot/postmortem/values.hpp"
#include "bot/rollouts/stage_text.hpp"
#include "bot/rollouts/verdict.hpp"
#include "bot/texts/document_texts.hpp"
#include "bot/texts/markdown_text.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"

namespace vakt::postmortem {

namespace {

using rollout::Rollout;
using rollout::Verdict;

Value or_false(std::string text) { return text.empty() ? Value{false} : Value{std::move(text)}; }
Value words_or_false(const std::string& typed) { return or_false(markdown_words(typed)); }

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : ", ") + markdown_words(line);
  return out;
}

class Writer {
 public:
  Writer(const Rollout& rollout, const Names& names, const std::string& zone, Language language)
      : rollout_(rollout), names_(names), zone_(zone), text_(document_texts(language)) {}

  Values values() const {
    std::vector<Values> stages, dashboards;
    for (std::size_t i = 0; i < rollout_.stages.size(); ++i) stages.push_back(stage(i));
    std::string links;
    for (const auto& one : rollout_.dashboards) links += (links.empty() ? "" : ", ") + markdown_link({}, one);
    Values all{{"title", markdown_words(rollout_.flag)},
               {"title_quoted", quoted(rollout_.flag)},
               {"timezone", zone_},
               {"flags", std::vector<Values>{{{"flag", markdown_words(rollout_.flag)},
                                              {"environment", markdown_words(rollout_.environment)},
                                              {"provider", markdown_words(rollout_.provider)}}}},
               {"dates", dates()},
               {"staged", rollout_.stages.size() > 1},
               {"at_once", rollout_.stages.size() == 1},
               {"criteria", or_false(joined(rollout_.criteria))},
               {"dashboards", or_false(std::move(links))},
               {"watchers", or_false(joined(rollout_.watchers))},
               {"go_no_go", go_no_go()},
               {"stages", std::move(stages)},
               {"check_ins", std::vector<Values>{check_in(true), check_in(false)}}};
    add_stop(all);
    return all;
  }

 private:
  std::string time(Instant at) const { return date_and_time(at, zone_); }
  Value person(const std::string& by) const {
    const auto name = names_.find(by);
    return words_or_false(name == names_.end() ? by : name->second);
  }

  void add_stop(Values& all) const {
    if (!rollout_.stop) return;
    const auto& [why, by, detail, at] = *rollout_.stop;
    const bool back = rollout_.state == rollout::State::rolled_back;
    all["rolled_back"] = back;
    all["held"] = !back;
    all["changed_by_hand"] = why == rollout::Stop::Why::changed_by_hand;
    all["stopped_at"] = time(at);
    all["stopped_by"] = person(by);
    all["stopped_why"] = words_or_false(detail);
  }

  std::vector<Values> go_no_go() const {
    std::vector<Values> out;
    out.reserve(rollout_.go_no_go.size());
    for (const auto& one : rollout_.go_no_go)
      out.push_back(
          {{"discipline", markdown_words(one.discipline)},
           {"signed_off", or_false(one.by.empty() ? "" : markdown_words(one.by) + " (" + time(one.at) + ")")}});
    return out;
  }

  // From the first day to the last stage's end, as planned or as it was.
  std::string dates() const {
    auto from = rollout_.runs.front().began.value_or(rollout_.started_at);
    auto until = from;
    for (std::size_t i = 0; i < rollout_.stages.size(); ++i) {
      if (rollout_.runs[i].began) until = *rollout_.runs[i].began;
      until += std::chrono::minutes{rollout_.stages[i].minutes};
    }
    return iso_date(local_date(from, zone_)) + " - " + iso_date(local_date(until, zone_));
  }

  // "1 week", "2 days", "90m"; empty: no time of its own.
  std::string length_of(const rollout::Stage& stage) const {
    constexpr int day = 24 * 60, week = 7 * day;
    const auto counted = [](int n, std::string_view one, std::string_view many) {
      return fill(n == 1 ? one : many, {std::to_string(n)});
    };
    if (stage.minutes == 0) return {};
    if (stage.minutes % week == 0) return counted(stage.minutes / week, text_.one_week, text_.weeks);
    if (stage.minutes % day == 0) return counted(stage.minutes / day, text_.one_day, text_.days);
    return rollout::length_text(stage.minutes);
  }

  Values stage(std::size_t index) const {
    const auto& stage = rollout_.stages[index];
    const auto& run = rollout_.runs[index];
    const auto* record = last_record(run.records);
    std::string metrics;
    if (record)
      for (const auto& [criterion, value] : record->metrics)
        metrics += (metrics.empty() ? "" : "; ") + markdown_words(criterion) + ": " + markdown_words(value);
    auto all = seen(stage, record);
    all["letter"] = std::string(1, static_cast<char>('A' + index));
    all["canary"] = index == 0 && rollout_.stages.size() > 1;
    all["percent"] = std::to_string(stage.percent);
    all["length"] = or_false(length_of(stage));
    all["least_users"] = or_false(stage.least_users ? std::to_string(stage.least_users) : "");
    all["began"] = or_false(run.began ? time(*run.began) : "");
    all["ended"] = or_false(run.ended ? time(*run.ended) : "");
    all["advanced_by"] = person(run.by);
    all["reason"] = words_or_false(run.reason);
    all["metrics"] = or_false(std::move(metrics));
    all["history"] = history(static_cast<int>(index));
    return all;
  }

  // What happened before the first stage stands with it.
  std::vector<Values> history(int stage) const {
    using What = rollout::Happening::What;
    std::vector<Values> out;
    for (const auto& one : rollout_.history)
      if (std::max(one.stage, 0) == stage)
        out.push_back({{"advanced", one.what == What::advanced},
                       {"held", one.what == What::held},
                       {"changed_by_hand", one.what == What::changed_by_hand},
                       {"resumed", one.what == What::resumed},
                       {"rollback_asked", one.what == What::rollback_asked},
                       {"rolled_back", one.what == What::rolled_back},
                       {"when", time(one.at)},
                       {"by", person(one.by)},
                       {"why", words_or_false(one.detail)}});
    return out;
  }

  // What was seen, and what that number of users can show.
  static Values seen(const rollout::Stage& stage, const rollout::Record* record) {
    const auto told = rollout::verdict(stage, record);
    const bool no_error = told.kind == Verdict::Kind::no_error_seen;
    return {{"users", or_false(record ? (record->about ? "≈" : "") + std::to_string(record->users) : "")},
            {"too_few", told.kind == Verdict::Kind::too_few},
            {"may_still_be", or_false(no_error ? rollout::share_text(told.may_still_be) : "")},
            {"downstream", words_or_false(record ? record->downstream : "")},
            {"errors", words_or_false(record ? record->errors : "")},
            {"changes", words_or_false(record ? record->changes : "")}};
  }

  Values check_in(bool is_week) const {
    const auto& one = is_week ? rollout_.week : rollout_.month;
    const auto* record = one ? last_record(one->records) : nullptr;
    auto all = seen({.percent = 100, .least_users = rollout_.stages.back().least_users}, record);
    all["week"] = is_week;
    all["no_changes"] = record && rollout::says_nothing(record->changes);
    std::vector<Values> kpis;
    for (const auto& criterion : rollout_.criteria) {
      std::string actual;
      if (record)
        for (const auto& metric : record->metrics)
          if (metric.criterion == criterion) actual = metric.value;
      kpis.push_back({{"kpi", std::to_string(kpis.size() + 1)},
                      {"criterion", words_or_false(criterion)},
                      {"actual", words_or_false(actual)}});
    }
    if (kpis.empty()) kpis.push_back({{"kpi", "1"}, {"criterion", false}, {"actual", false}});
    all["kpis"] = std::move(kpis);
    return all;
  }

  const Rollout& rollout_;
  const Names& names_;
  const std::string& zone_;
  const DocumentTexts& text_;
};

}  // namespace

Values release_plan_values(const Rollout& rollout, const Names& names, const std::string& zone, Language language) {
  return Writer{rollout, names, zone, language}.values();
}

Result<Document> write_release_plan(const Rollout& rollout, const Names& names, const Template& from,
                                    const Settings& settings) {
  return finished(from, settings.language, {std::to_string(rollout.id), rollout.flag},
                  [&](Language language) { return release_plan_values(rollout, names, settings.timezone, language); });
}

}  // namespace vakt::postmortem
