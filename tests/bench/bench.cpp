// Measures vakt against a bare loop and a Bolt bot and prints one table. tests/bench/run builds and starts it.
// Programs that are compared run at the same time and take turns in short rounds, so that a noisy machine is noisy to
// all of them; of the rounds the median counts.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>

#include "tests/bench/database.hpp"
#include "tests/bench/subject.hpp"
#include "tests/bench/table.hpp"

namespace bench {

namespace {

using Kind = Subject::Kind;

constexpr std::size_t rounds = 15;
constexpr std::size_t one_at_a_time = 200, in_flight = 64, many = 10'000, many_for_bolt = 1'000;
constexpr std::size_t starts = 7;
constexpr std::uint64_t big_export = 100'000, big_record = 1'000'000, small_record = 10;
constexpr std::size_t commands = 60;

// What the rounds of one program gave.
struct Rounds {
  std::vector<double> latency, per_second, cpu_of_one, cpu_of_many;  // microseconds; messages a second

  void run_one_at_a_time(Slack& slack, Subject& subject, std::size_t count) {
    subject.app().latencies.clear();
    const double cpu = subject.program().cpu_seconds();
    slack.burst(subject.app(), count, 1);
    cpu_of_one.push_back((subject.program().cpu_seconds() - cpu) * 1e6 / static_cast<double>(count));
    latency.push_back(median(subject.app().latencies));
  }
  void run_many(Slack& slack, Subject& subject, std::size_t count) {
    const double cpu = subject.program().cpu_seconds();
    const double seconds = slack.burst(subject.app(), count, in_flight);
    cpu_of_many.push_back((subject.program().cpu_seconds() - cpu) * 1e6 / static_cast<double>(count));
    per_second.push_back(static_cast<double>(count) / seconds);
  }
};

void require_recorded(const Subject& subject, const std::string& name, std::uint64_t expected) {
  if (const auto found = subject.recorded(); found != static_cast<std::int64_t>(expected))
    throw std::runtime_error(name + " recorded " + std::to_string(found) + " messages of " + std::to_string(expected));
}

std::string micros(double value) { return decimals(value, value < 20 ? 1 : 0) + " µs"; }

class Bench {
 public:
  explicit Bench(Paths paths) : paths_(std::move(paths)) {}

  // All parts, or only the one asked for.
  int run(const std::string& only) {
    const std::map<std::string, void (Bench::*)()> parts{{"starting", &Bench::starting},
                                                         {"messages", &Bench::messages},
                                                         {"exporting", &Bench::exporting},
                                                         {"growing", &Bench::growing}};
    if (!only.empty() && !parts.contains(only)) throw std::runtime_error("there is no part " + only);
    make_first();
    for (const auto& [name, part] : parts)
      if (only.empty() || only == name) (this->*part)();
    if (table_.missed() > 0) std::cout << "\n" << table_.missed() << " missed\n";
    return table_.missed() == 0 ? 0 : 1;
  }

 private:
  // A database with one incident in its channel; the others are copies of it.
  void make_first() {
    Subject first{slack_, paths_, Kind::vakt, "first"};
    slack_.send_command(first.app(), "declare sev1 Checkout is down");
    slack_.serve_until([&] { return first.app().channel_made; }, "the incident's channel");
    slack_.serve_until_quiet(first.app());
    first.stop();
    const auto original = database_of(paths_, "first");
    if (std::filesystem::exists(original + "-wal")) throw std::runtime_error("vakt left its database open");
  }

  // A vakt whose record has so many messages already.
  Subject vakt_with(const std::string& name, std::uint64_t stored) {
    std::filesystem::copy_file(database_of(paths_, "first"), database_of(paths_, name));
    if (stored > 0) prefill(database_of(paths_, name), stored);
    return Subject{slack_, paths_, Kind::vakt, name};
  }

  void starting() {
    say("from start to connected");
    std::vector<double> vakt, bolt;
    for (std::size_t i = 0; i < starts; ++i) {
      Subject ours{slack_, paths_, Kind::vakt, "first"}, theirs{slack_, paths_, Kind::bolt, "bolt-start"};
      vakt.push_back(ours.seconds_to_connect() * 1e3);
      bolt.push_back(theirs.seconds_to_connect() * 1e3);
      ours.stop();
      theirs.stop();
    }
    table_.target("start to connected, vakt", decimals(median(vakt), 0) + " ms", "at most a quarter of Bolt's",
                  median(vakt) * 4 <= median(bolt));
    table_.add("start to connected, Bolt", decimals(median(bolt), 0) + " ms");
  }

