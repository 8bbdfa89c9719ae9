#include "bot/rollouts/release_plan.hpp"

#include "bot/rollouts/stage_text.hpp"
#include "bot/rollouts/verdict.hpp"
#include "bot/time/zones.hpp"

namespace vakt::rollout {

namespace {

using namespace std::string_literals;

// People's words as Markdown that shows them: no markup, no HTML, one line.
std::string shown(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == '\t') {
      out += ' ';
    } else if (c == '<') {
      out += "&lt;";
    } else {
      if ("\\`*_[]#|~!>"s.contains(c)) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : ", ") + shown(line);
  return out;
}

std::string length_of(const Stage& stage) {
  constexpr int day = 24 * 60, week = 7 * day;
  if (stage.minutes == 0) return "N/A";
  const auto counted = [](int n, const char* unit) { return std::to_string(n) + " " + unit + (n == 1 ? "" : "s"); };
  if (stage.minutes % week == 0) return counted(stage.minutes / week, "week");
  if (stage.minutes % day == 0) return counted(stage.minutes / day, "day");
  return length_text(stage.minutes);
}

class Writer {
 public:
  Writer(const Rollout& rollout, const std::map<std::string, std::string>& names, const std::string& zone)
      : rollout_(rollout), names_(names), zone_(zone) {}

  ReleasePlan write() && {
    heading(1, "Release plan: " + shown(rollout_.flag));
    heading(2, "Step 1: Development");
    line("Features toggles here",
         shown(rollout_.flag) + " (" + shown(rollout_.environment) + ", " + shown(rollout_.provider) + ")");
    validation();
    heading(2, "Step 3: Production rollout");
    line("Do I need a staged rollout?", rollout_.stages.size() > 1 ? "Yes" : "No");
    line("Rollback Process",
         "Whoever sees a spike in errors or unexpected behavior turns the feature toggle off at once.");
    if (rollout_.stop) stopped();
    phase_one();
    phase_two();
    post_launch();
    return std::move(plan_);
  }

 private:
  void heading(int level, const std::string& text) {
    if (!plan_.markdown.empty() && !plan_.markdown.ends_with("\n\n")) plan_.markdown += '\n';
    plan_.markdown += std::string(static_cast<std::size_t>(level), '#') + " " + text + "\n\n";
    if (level > 1 && text != "Planning" && text != "Results") section_ = text;
  }
  void line(const std::string& label, const std::string& value) {
    const bool asks = label.ends_with('?');
    const auto shown_value = value.empty() ? "[FILL_IN]"s : value;
    plan_.markdown += "- " + label + (asks ? " " : ": ") + shown_value + "\n";
    if (value.empty()) plan_.unfilled.push_back(section_ + ": " + label);
  }
  void missing(std::initializer_list<const char*> labels) {
    for (const auto* label : labels) line(label, {});
  }
  std::string person(const std::string& by) const {
    const auto name = names_.find(by);
    return shown(name == names_.end() ? by : name->second);
  }
  std::string time(Instant at) const { return date_and_time(at, zone_); }

  void validation() {
    heading(2, "Step 2: Validation");
    if (rollout_.go_no_go.empty()) return line("Go/no go, signed off by each discipline", {});
    for (const auto& one : rollout_.go_no_go)
      line("Go/no go, " + shown(one.discipline), one.by.empty() ? "" : shown(one.by) + " (" + time(one.at) + ")");
  }

  void stopped() {
    const auto& [why, by, detail, at] = *rollout_.stop;
    const auto what = rollout_.state == State::rolled_back ? "Rolled back"
                      : why == Stop::Why::changed_by_hand  ? "Held: the feature toggle was changed by hand"
                                                           : "Held";
    line(what,
         time(at) + ", " + (by.empty() ? "somebody"s : person(by)) + (detail.empty() ? "" : ": " + shown(detail)));
  }

