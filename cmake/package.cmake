# find_package(banli CONFIG [COMPONENTS core banli sqlite run]) for those who install.
include(CMakePackageConfigHelpers)

get_property(banli_components GLOBAL PROPERTY banli_components)
set(destination ${CMAKE_INSTALL_LIBDIR}/cmake/banli)
configure_package_config_file(cmake/banli-config.cmake.in banli-config.cmake
                              INSTALL_DESTINATION ${destination})
write_basic_package_version_file(banli-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/banli-config.cmake
              ${PROJECT_BINARY_DIR}/banli-config-version.cmake
        DESTINATION ${destination} COMPONENT banli_core)
