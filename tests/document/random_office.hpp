// random_office.hpp — offices with anything in them that an office may hold.
#pragma once

#include <banli/library/office_library.hpp>

#include "../library/random_library.hpp"
#include "random_item.hpp"

namespace banli::random {

inline day a_day() {
  return to_day(std::chrono::year{2000} / 1 / 1) + days{*rc::gen::inRange(0, 20'000)};
}
inline instant an_instant() {
  return instant{a_day()} + std::chrono::seconds{*rc::gen::inRange(0, 86'400)};
}

inline law a_law() {
  law l{law_id{text()}, word(legal_rank::normative_document), text(), {}, a_day(), {}, text(), {}};
  l.articles = list([] { return law_article{text(), text()}; });
  if (flip()) {
    l.repealed = l.effective + days{*rc::gen::inRange(1, 9'000)};
    l.repeal_reason = text();
  }
  return l;
}

inline attachment an_attachment() {
  return {attachment_id{text()},
          text(),
          text(),
          *rc::gen::arbitrary<std::uint64_t>(),
          text(),
          static_cast<entry_number>(*rc::gen::arbitrary<std::uint32_t>()),
          an_instant(),
          person_id{text()}};
}

inline disclosure_duty a_duty() {
  static const std::vector<std::string> whens{"event:prompt",
                                              "request:+P5WD",
                                              "publish(文件):+P3WD",
                                              "every:P6M",
                                              "yearly_by:12-30",
                                              "on_change:prompt;news:every:P14D",
                                              "max_gap:P3M",
                                              "if_none:publish_notice",
                                              "if_unchanged:review_notice:every:P6M",
                                              "quality:guide8",
                                              "repost:cite_source",
                                              "event:immediate;min_count:1/P1Y",
                                              "per_plan:yearly",
                                              "unspecified"};
  return {text(), text(), text(),
          parse_duty(whens[*rc::gen::inRange<std::size_t>(0, whens.size())]).value(),
          list([] { return *rc::gen::inRange(1, 66); })};
}

inline publication a_publication() {
  return {text(),
          a_day(),
          word(publication_kind::repost),
          text(),
          text(),
          text(),
          text(),
          text(),
          item_id{text()},
          flip() ? std::optional{a_day()} : std::nullopt};
}

/// An item as a department would draft it, with anything in it.
inline service_item draft() {
  if (flip()) return office::food_licence();
  service_item i = item();
  i.code = {};
  i.department = office::market;
  return i;
}

/// Whatever acts come, those that are refused left out.
inline catalogue_list a_catalogue() {
  catalogue_list out;
  const item_actor office{person_id{text()}, role_set{actor_role::service_office}, {}};
  instant when = an_instant();
  for (int n = *rc::gen::inRange(0, 6); n > 0; --n) {
    when += std::chrono::seconds{*rc::gen::inRange(0, 90'000)};
    catalogue_entry e;
    e.id = catalogue_id{text()};
    e.name = text() + "目录";
    e.description = text();
    e.conditions = list(text);
    if (flip()) e.statutory = time_limit{*rc::gen::inRange(1, 90), limit_unit::workday};
    const item_placement place{text(), *rc::gen::arbitrary<int>()};
    (void)out.add(e, place, office, when);
    if (flip()) (void)out.move(e.id, {text(), 1}, office, when);
    if (flip()) (void)out.make_void(e.id, "理由" + text(), item_library{}, office, when);
  }
  return out;
}

inline std::optional<instant> perhaps() {
  return flip() ? std::optional{an_instant()} : std::nullopt;
}

/// Any records: a bundle carries what is there, check() judges it.
inline service_records some_records() {
  service_records out;
  out.orders = list([] {
    return order_record{text(),
                        text(),
                        department_id{text()},
                        text(),
                        item_id{text()},
                        case_id{text()},
                        person_id{text()},
                        text(),
                        text(),
                        an_instant(),
                        perhaps(),
                        text(),
                        perhaps(),
                        word(order_state::closed),
                        text()};
  });
  out.consultations = list([] {
    return consultation{text(),         department_id{text()}, text(), text(),
                        text(),         an_instant(),          text(), perhaps(),
                        item_id{text()}};
  });
  out.results = list([] {
    return result_record{case_id{text()}, item_id{text()}, text(), an_instant(), text()};
  });
  out.complaints = list([] {
    return complaint_record{text(),
                            word(complaint_channel::online),
                            word(complaint_manner::written),
                            text(),
                            flip(),
                            department_id{text()},
                            text(),
                            an_instant(),
                            department_id{text()},
                            text(),
                            text(),
                            word(complaint_manner::written),
                            perhaps(),
                            text(),
                            item_id{text()},
                            case_id{text()}};
  });
  return out;
}

inline office_library an_office() {
  office_library o;
  o.items = office::random_library(draft);
  o.catalogue = a_catalogue();
  o.records = some_records();
  for (const law& l : list(a_law)) (void)o.laws.add(l);
  o.systems = list([] {
    return business_system{business_system_id{text()}, text(), department_id{text()}, text(),
                           text()};
  });
  o.attachments = list(an_attachment);
  o.disclosure.since = a_day();
  o.disclosure.duties = list(a_duty);
  o.disclosure.publications = list(a_publication);
  o.disclosure.events = list([] {
    return disclosure_event{text(), word(duty_trigger::unspecified), a_day(), text()};
  });
  return o;
}

} // namespace banli::random
