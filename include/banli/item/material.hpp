// material.hpp — what goes over the counter: materials in, forms to fill in, documents out.
//
// A material (申请材料) is what the applicant hands in; the guide of 国办函〔2011〕99号 asks of
// each for format, carrier, way of submission and storage. One that is not always asked for says
// when: in words for the public (`required`), and as a condition over the case for the program
// (`when`).
//
//   material m{"人防工程竣工资料", "原件", "纸质", "有人防工程的"};
//   m.when = "form.shelter";        // over the item's facts; kept as text, see material_need.hpp
//
// A document (文书) is what the office makes: each names the step that produces it. A document that
// is only a name is written as text, so documents = {"受理通知书"} does.
#pragma once

#include <string>
#include <utility>

#include <banli/base/id.hpp>

namespace banli {

/// One document the applicant hands in (申请材料).
struct material {
  std::string name;
  std::string format;      ///< 原件, 复印件
  std::string carrier;     ///< 纸质, 电子
  std::string required;    ///< always (empty) or, in words, when it is asked for
  std::string way{};       ///< way of submission (报送方式): 窗口, 网上, 邮寄
  std::string storage{};   ///< how it is kept (存储要求)
  std::string when{};      ///< condition over the case under which it is asked for; empty: always
  std::string applicant{}; ///< group of applicants that hands it in; empty: all

  friend bool operator==(const material&, const material&) = default;
};

/// A form offered for download (服务表格).
struct service_form {
  std::string number;
  std::string name;
  std::string description;
  std::string instructions{}; ///< 填写说明
  std::string link{};         ///< where it is downloaded
  std::string sample{};       ///< where a filled-in one can be seen (示范文本)

  friend bool operator==(const service_form&, const service_form&) = default;
};

/// A document the office makes of a case (文书).
struct item_document {
  std::string name;
  node_id step{};       ///< the step of the flowchart that produces it (生成环节)
  std::string way{};    ///< 生成方式: 自动生成, 人工制作
  std::string format{}; ///< 格式

  item_document() = default;
  item_document(const char* only_name) : name(only_name) {}
  item_document(std::string only_name) : name(std::move(only_name)) {}
  item_document(std::string its_name, node_id its_step)
      : name(std::move(its_name)), step(std::move(its_step)) {}

  friend bool operator==(const item_document&, const item_document&) = default;
};

} // namespace banli
