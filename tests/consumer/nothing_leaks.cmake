# careless.cpp draws warnings from any compiler that is asked for them. Asked here, it must compile
# all the same: banli's -Werror has not reached us. Unasked but with errors on, it must compile too:
# banli's warnings have not reached us either.
get_target_property(libraries consumer LINK_LIBRARIES)
foreach(case asked unasked)
  add_library(careless_${case} OBJECT ${CMAKE_CURRENT_LIST_DIR}/careless.cpp)
  target_link_libraries(careless_${case} PRIVATE ${libraries})
  add_dependencies(consumer careless_${case})
endforeach()
target_compile_options(careless_asked PRIVATE -Wall -Wextra -Wshadow -Wconversion)
target_compile_options(careless_unasked PRIVATE -Werror)

get_property(options DIRECTORY PROPERTY COMPILE_OPTIONS)
if(options OR CMAKE_CXX_FLAGS OR CMAKE_EXPORT_COMPILE_COMMANDS)
  message(FATAL_ERROR "banli changed the settings of its user: ${options} ${CMAKE_CXX_FLAGS}")
endif()
