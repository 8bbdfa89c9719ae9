#include "integrations/runtime/document_writer.hpp"

#include <malloc.h>

#include <boost/asio/post.hpp>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace vakt {

namespace {

namespace asio = boost::asio;

class Writer final : public DocumentWriter {
 public:
  Writer(asio::io_context& io, WriteDocument write) : io_(io), write_(std::move(write)) {}

  ~Writer() override { end(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void stop() override { end(); }

  void write(IncidentNumber incident, std::string document, std::function<void(Result<DocumentFile>)> done) override {
    {
      const std::scoped_lock lock{mutex_};
      if (stopping_) return;
      jobs_.push_back({incident, std::move(document), std::move(done)});
    }
    if (!thread_.joinable()) thread_ = std::thread{[this] { work(); }};
    there_is_work_.notify_one();
  }

 private:
  void end() {
    {
      const std::scoped_lock lock{mutex_};
      stopping_ = true;
      jobs_.clear();
    }
    there_is_work_.notify_one();
    if (thread_.joinable()) thread_.join();
    alive_.reset();
  }

  struct Job {
    IncidentNumber incident = 0;
    std::string document;
    std::function<void(Result<DocumentFile>)> done;
  };

  void work() {
    const std::weak_ptr<int> alive = alive_;
    for (;;) {
      std::unique_lock lock{mutex_};
      there_is_work_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      auto file = std::make_shared<Result<DocumentFile>>(written(job));
      asio::post(io_, [alive, file, done = std::move(job.done)] {
        if (!alive.expired()) done(std::move(*file));
      });
      malloc_trim(0);  // a long record was in memory, and this thread's heap would keep tens of MiB of it
    }
  }

  // What storage or a template throws is this document's trouble alone.
  Result<DocumentFile> written(const Job& job) const {
    try {
      return write_(job.incident, job.document);
    } catch (const std::exception& error) {
      return std::unexpected(Error{error.what()});
    }
  }

  asio::io_context& io_;
  const WriteDocument write_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();  // the network thread's; until it is stopped
  std::mutex mutex_;
  std::condition_variable there_is_work_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<DocumentWriter> DocumentWriter::make(asio::io_context& io, WriteDocument write) {
  return std::make_unique<Writer>(io, std::move(write));
}

}  // namespace vakt