  void messages() {
    say("messages, one at a time and 64 in flight");
    Subject vakt = vakt_with("vakt", 0), bare{slack_, paths_, Kind::bare_loop, "bare"},
            bolt{slack_, paths_, Kind::bolt, "bolt"};
    slack_.serve_until_quiet(vakt.app());
    slack_.burst(vakt.app(), many, in_flight), slack_.burst(bare.app(), many, in_flight);
    slack_.burst(bolt.app(), many_for_bolt, in_flight);
    Rounds of_vakt, of_bare, of_bolt;
    for (std::size_t i = 0; i < rounds; ++i) {
      of_bare.run_one_at_a_time(slack_, bare, one_at_a_time);
      of_vakt.run_one_at_a_time(slack_, vakt, one_at_a_time);
      of_bolt.run_one_at_a_time(slack_, bolt, one_at_a_time);
      of_bare.run_many(slack_, bare, many);
      of_vakt.run_many(slack_, vakt, many);
      of_bolt.run_many(slack_, bolt, many_for_bolt);
    }
    const auto sent = (rounds + 1) * many + rounds * one_at_a_time;
    require_recorded(vakt, "vakt", sent);
    require_recorded(bare, "the bare loop", sent);
    // Bolt takes a slow moment for a dead connection; what it lost by that was sent again.
    if (bolt.app().breaks == 0) require_recorded(bolt, "Bolt", (rounds + 1) * many_for_bolt + rounds * one_at_a_time);
    if (vakt.app().breaks > 0) throw std::runtime_error("vakt broke a connection");

    const auto ours = median(of_vakt.latency), least = median(of_bare.latency);
    table_.target("frame to ack, vakt", micros(ours) + " (" + decimals(ours / least, 2) + " times the bare loop's)",
                  "at most 1.3 times", ours <= 1.3 * least);
    table_.add("frame to ack, bare loop", micros(least));
    table_.add("frame to ack, Bolt", micros(median(of_bolt.latency)));
    const auto rate = median(of_vakt.per_second), most = median(of_bare.per_second);
    const auto rate_of_bolt = median(of_bolt.per_second);
    table_.target("64 in flight, vakt",
                  decimals(rate, 0) + "/s (" + decimals(rate / most * 100, 0) + " % of the bare loop's)",
                  "at least 40 %", rate >= 0.4 * most);
    table_.target("64 in flight, vakt against Bolt", decimals(rate / rate_of_bolt, 1) + " times Bolt's",
                  "at least 5 times", rate >= 5 * rate_of_bolt);
    table_.add("64 in flight, bare loop", decimals(most, 0) + "/s");
    table_.add("64 in flight, Bolt", decimals(rate_of_bolt, 0) + "/s");
    const auto cpu = median(of_vakt.cpu_of_many), cpu_of_bolt = median(of_bolt.cpu_of_many);
    table_.target("CPU a message, 64 in flight, vakt",
                  micros(cpu) + " (1/" + decimals(cpu_of_bolt / cpu, 1) + " of Bolt's)", "at most a fifth",
                  cpu * 5 <= cpu_of_bolt);
    table_.add("CPU a message, 64 in flight, bare loop", micros(median(of_bare.cpu_of_many)));
    table_.add("CPU a message, 64 in flight, Bolt", micros(cpu_of_bolt));
    table_.add("CPU a message, one at a time: vakt, bare loop, Bolt", micros(median(of_vakt.cpu_of_one)) + ", " +
                                                                          micros(median(of_bare.cpu_of_one)) + ", " +
                                                                          micros(median(of_bolt.cpu_of_one)));
    const auto memory = vakt.program().resident_mebibytes();
    table_.target("resident after these, vakt", decimals(memory, 1) + " MiB", "under 24 MiB", memory < 24);
    table_.add("resident after these: bare loop, Bolt", decimals(bare.program().resident_mebibytes(), 1) + " MiB, " +
                                                            decimals(bolt.program().resident_mebibytes(), 1) + " MiB");
    vakt.stop();
  }

  std::vector<double> command_times(Subject& vakt, const std::function<bool()>& enough) {
    vakt.app().latencies.clear();
    while (!enough()) {
      slack_.send_command(vakt.app(), "list");
      slack_.serve_until([&] { return vakt.app().unacked.empty(); }, "the answer to a command");
    }
    return vakt.app().latencies;
  }

