#!/usr/bin/env bash
# floors.sh SOURCE_FOLDER: a file includes only from its own floor or below (README.md, "The house").
# Lists every line that does not, and exits 1. First it proves on a planted tree that it would see one.
set -euo pipefail

# Every include of bot/, storage/ and integrations/ as FILE:LINE:INCLUDE, through the rules.
offences() {
  cd "$1"
  { grep -rnE --include='*.hpp' --include='*.cpp' '^[[:space:]]*#[[:space:]]*include' bot storage integrations || true; } | awk '
    # The floor of a file; 0 where it is on none.
    function floor(path) {
      if (path ~ /^bot\/main\.cpp$/ || path ~ /^bot\/cli\//) return 6
      if (path ~ /^(storage|integrations)\//) return 5
      if (path ~ /^bot\/(brain|config)\//) return 4
      if (path ~ /^bot\/(decide|view|command|postmortem)\// || path ~ /^bot\/(inbound|effect)\./) return 3
      if (path ~ /^bot\/(incident|texts|record|flags|actions|rollouts)\// || path ~ /^bot\/settings\./) return 2
      if (path ~ /^bot\/(types|result|spelling)\./ || path ~ /^bot\/time\//) return 1
      return 0
    }
    function wing(path) { return substr(path, 1, index(path, "/") - 1) }
    function report(why) { print file ":" line ": " include "  (" why ")" }
    {
      split($0, part, ":")
      file = part[1]; line = part[2]
      include = $0
      sub(/^[^"<]*["<]/, "", include); sub(/[">].*$/, "", include)
      if (!floor(file)) { report("this file stands on no floor: give it one in tests/floors.sh"); next }

      if ($0 ~ /include[[:space:]]*"/) {
        if (include !~ /^(bot|storage|integrations)\//) report("ours are included by their full path")
        else if (!floor(include)) report("that file stands on no floor: give it one in tests/floors.sh")
        else if (floor(include) > floor(file)) report("that is a floor above")
        else if (floor(file) == 5 && floor(include) == 5 && wing(file) != wing(include)) report("the wings never see each other")
        else if (file ~ /^bot\/incident\// && include ~ /^bot\/(texts|record)\//) report("an incident knows no wording: incident, then texts, then record")
        else if (file ~ /^bot\/flags\// && include ~ /^bot\/(incident|texts|record)\//) report("flags know no incident and no wording: decide joins them")
        else if (file ~ /^bot\/actions\// && include ~ /^bot\/(incident|texts|record|flags)\//) report("action items know no incident, no flag and no wording: decide joins them")
        else if (file ~ /^bot\/rollouts\// && include ~ /^bot\/(incident|texts|record|flags|actions)\//) report("rollouts know no incident, no flag, no action item and no wording: decide joins them")
        else if (file ~ /^bot\/(incident|flags|actions|record)\// && include ~ /^bot\/rollouts\//) report("rollouts are known to decide alone: it joins them")
        else if (file ~ /^bot\/(incident|flags)\// && include ~ /^bot\/actions\//) report("action items are known to decide alone: it joins them")
        else if (file ~ /^bot\/incident\// && include ~ /^bot\/flags\//) report("an incident knows no flags: decide joins them")
        else if (file ~ /^bot\/postmortem\// && include ~ /^bot\/(decide|view|command|inbound|effect)/) report("a document knows the record alone")
        else if (file ~ /^bot\/texts\// && include ~ /^bot\/record\//) report("texts know no record: incident, then texts, then record")
        next
      }
      below_roof = file ~ /^bot\// && floor(file) < 6
      if (include ~ /^sqlite3/ && file !~ /^storage\/sqlite\//) report("only storage/sqlite/ knows SQLite")
      else if (floor(file) == 6 && include ~ /^boost\/asio\//) next  # the roof builds the context that the parts run on
      else if (include ~ /^(boost|openssl|websocketpp|prometheus)\// && file !~ /^integrations\//) report("only integrations/ knows the network")
      else if (include ~ /^(sys\/socket|netdb|netinet\/|arpa\/)/ && file !~ /^integrations\//) report("only integrations/ knows sockets")
      else if (below_roof && include ~ /^nlohmann\//) report("bot/ knows no JSON")
      else if (below_roof && include ~ /^(spdlog|syslog)/) report("bot/ knows no log")
      else if (below_roof && include ~ /^date\// && file !~ /^bot\/time\//) report("zones are the matter of bot/time/")
      else if (include ~ /^(kainjow|md4c)/ && file !~ /^bot\/postmortem\//) report("templates and HTML are the matter of bot/postmortem/")
      else if (below_roof && include ~ /^toml/ && file !~ /^bot\/config\//) report("TOML is the matter of bot/config/")
    }'
}

# Plants one file a rule, good and bad, and compares what is found with what should be.
self_test() {
  local tree expected found
  tree="$(mktemp -d)"
  trap 'rm -rf "$tree"' RETURN
  expected="$(
    while IFS='|' read -r file include bad; do
      mkdir -p "$tree/$(dirname "$file")"
      printf '#include %s\n' "$include" >>"$tree/$file"
      if [[ "$bad" == bad ]]; then echo "$file:$(wc -l <"$tree/$file")"; fi
    done <<'PLANTED'
bot/main.cpp|"storage/sqlite/ledger.hpp"|
bot/main.cpp|<spdlog/spdlog.h>|
bot/main.cpp|<sqlite3.h>|bad
bot/cli/run.cpp|<boost/asio/io_context.hpp>|
bot/cli/run.cpp|<boost/beast/http.hpp>|bad
bot/decide/decide.cpp|"bot/cli/commands.hpp"|bad
bot/types.hpp|"bot/incident/incident.hpp"|bad
bot/types.hpp|<string>|
bot/incident/incident.cpp|"bot/incident/incident.hpp"|
bot/incident/incident.cpp|"bot/texts/texts.hpp"|bad
bot/incident/incident.cpp|"bot/effect.hpp"|bad
bot/incident/incident.cpp|"bot/flags/flag.hpp"|bad
bot/flags/exposure.cpp|"bot/flags/flag.hpp"|
bot/flags/exposure.cpp|"bot/incident/incident.hpp"|bad
bot/flags/exposure.cpp|"bot/actions/card.hpp"|bad
bot/actions/digest.cpp|"bot/actions/card.hpp"|
bot/actions/digest.cpp|"bot/incident/incident.hpp"|bad
bot/rollouts/rollout_life.cpp|"bot/time/zones.hpp"|
bot/rollouts/rollout_life.cpp|"bot/flags/flag.hpp"|bad
bot/flags/flag_run.cpp|"bot/rollouts/rollout.hpp"|bad
bot/texts/nb.cpp|"bot/incident/incident.hpp"|
bot/texts/nb.cpp|"bot/record/record.hpp"|bad
bot/record/markdown.cpp|"bot/texts/texts.hpp"|
bot/record/markdown.cpp|"bot/view/blocks.hpp"|bad
bot/effect.hpp|"bot/view/blocks.hpp"|
bot/decide/decide.cpp|"bot/brain/ledger.hpp"|bad
bot/decide/decide.cpp|<nlohmann/json.hpp>|bad
bot/decide/decide.cpp|<spdlog/spdlog.h>|bad
bot/decide/decide.cpp|<sys/socket.h>|bad
bot/decide/decide.cpp|<date/tz.h>|bad
bot/time/zones.cpp|<date/tz.h>|
bot/brain/brain.cpp|"bot/decide/decide.hpp"|
bot/brain/brain.cpp|"storage/sqlite/ledger.hpp"|bad
bot/brain/brain.cpp|  <sqlite3.h>|bad
bot/config/config.cpp|<toml++/toml.h>|
bot/brain/timers.cpp|<toml++/toml.h>|bad
bot/postmortem/document.cpp|"bot/record/record.hpp"|
bot/postmortem/document.cpp|<md4c-html.h>|
bot/postmortem/document.cpp|"bot/decide/decide.hpp"|bad
bot/postmortem/document.cpp|"bot/brain/reader.hpp"|bad
bot/record/markdown.cpp|"bot/postmortem/document.hpp"|bad
bot/view/timeline.cpp|<kainjow/mustache.hpp>|bad
bot/lost.cpp|<string>|bad
storage/codec.cpp|<nlohmann/json.hpp>|
storage/codec.cpp|<sqlite3.h>|bad
storage/sqlite/ledger.cpp|<sqlite3.h>|
storage/sqlite/ledger.cpp|"integrations/slack/envelope.hpp"|bad
storage/sqlite/ledger.cpp|"ledger.hpp"|bad
storage/sqlite/ledger.cpp|<boost/asio.hpp>|bad
integrations/slack/slack_json.cpp|"bot/inbound.hpp"|
integrations/slack/slack_json.cpp|"storage/codec.hpp"|bad
integrations/slack/slack_json.cpp|"bot/main.cpp"|bad
PLANTED
  )"
  found="$(offences "$tree" | cut -d: -f1,2)"
  diff <(sort <<<"$expected") <(sort <<<"$found") >&2 || {
    echo "floors.sh itself is broken: it did not find exactly the planted includes" >&2
    return 1
  }
}

self_test
found="$(offences "${1:?floors.sh SOURCE_FOLDER}")"
if [[ -n "$found" ]]; then
  echo "$found"
  exit 1
fi
