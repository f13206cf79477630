# How banli's own targets are built: warnings as errors, ccache and sanitizers. Each is on only when
# banli is the top-level project and is private to our targets: nothing reaches those who link.

set(banli_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  list(APPEND banli_warnings -Wno-restrict) # false for "literal" + std::string (GCC bug 105651)
endif()
if(NOT BANLI_SANITIZE) # instrumented code draws false warnings; the plain builds judge
  list(APPEND banli_warnings -Werror)
endif()

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON) # tests/tidy reads which files belong to a target
  find_program(CCACHE ccache)
  if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  endif()
  if(BANLI_SANITIZE)
    add_compile_options(-fsanitize=${BANLI_SANITIZE} -fno-sanitize-recover=all
                        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${BANLI_SANITIZE})
  endif()
endif()

# banli_own(target): a target of ours, whatever its kind.
function(banli_own target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
  if(BANLI_WARNINGS)
    target_compile_options(${target} PRIVATE ${banli_warnings})
  endif()
endfunction()

# banli_program(target SOURCES...): an executable of ours, in bin/ of the build.
function(banli_program target)
  add_executable(${target} ${ARGN})
  banli_own(${target})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endfunction()

# banli_sources(out layer...): the .cpp files of some layers. A new file joins at the next build.
function(banli_sources out)
  set(globs ${ARGN})
  list(TRANSFORM globs REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/lib/\\1/*.cpp")
  file(GLOB files CONFIGURE_DEPENDS ${globs})
  set(${out} ${files} PARENT_SCOPE)
endfunction()

# banli_units(target): where CMAKE_UNITY_BUILD is on, the files of one folder are compiled as one, which
# takes a fifth of the time: most of it goes into headers.
function(banli_units target)
  get_target_property(files ${target} SOURCES)
  foreach(file IN LISTS files)
    get_filename_component(folder ${file} DIRECTORY)
    get_filename_component(folder ${folder} NAME)
    set_source_files_properties(${file} PROPERTIES UNITY_GROUP ${folder})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()

# banli_component(name HEADERS layer...): banli_<name> is seen and installed as banli::<name>, with
# an export of its own, so that a user of the core needs nothing but what the core needs.
function(banli_component name)
  cmake_parse_arguments(arg "" "" "HEADERS" ${ARGN})
  add_library(banli::${name} ALIAS banli_${name})
  set_target_properties(banli_${name} PROPERTIES EXPORT_NAME ${name})
  install(TARGETS banli_${name} EXPORT banli-${name}
          LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT banli_${name}
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT banli_${name})
  install(EXPORT banli-${name} NAMESPACE banli:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/banli
          COMPONENT banli_${name})
  foreach(header IN LISTS arg_HEADERS)
    if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/include/banli/${header})
      install(DIRECTORY include/banli/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/banli
              COMPONENT banli_${name} FILES_MATCHING PATTERN *.hpp)
    elseif(header MATCHES "\\.hpp$")
      install(FILES include/banli/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/banli
              COMPONENT banli_${name})
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY banli_components ${name})
endfunction()

# banli_library(name SOURCES ... HEADERS layer... USES public... HIDES private...): a compiled
# component; static or shared as BUILD_SHARED_LIBS says.
function(banli_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;USES;HIDES" ${ARGN})
  if(NOT arg_SOURCES)
    message(STATUS "banli::${name} has no sources yet")
    return()
  endif()
  add_library(banli_${name} ${arg_SOURCES})
  banli_own(banli_${name})
  banli_units(banli_${name})
  target_include_directories(banli_${name} PRIVATE ${PROJECT_SOURCE_DIR}/lib)
  target_link_libraries(banli_${name} PUBLIC ${arg_USES} PRIVATE ${arg_HIDES})
  set_target_properties(banli_${name} PROPERTIES VERSION ${PROJECT_VERSION}
                                                 SOVERSION ${PROJECT_VERSION_MAJOR})
  banli_component(${name} HEADERS ${arg_HEADERS})
endfunction()
