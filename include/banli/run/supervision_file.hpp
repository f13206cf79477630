// supervision_file.hpp — offices, staff, limits and words of supervision from a file.
//
//   supervision_file f = load_supervision("supervision.yaml");     // YAML, or JSON, which is YAML
//   order_register orders{*store, f.office, cn()};                 // if f.good()
//
// One document, as schemas/supervision.schema.json describes it. What it does not say is as
// county_supervision() has it; a list of words takes the place of the one in use.
//
//   kind: supervision
//   name: 武山县监察局
//   offices:
//     - {id: 县监察局, above: 市监察局, hotline: 0938-3421000, box: 政务大厅一楼}
//     - {id: 市监察局}
//     - {id: 县民政局}
//   staff:
//     - {id: JC01, name: 甲, office: 县监察局, roles: [monitor]}
//     - {id: MZ01, office: 县民政局, roles: [承办单位经办人]}
//   limits: {reply: 5个工作日, sign_for: 1 workday}
//   channels:
//     - {id: mayor_mailbox, label: 市长信箱}
//
// The hard case is an office above that is not in the list: it is unknown_reference, for an order
// could climb to nobody.
#pragma once

#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>
#include <banli/supervision/supervision_office.hpp>

namespace banli {

/// What a file says; to be used if nothing was found.
struct supervision_file {
  supervision_office office;
  problems found{}; ///< sorted by line

  bool good() const { return found.empty(); }
};

/// Reads one file. Codes: file_not_found, file_unreadable, bad_yaml, bad_utf8, duplicate_key,
/// missing_field, unknown_field, wrong_type, unknown_value, bad_limit, limit_exceeded, and those of
/// check(supervision_office).
supervision_file load_supervision(const std::string& path, const document_limits& limits = {});

/// The same from a text in memory.
supervision_file parse_supervision(const std::string& name, std::string_view content,
                                   const document_limits& limits = {});

} // namespace banli