  void exporting() {
    say("export of " + std::to_string(big_export) + " messages");
    Subject vakt = vakt_with("export", big_export);
    slack_.serve_until_quiet(vakt.app());
    const auto idle = command_times(vakt, [&] { return vakt.app().latencies.size() == commands; });
    std::vector<double> seconds, busy;
    for (int i = 0; i < 5; ++i) {
      const auto start = Clock::now();
      Program exported{
          {paths_.vakt, "export", "1", "--format", "json"},
          {{"VAKT_DATABASE", database_of(paths_, "export")}, {"VAKT_CONFIG", paths_.folder + "/vakt.toml"}},
          paths_.folder + "/export.json"};
      // The odd ones alone, for their time; the even ones beside commands.
      if (i % 2 == 0) {
        slack_.serve_until([&] { return exported.ended(); }, "the export");
        seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
      } else {
        const auto times = command_times(vakt, [&] { return exported.ended(); });
        busy.insert(busy.end(), times.begin(), times.end());
      }
      if (exported.status() != 0) throw std::runtime_error("vakt export failed:\n" + exported.output().substr(0, 2000));
    }
    const auto size = std::filesystem::file_size(paths_.folder + "/export.json");
    table_.target("export of 100,000 messages as JSON",
                  decimals(median(seconds), 2) + " s, " + decimals(static_cast<double>(size) / 1048576, 0) + " MiB",
                  "about 1 s (at most 1.2)", median(seconds) <= 1.2);
    std::vector<double> written;
    for (int i = 0; i < 3; ++i) {
      const auto start = Clock::now();
      Program document{
          {paths_.vakt, "export", "1", "--template", "oslo"},
          {{"VAKT_DATABASE", database_of(paths_, "export")}, {"VAKT_CONFIG", paths_.folder + "/vakt.toml"}},
          paths_.folder + "/document.md"};
      slack_.serve_until([&] { return document.ended(); }, "the document");
      written.push_back(std::chrono::duration<double>(Clock::now() - start).count());
      if (document.status() != 0) throw std::runtime_error("no document:\n" + document.output().substr(0, 2000));
    }
    table_.target("a post-mortem of 100,000 messages", decimals(median(written), 2) + " s", "under 2 s",
                  median(written) < 2);
    table_.target("a command during that export",
                  micros(median(busy)) + ", slowest of " + std::to_string(busy.size()) + ": " + micros(highest(busy)),
                  "none above 100 ms", highest(busy) < 100'000);
    table_.add("a command otherwise", micros(median(idle)) + ", slowest " + micros(highest(idle)));
    vakt.stop();
  }

  void growing() {
    say("a message with 10 and with 1,000,000 stored");
    Subject big = vakt_with("big", big_record), small = vakt_with("small", small_record);
    slack_.serve_until_quiet(small.app());
    slack_.serve_until_quiet(big.app());
    Rounds of_small, of_big;
    for (std::size_t i = 0; i < 2 * rounds; ++i) {
      of_small.run_one_at_a_time(slack_, small, one_at_a_time);
      of_big.run_one_at_a_time(slack_, big, one_at_a_time);
    }
    // Few, so that the small record stays one.
    for (std::size_t i = 0; i < rounds; ++i) {
      of_small.run_many(slack_, small, 1'000);
      of_big.run_many(slack_, big, 1'000);
    }
    const auto compare = [&](const std::string& what, double before, double after) {
      table_.target("1,000,000 stored against 10: " + what,
                    micros(after) + " against " + micros(before) + " (" + decimals(after / before, 2) + " times)",
                    "at most 1.2 times", after <= 1.2 * before);
    };
    compare("frame to ack", median(of_small.latency), median(of_big.latency));
    compare("CPU a message, one at a time", median(of_small.cpu_of_one), median(of_big.cpu_of_one));
    compare("CPU a message, 64 in flight", median(of_small.cpu_of_many), median(of_big.cpu_of_many));
    require_recorded(big, "vakt", big_record + 2 * rounds * one_at_a_time + rounds * 1'000);
    table_.add("resident with 1,000,000 stored", decimals(big.program().resident_mebibytes(), 1) + " MiB");
    small.stop();
    big.stop();
  }

  static void say(const std::string& what) { std::cerr << "… " << what << "\n"; }

  Paths paths_;
  Slack slack_;
  Table table_{std::cout};
};

}  // namespace

}  // namespace bench

int main(int count, char** arguments) {
  if (count != 6 && count != 7) {
    std::cerr << "usage: vakt-bench VAKT BARE_LOOP NODE BOT FOLDER [PART] (tests/bench/run gives these)\n";
    return 2;
  }
  try {
    return bench::Bench{{arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]}}.run(
        count == 7 ? arguments[6] : "");
  } catch (const std::exception& error) {
    std::cerr << "The benchmark ended early: " << error.what() << "\n";
    return 1;
  }
}
