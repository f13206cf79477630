// item_export.hpp — 三表一图: three tables and one chart of an item whose handling was optimised.
//
// When an office has simplified the handling of an item it hands in four papers. What the three
// tables are the source does not list; here they are what an optimisation changes:
//
//   事项信息表     form A1, seventeen fields
//   申请材料表     every material: format, carrier, way of submission, storage, when it is asked
//   for 岗位环节表     every step: post, duty, powers, limit, documents, forms, risks (岗位说明)
//   权力运行流程图 the chart as a picture
//
//   auto files = export_item(definition);      // the four, the tables as CSV and as Markdown
//   files[0].name;                             // 62052400MZ-XK-0001-事项信息表.csv
//
// Sources: 国办函〔2011〕99号, form A1 and 附录1 (岗位说明 belongs to the chart); 深州市
// (三表一图).
#pragma once

#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/drawing/flowchart_svg.hpp>
#include <banli/engine/organisation.hpp>
#include <banli/interchange/item_tables.hpp>

namespace banli {

/// The materials of an item, a row each.
item_table materials_table(const service_item& item);

/// The steps of a chart in its order, with what is said of their posts. A post that the
/// organisation does not have is shown by its id.
item_table steps_table(const flowchart& chart, const organisation& people);

struct exported_file {
  std::string name;
  std::string content;

  friend bool operator==(const exported_file&, const exported_file&) = default;
};

/// An item and what belongs to it.
struct item_papers {
  const service_item& item;
  const flowchart& chart;
  const organisation& people;
};

/// Seven files: each table as CSV and as Markdown, and the chart as SVG. Errors: those of
/// lay_out(); bad_item_code (a code that is no file name).
result<std::vector<exported_file>> export_item(const item_papers& of);

} // namespace banli
