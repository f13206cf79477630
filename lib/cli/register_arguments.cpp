#include "register_arguments.hpp"

#include "open_store.hpp"
#include "store_arguments.hpp"
#include "usage.hpp"

namespace banli {

namespace {

/// The options of the commands of one register.
class register_options {
 public:
  register_options(CLI::App& of, register_arguments& a) : of_(of), a_(a) {}

  CLI::App* command(const char* name, const char* what, bool with_store = true) {
    c_ = of_.add_subcommand(name, what);
    if (with_store) {
      c_->add_option("store", a_.store, "SQLite store")->required();
      c_->add_option("--office", a_.office, "offices, staff and limits (YAML of kind supervision)")
          ->required();
      c_->add_option("--calendar", a_.calendar.calendars, "cn, or a file (YAML, CSV)")
          ->allow_extra_args(false);
    }
    add_language(*c_, a_.in);
    return c_;
  }
  void number() { c_->add_option("id", a_.id, "its number")->required(); }
  void at(const char* what) { c_->add_option("--at", a_.at, what)->required(); }
  void until() { c_->add_option("--at", a_.at, "as it stood at this instant"); }
  void formats(std::vector<std::string> names) {
    c_->add_option("--format", a_.format, "text, json, csv or html where it can be")
        ->check(CLI::IsMember(std::move(names)))
        ->default_str("text");
    json();
    c_->add_option("-o,--output", a_.out, "file; printed without it");
  }
  void json() {
    c_->add_flag_callback(
        "--json", [a = &a_] { a->format = "json"; }, "as JSON");
  }
  void doing() {
    at("instant of the act");
    c_->add_option("--who", a_.who, "who does it")->required();
    c_->add_option("--reason", a_.reason, "why");
    c_->add_option("--request", a_.request, "id of the request: the same is done once");
    c_->add_option("fields", a_.fields, "NAME=VALUE, as the act needs them");
    json();
    add_digest(*c_, a_.digest);
  }

  void all(const char* one) {
    const std::string about = one;
    command("new", ("begin " + about).c_str());
    c_->add_option("--number", a_.id, "its number (default: the next)");
    doing();
    command("act", ("do an act of " + about).c_str());
    number();
    c_->add_option("act", a_.act, "sign_for, 签收 …")->required();
    doing();
    command("apply", "do the acts of a file, one after another");
    c_->add_option("acts", a_.acts, "CSV (id,act,at,who,reason,fields) or JSON")->required();
    add_digest(*c_, a_.digest);
    command("show", ("how " + about + " stands").c_str());
    number();
    until();
    formats({"text", "json", "html", "csv"});
    command("history", ("every act of " + about).c_str());
    number();
    formats({"text", "json"});
    command("list", "all of them");
    until();
    c_->add_flag("--open", a_.open, "only those not ended, the next due first");
    formats({"text", "json", "csv"});
    command("overdue", "those with a missed limit");
    at("instant");
    formats({"text", "json", "csv"});
    command("totals", "how many, by phase, unit, month, kind or channel");
    at("instant");
    c_->add_option("--by", a_.by, "phase, unit, month, kind or channel")->default_str("unit");
    c_->add_option("--from", a_.from, "first day");
    c_->add_option("--to", a_.to, "last day");
    formats({"text", "json", "csv"});
    command("table", "the table of phases and acts", false);
  }

 private:
  CLI::App& of_;
  register_arguments& a_;
  CLI::App* c_ = nullptr;
};

} // namespace

void add_orders(CLI::App& app, register_arguments& a) {
  CLI::App* c = app.add_subcommand("order", "supervision orders (督办) in a store");
  c->require_subcommand(1);
  register_options o{*c, a};
  o.all("an order");
  o.command("climb", "hand those with a missed limit to the office above");
  o.at("instant");
  c->get_subcommand("climb")->add_option("--who", a.who, "on whose behalf")->required();
  o.json();
  CLI::App* u = o.command("unanswered", "alarms for which no order was issued in time");
  o.at("instant");
  u->add_option("--configuration", a.configuration, "folder of YAML documents")->required();
  add_former(*u, a.former);
  o.formats({"text", "json", "csv"});
}

void add_complaints(CLI::App& app, register_arguments& a) {
  CLI::App* c = app.add_subcommand("complaint", "complaints (投诉) in a store");
  c->require_subcommand(1);
  register_options o{*c, a};
  o.all("a complaint");
  CLI::App* d = o.command("disclose", "who complained, for somebody who may see it");
  o.number();
  o.at("instant");
  d->add_option("--who", a.who, "who asks")->required();
  d->add_option("--reason", a.reason, "why");
  o.json();
  d = o.command("contacts", "hotlines and boxes, as they are published", false);
  d->add_option("--office", a.office, "YAML of kind supervision")->required();
}

} // namespace banli
