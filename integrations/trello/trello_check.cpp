#include "integrations/trello/trello_check.hpp"

#include <algorithm>
#include <set>

#include "integrations/http/await_send.hpp"
#include "integrations/trello/board_names.hpp"
#include "integrations/trello/card_orders.hpp"

namespace vakt::trello {

namespace asio = boost::asio;

namespace {

class Check {
 public:
  Check(HttpClient& http, Access access, action::Settings settings, std::vector<std::string> labels)
      : http_(http), access_(std::move(access)), settings_(std::move(settings)), labels_(std::move(labels)) {}

  asio::awaitable<std::vector<CheckLine>> run() {
    if (access_.key.empty() || access_.token.empty()) {
      ok("not configured (TRELLO_API_KEY, TRELLO_API_TOKEN): action items are kept and reminded of without cards");
      co_return std::move(lines_);
    }
    std::string path = me_path();
    const Heard me = co_await ask(std::move(path));
    const auto member = me.verdict == Verdict::ok ? read_member(me.body) : std::nullopt;
    if (!member) {
      wrong(me.verdict == Verdict::ok ? nonsense(access_.host).text : me.text);
      co_return std::move(lines_);
    }
    ok("the token is good, as " + member->username);
    std::string boards_path = boards_of_path(member->id);
    const Heard heard = co_await ask(std::move(boards_path));
    const auto boards = heard.verdict == Verdict::ok ? read_boards(heard.body) : std::nullopt;
    if (!boards) {
      wrong("its boards cannot be listed: " + heard.text);
      co_return std::move(lines_);
    }
    std::set<std::string> checked;
    for (const auto& team : settings_.teams) {
      const std::string& name = team.board.name;
      if (name.empty()) {
        look(of(team) + "no board is configured: its action items have no cards");
        continue;
      }
      const BoardBody* found = find_board(*boards, name);
      const std::string id = found ? found->id : known_id(team.board);
      if (id.empty())
        wrong(of(team) + "there is no board \"" + name + "\" that " + member->username +
              " is a member of: check [trello] board, or add the account to it");
      else
        co_await board(team, id, checked.insert(id).second);
    }
    co_return std::move(lines_);
  }

 private:
  static std::string of(const action::Team& team) { return team.name.empty() ? "" : "team " + team.name + ": "; }
  void ok(const std::string& text) { lines_.push_back({CheckLine::Kind::ok, "trello: " + text}); }
  void look(const std::string& text) { lines_.push_back({CheckLine::Kind::look, "trello: " + text}); }
  void wrong(const std::string& text) { lines_.push_back({CheckLine::Kind::wrong, "trello: " + text}); }

  asio::awaitable<Heard> ask(std::string path) {
    HttpRequest request = get(access_, path);
    const HttpResult result = co_await await_send(http_, std::move(request));
    co_return heard_of(result, access_.host);
  }

  asio::awaitable<void> board(const action::Team& team, std::string id, bool first) {
    std::string path = board_facts_path(id);
    const Heard heard = co_await ask(std::move(path));
    const auto board = heard.verdict == Verdict::ok ? read_board(heard.body) : std::nullopt;
    const std::string name = "board \"" + team.board.name + "\"";
    if (!board) co_return wrong(of(team) + name + ": " + (heard.text.empty() ? "cannot be read" : heard.text));
    if (board->closed) co_return wrong(of(team) + name + " is archived: reopen it, or name another one");
    ok(of(team) + name + " is there");
    lists(team, board->lists.value_or(std::vector<ListBody>{}));
    if (!first) co_return;
    members(name, board->members.value_or(std::vector<MemberBody>{}));
    if (labels_.empty()) co_return;
    std::string labels_path = board_labels_path(id);
    const Heard told = co_await ask(std::move(labels_path));
    const auto there = told.verdict == Verdict::ok ? read_labels(told.body) : std::nullopt;
    if (!there) co_return look("the labels of " + name + " cannot be read: " + told.text);
    for (const auto& missing : choose_labels(labels_, *there).left_out)
      look(name + " has no label \"" + missing + "\": cards are made without it");
  }

  void lists(const action::Team& team, const std::vector<ListBody>& there) {
    bool todo = false;
    for (const auto& list : team.board.lists) {
      todo = todo || list.role == action::ListRole::todo;
      const ListBody* found = find_list(there, list.id.empty() ? list.name : list.id);
      const std::string what = of(team) + "list \"" + list.name + "\"";
      if (!found)
        wrong(what + " is not on board \"" + team.board.name + "\"");
      else if (found->closed)
        (list.role == action::ListRole::todo ? wrong(what + " is archived: new cards cannot go there")
                                             : look(what + " is archived"));
      else
        ok(what + " is there");
    }
    if (!todo) wrong(of(team) + "no list for new cards is configured (list_todo)");
  }

  void members(const std::string& board, const std::vector<MemberBody>& there) {
    for (const auto& [user, username] : settings_.members)
      if (!choose_members({username}, there).left_out.empty())
        look(username + " (of " + user + " in [trello.members]) is no member of " + board +
             ": cards there stand without them");
  }

  HttpClient& http_;
  const Access access_;
  const action::Settings settings_;
  const std::vector<std::string> labels_;
  std::vector<CheckLine> lines_;
};

}  // namespace

asio::awaitable<std::vector<CheckLine>> check_trello(HttpClient& http, Access access, action::Settings settings,
                                                     std::vector<std::string> labels) {
  Check check{http, std::move(access), std::move(settings), std::move(labels)};
  co_return co_await check.run();
}

}  // namespace vakt::trello
