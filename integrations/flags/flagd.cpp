// flagd: one flag definition file for each environment, which flagd or an in-process OpenFeature provider watches.
// Reads and writes block the network thread for the disk's time; files of flags are small.
#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>
#include <optional>

#include "integrations/flags/flagd_document.hpp"
#include "integrations/flags/flagd_file.hpp"
#include "integrations/flags/flagd_targeting.hpp"
#include "integrations/flags/flagd_watch.hpp"
#include "integrations/flags/service_fault.hpp"
#include "integrations/flags/shell_quote.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using nlohmann::json;

constexpr int edits_in_a_row = 5;  // of somebody else, before we give up

class Flagd : public Provider {
 public:
  explicit Flagd(const ProviderSettings& settings) : settings_(settings), files_(addresses(settings)) {}

  const std::string& name() const override { return settings_.name; }
  ProviderKind kind() const override { return ProviderKind::flagd; }
  bool tells_what_is_served() const override { return false; }

  asio::awaitable<Answer<std::vector<std::string>>> environments() override {
    std::vector<std::string> names;
    for (const auto& [environment, file] : files_) names.push_back(environment);
    co_return names;
  }

  asio::awaitable<Answer<Catalog>> catalog(std::string environment) override {
    const auto file = files_.find(environment);
    if (file == files_.end()) co_return std::unexpected(no_such_environment(environment, settings_));
    const auto content = read_file(file->second);
    if (!content) co_return std::unexpected(content.error());
    const auto flags = flagd::flags_of(content->text, file->second);
    if (!flags) co_return std::unexpected(flags.error());
    Catalog all;
    for (const auto& [key, definition] : flags->items()) {
      Flag& flag = all.flags[key];
      flag.name = key;
      flag.states[environment] = flagd::state_of(definition);
    }
    co_return all;
  }

  asio::awaitable<Answer<Reading>> read(std::string name) override {
    Reading reading{.flag = {.name = name}};
    json snapshot = json::object();
    std::optional<ProviderError> fault;
    for (const auto& [environment, file] : files_) {
      const auto content = read_file(file);
      const auto flags = content ? flagd::flags_of(content->text, file) : std::unexpected(content.error());
      if (!flags) {
        // One environment that is away must not stop what can be done in another.
        reading.flag.states[environment] = unread(flags.error().text);
        if (!fault) fault = flags.error();
      } else if (const auto found = flags->find(name); found != flags->end()) {
        reading.flag.states[environment] = flagd::state_of(*found);
        snapshot[environment] = flagd::definition_in(content->text, name);
      }
    }
    if (snapshot.empty()) co_return std::unexpected(fault ? *fault : no_such_flag(name, settings_.name));
    reading.snapshot = json_read::dump(snapshot);
    co_return reading;
  }

  asio::awaitable<Answer<void>> carry_out(Order order, int milliseconds) override {
    const auto found = files_.find(order.environment);
    if (found == files_.end()) co_return std::unexpected(no_such_environment(order.environment, settings_));
    const auto& path = found->second;
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    FolderLock lock;
    for (;;) {
      const auto locked = lock.try_lock(path);
      if (!locked) co_return std::unexpected(locked.error());
      if (*locked) break;
      if (std::chrono::steady_clock::now() >= until)
        co_return std::unexpected(
            ProviderError{Fault::unreachable, "Another program holds the folder of " + path + " locked.", {}});
      asio::steady_timer pause(co_await asio::this_coro::executor, 5ms);
      co_await pause.async_wait(asio::use_awaitable);
    }
    for (int edits = 0; edits < edits_in_a_row; ++edits) {
      const auto content = read_file(path);
      if (!content) co_return std::unexpected(content.error());
      const auto text = flagd::carried_out(content->text, order, path);
      if (!text) co_return std::unexpected(text.error());
      if (*text == content->text) co_return Answer<void>();
      const auto replacing = replace_file(path, content->text, *text);
      if (!replacing) co_return std::unexpected(replacing.error());
      if (*replacing == Replacing::done) co_return Answer<void>();
    }
    co_return std::unexpected(
        ProviderError{Fault::unreachable, path + " is being edited again and again: nothing was changed.", {}});
  }

  asio::awaitable<ServedAnswer> served(std::string, std::string) override {
    co_return ServedAnswer{Served::unknown, "Whoever watches the file does not tell when it has read it."};
  }

  asio::awaitable<Answer<Observations>> changes(std::string cursor, Instant now) override {
    flagd::Sights sights = flagd::sights_in(cursor);
    Observations observed;
    std::size_t unreadable = 0;
    ProviderError fault;
    for (const auto& [environment, file] : files_) {
      const auto before = sights.find(environment);
      const auto stamp = stamp_of(file);
      if (stamp && before != sights.end() && before->second.stamp == stamp->text) continue;
      const auto content = read_file(file);
      const auto flags = content ? flagd::flags_of(content->text, file) : std::unexpected(content.error());
      if (!flags) {
        // Its last sight stays: once it is readable again, it is compared with what now stands there.
        ++unreadable;
        fault = flags.error();
        continue;
      }
      flagd::Sight after = flagd::sight_of(*flags, content->stamp.text);
      if (before != sights.end()) {
        auto found = flagd::differences(before->second, after, environment, std::min(content->stamp.changed, now));
        std::ranges::move(found, std::back_inserter(observed.changes));
      }
      sights[environment] = std::move(after);
    }
    if (unreadable > 0 && unreadable == files_.size()) co_return std::unexpected(fault);
    std::erase_if(sights, [this](const auto& sight) { return !files_.contains(sight.first); });
    std::ranges::stable_sort(observed.changes, {}, &Observation::at);
    observed.cursor = flagd::cursor_of(sights);
    if (observed.cursor.size() > flagd::greatest_cursor)
      co_return std::unexpected(
          ProviderError{Fault::unsupported, "The definition files are too large to be watched for edits.", {}});
    co_return observed;
  }

  std::string by_hand(const Order& order) const override {
    std::string line = "vakt flag ";
    switch (order.action) {
      case Action::off:
        line += "off";
        break;
      case Action::on:
        line += "on";
        break;
      case Action::percent:
        line += "percent --percent " + std::to_string(order.percent);
        break;
      case Action::restore:
        line += "undo";
        break;
    }
    const std::string environment = " --environment " + shell_quote(order.environment);
    const std::string flag = shell_quote(order.name);
    line += order.name.starts_with('-') ? environment + " -- " + flag : " " + flag + environment;
    const auto file = files_.find(order.environment);
    return file == files_.end() ? line : line + "  # in " + shell_quote(file->second);
  }

 private:
  const ProviderSettings settings_;
  const std::map<std::string, std::string> files_;
};

}  // namespace

std::unique_ptr<Provider> make_flagd(const ProviderSettings& settings) { return std::make_unique<Flagd>(settings); }

}  // namespace vakt::flag
