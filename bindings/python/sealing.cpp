// Key rings, and stores that keep personal data sealed.
#include <banli/storage/sealing_store.hpp>

#include "bind_office.hpp"
#include "casters.hpp"
#include "portal.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

using shared_ring = std::shared_ptr<key_ring>;

std::shared_ptr<store_handle> sealed_over(const std::shared_ptr<store_handle>& inner,
                                          const shared_ring& ring,
                                          const std::vector<std::string>& facts) {
  return std::make_shared<store_handle>(
      sealing_store(shared(inner), ring, {.facts = {facts.begin(), facts.end()}}));
}

} // namespace

void bind_sealing(py::module_& m) {
  py::class_<key_ring, shared_ring>(m, "KeyRing", "A key for every person.")
      .def(
          "forget",
          [](key_ring& r, const std::string& kind, const std::string& number, day on) {
            return unwrap(forget(r, identity_of(kind, number), on));
          },
          py::arg("certificate"), py::arg("number"), py::arg("on"),
          "Erases the key of whoever has a certificate; whether there was one. Errors: "
          "store-failure.")
      .def(
          "knows",
          [](const key_ring& r, const std::string& kind, const std::string& number) {
            return r.find(identity_of(kind, number)).has_value();
          },
          py::arg("certificate"), py::arg("number"), "Whether somebody has a key.")
      .def("__len__", &key_ring::size);
  m.def("new_master_key", &new_master_key, "A new random master key: 64 hexadecimal digits.");
  m.def(
      "open_key_ring",
      [](const std::string& path, const std::string& master) {
        return shared_ring{unwrap(open_key_ring(path, unwrap(parse_master_key(master))))};
      },
      py::arg("path"), py::arg("master"),
      "A ring file, made if it is not there. Errors: bad-key, store-locked, store-corrupt.");
  m.def(
      "memory_key_ring",
      [](const std::string& master) {
        return shared_ring{memory_key_ring(unwrap(parse_master_key(master)))};
      },
      py::arg("master"), "A ring that lives as long as the process. Errors: bad-key.");
  m.def("sealing_store", &sealed_over, py::arg("store"), py::arg("ring"),
        py::arg("facts") = std::vector<std::string>{},
        "A store over another that seals personal data on the way in and opens them on the way "
        "out; facts: form values that are personal. `verify` and `backup` are asked of the store "
        "beneath.");
  m.attr("ERASED") = std::string{erased_value};
}

} // namespace banli::python
