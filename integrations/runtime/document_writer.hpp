// Documents are written from their records on a thread of their own: a record may hold 100,000 messages, and neither
// the brain nor the network waits for that. All calls on the network thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "bot/result.hpp"
#include "bot/types.hpp"

namespace vakt {

struct DocumentFile {
  std::string name, bytes;
  std::string title, comment;  // what stands over it; comment: mrkdwn
};

// Called on the writer's thread, one at a time, from the first document on. Errors: a sentence for people.
using WriteDocument = std::function<Result<DocumentFile>(IncidentNumber, const std::string& document)>;

class DocumentWriter {
 public:
  static std::unique_ptr<DocumentWriter> make(boost::asio::io_context& io, WriteDocument write);
  virtual ~DocumentWriter() = default;  // stops it
  // done: on the network thread, never before this has returned; never after stop().
  virtual void write(IncidentNumber, std::string document, std::function<void(Result<DocumentFile>)> done) = 0;
  // Waits for the one that is being written; what still waits, or comes later, is never written. To be called while
  // the io_context lives.
  virtual void stop() = 0;
};

}  // namespace vakt