  void phase_one() {
    heading(3, "Phase I: moderated production testing (also known as User Acceptance Testing, or UAT)");
    heading(4, "Planning");
    missing({"Desired date range or test duration", "Desired number of users",
             "How you'll recruit the right production test users", "How you'll conduct the testing",
             "How you'll give the test users access to the product in production w/o making it live on VA.gov"});
    heading(4, "Results");
    missing({"Number of users", "Number of bugs identified / fixed",
             "Was any downstream service affected by the change?", "Types of errors logged",
             "Any changes necessary based on the logs, feedback on user challenges, or VA challenges?"});
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

  void phase_two() {
    heading(3, "Phase II: Staged Rollout (also known as unmoderated production testing)");
    heading(4, "Rollout Planning");
    line("Desired date range", dates());
    line(
        "How will you make the product available in production while limiting the number of users who can find/access "
        "it",
        "Use of Feature toggles.");
    line(
        "What metrics-based criteria will you look at before advancing rollout to the next stage (\"success "
        "criteria\")?",
        joined(rollout_.criteria));
    line("Link to the dashboard(s) showing \"success criteria\" metrics", joined(rollout_.dashboards));
    line("Who is monitoring the dashboard(s)?", joined(rollout_.watchers));
    for (std::size_t i = 0; i < rollout_.stages.size(); ++i) stage(i);
  }

  void stage(std::size_t index) {
    const auto& stage = rollout_.stages[index];
    const auto& run = rollout_.runs[index];
    const auto percent = std::to_string(stage.percent) + "%";
    const std::string letter(1, static_cast<char>('A' + index));
    const bool canary = index == 0 && rollout_.stages.size() > 1;
    heading(4, "Stage " + letter + ": " + (canary ? "Canary"s : percent + " of users"));
    heading(5, "Planning");
    line("Length of time", length_of(stage));
    line("Percentage of Users (and roughly how many users do you expect this to be)",
         percent + (stage.least_users ? ", at least " + std::to_string(stage.least_users) + " users" : ""));
    heading(5, "Results");
    if (run.began)
      line("Ran", time(*run.began) + (run.ended ? " - " + time(*run.ended) : "") + ", advanced by " + person(run.by) +
                      (run.reason.empty() ? "" : " (" + shown(run.reason) + ")"));
    const auto* record = last_record(run.records);
    seen(stage, record);
    const auto metrics = record ? metrics_of(*record) : std::string{};
    line("Metrics at this stage (per your \"success criteria\")", metrics);
    line("Was any downstream service affected by the change?", record ? shown(record->downstream) : "");
    line("Types of errors logged", record ? shown(record->errors) : "");
    line("What changes (if any) are necessarily based on the logs, feedback on user challenges, or VA challenges?",
         record ? shown(record->changes) : "");
  }

  static std::string metrics_of(const Record& record) {
    std::string out;
    for (const auto& [criterion, value] : record.metrics)
      out += (out.empty() ? "" : "; ") + shown(criterion) + ": " + shown(value);
    return out;
  }

  // The number, and what it can show.
  void seen(const Stage& stage, const Record* record) {
    if (!record) return line("Number of unique users", {});
    const auto told = verdict(stage, record);
    auto text = (record->about ? "≈" : "") + std::to_string(record->users);
    if (told.kind == Verdict::Kind::too_few) text += " (too few to tell anything)";
    if (told.kind == Verdict::Kind::no_error_seen)
      text += " (no error recorded: the error rate may still be up to " + share_text(told.may_still_be) + ", 95 %)";
    line("Number of unique users", text);
  }

  void check_in(const std::string& title, const std::optional<CheckIn>& one) {
    heading(4, title);
    const auto* record = one ? last_record(one->records) : nullptr;
    seen({.percent = 100, .least_users = rollout_.stages.back().least_users}, record);
    const auto count = rollout_.criteria.empty() ? 1 : rollout_.criteria.size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto name = i < rollout_.criteria.size() ? " (" + shown(rollout_.criteria[i]) + ")" : ""s;
      std::string value;
      if (record && i < rollout_.criteria.size())
        for (const auto& metric : record->metrics)
          if (metric.criterion == rollout_.criteria[i]) value = shown(metric.value);
      line("Post-launch KPI " + std::to_string(i + 1) + " actual" + name, value);
    }
    line("Any issues with VA handling/processing?", record ? shown(record->downstream) : "");
    line("Types of errors logged", record ? shown(record->errors) : "");
    line("Any changes necessary based on the logs, feedback on user challenges, or VA challenges?",
         !record || record->changes.empty() ? ""
         : says_nothing(record->changes)    ? "No"
                                            : "Yes");
    if (record && !says_nothing(record->changes)) line("If yes, what", shown(record->changes));
  }

  void post_launch() {
    heading(3, "Post Launch metrics");
    check_in("1-week results", rollout_.week);
    check_in("1-month results", rollout_.month);
    heading(2, "Post-launch Questions");
    missing({"How do the KPIs you gathered compare to your pre-launch definition(s) of \"success\"?",
             "What qualitative feedback have you gathered from users or other stakeholders?",
             "Which assumptions you listed in your product outline were/were not validated?",
             "How might your product evolve now or in the future based on these results?"});
  }

  const Rollout& rollout_;
  const std::map<std::string, std::string>& names_;
  const std::string& zone_;
  ReleasePlan plan_;
  std::string section_;
};

}  // namespace

ReleasePlan release_plan(const Rollout& rollout, const std::map<std::string, std::string>& names,
                         const std::string& zone) {
  return Writer{rollout, names, zone}.write();
}

}  // namespace vakt::rollout
