#include <banli/engine/organisation.hpp>

#include <algorithm>
#include <set>

#include <banli/base/nearest.hpp>

namespace banli {

namespace {

template <class T, class Id>
const T* find_in(const std::vector<T>& all, const Id& id) {
  const auto it = std::find_if(all.begin(), all.end(), [&](const T& t) { return t.id == id; });
  return it == all.end() ? nullptr : &*it;
}

template <class T>
std::vector<std::string_view> names_of(const std::vector<T>& all) {
  std::vector<std::string_view> out;
  for (const T& t : all) out.emplace_back(t.id.text());
  return out;
}

/// Collects duplicate and missing ids of one list.
template <class T>
void check_ids(const std::vector<T>& all, std::string_view list, const locator& where,
               problems& found) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string path = fmt::format("/{}/{}/id", list, i);
    if (all[i].id.empty())
      found.push_back(at(make_error(errc::missing_field, "entry {} of {} has no id",
                                    "{1} 的第 {0} 项没有 id", i + 1, list),
                         where(path)));
    else if (!seen.insert(all[i].id.text()).second)
      found.push_back(at(make_error(errc::duplicate_id, "'{}' is named twice in {}",
                                    "“{}”在 {} 中重复", all[i].id.text(), list),
                         where(path)));
  }
}

template <class T>
void check_reference(const std::vector<T>& known, std::string_view id, const text& what, place spot,
                     problems& found) {
  const auto names = names_of(known);
  if (std::find(names.begin(), names.end(), id) != names.end()) return;
  found.push_back(at(with_hint(make_error(errc::unknown_reference, "there is no {} '{}'",
                                          "没有名为“{1}”的{2}", what.en, id, what.zh),
                               suggestion(id, names)),
                     std::move(spot)));
}

void check_powers(const post& p, std::size_t i, const locator& where, problems& found) {
  std::set<std::string_view> seen;
  for (std::size_t j = 0; j < p.powers.size(); ++j)
    if (!seen.insert(p.powers[j]).second)
      found.push_back(at(make_error(errc::duplicate_id, "post '{}' has the power '{}' twice",
                                    "岗位“{}”的权限“{}”重复", p.name, p.powers[j]),
                         where(fmt::format("/posts/{}/powers/{}", i, j))));
}

/// Steps have their own rules of who does them: what is granted here is about the whole case.
bool is_about_a_step(action a) {
  return a == action::complete || a == action::claim || a == action::send_back;
}

void check_grant(const organisation& o, std::size_t i, const locator& where, problems& found) {
  const command_grant& g = o.grants[i];
  const std::string path = fmt::format("/grants/{}", i);
  for (std::size_t j = 0; j < g.posts.size(); ++j)
    check_reference(o.posts, g.posts[j].text(), {"post", "岗位"},
                    where(fmt::format("{}/posts/{}", path, j)), found);
  for (std::size_t j = 0; j < g.departments.size(); ++j)
    check_reference(o.departments, g.departments[j].text(), {"department", "部门"},
                    where(fmt::format("{}/departments/{}", path, j)), found);
  for (std::size_t j = 0; j < g.commands.size(); ++j)
    if (is_about_a_step(g.commands[j]))
      found.push_back(at(make_error(errc::bad_value, "'{}' is granted by the rule of its step",
                                    "“{}”由环节的办理人规则授权", to_string(g.commands[j])),
                         where(fmt::format("{}/commands/{}", path, j))));
  if (g.posts.empty() && g.departments.empty() && g.powers.empty())
    found.push_back(
        at(make_error(errc::bad_value, "grant {} is for nobody", "第 {} 项授权没有对象", i + 1),
           where(path)));
}

} // namespace

const department* find(const organisation& o, const department_id& id) {
  return find_in(o.departments, id);
}
const post* find(const organisation& o, const post_id& id) { return find_in(o.posts, id); }
const person* find(const organisation& o, const person_id& id) { return find_in(o.persons, id); }

bool holds(const organisation& o, const person_id& who, const post_id& what) {
  const person* p = find(o, who);
  return p != nullptr && std::find(p->posts.begin(), p->posts.end(), what) != p->posts.end();
}

bool holds(const organisation& o, const person_id& who, const department_id& what) {
  const person* p = find(o, who);
  return p != nullptr && std::any_of(p->posts.begin(), p->posts.end(), [&](const post_id& id) {
           const post* held = find(o, id);
           return held != nullptr && held->department == what;
         });
}

std::vector<std::string_view> missing_window_powers(const post& p) {
  std::vector<std::string_view> out;
  for (const std::string_view each : window_powers)
    if (std::find(p.powers.begin(), p.powers.end(), each) == p.powers.end()) out.push_back(each);
  return out;
}

problems check(const organisation& o, const locator& where) {
  problems found;
  check_ids(o.departments, "departments", where, found);
  check_ids(o.posts, "posts", where, found);
  check_ids(o.persons, "persons", where, found);
  for (std::size_t i = 0; i < o.posts.size(); ++i)
    check_reference(o.departments, o.posts[i].department.text(), {"department", "部门"},
                    where(fmt::format("/posts/{}/department", i)), found);
  for (std::size_t i = 0; i < o.posts.size(); ++i) check_powers(o.posts[i], i, where, found);
  for (std::size_t i = 0; i < o.persons.size(); ++i)
    for (std::size_t j = 0; j < o.persons[i].posts.size(); ++j)
      check_reference(o.posts, o.persons[i].posts[j].text(), {"post", "岗位"},
                      where(fmt::format("/persons/{}/posts/{}", i, j)), found);
  for (std::size_t i = 0; i < o.grants.size(); ++i) check_grant(o, i, where, found);
  problems of_mandates = check_mandates(o, where);
  found.insert(found.end(), of_mandates.begin(), of_mandates.end());
  return found;
}

} // namespace banli
