// The table that a run prints, each line as soon as it is known: a measurement, with its target.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace bench {

enum class Met : unsigned char { yes, no, told };  // told: for comparison only

class Table {
 public:
  explicit Table(std::ostream&);
  void add(const std::string& what, const std::string& measured, const std::string& target = {}, Met met = Met::told);
  void target(const std::string& what, const std::string& measured, const std::string& target, bool met) {
    add(what, measured, target, met ? Met::yes : Met::no);
  }
  int missed() const { return missed_; }

 private:
  std::ostream& out_;
  int missed_ = 0;
};

double median(std::vector<double> values);
double highest(const std::vector<double>& values);
std::string decimals(double value, int places);

}  // namespace bench
