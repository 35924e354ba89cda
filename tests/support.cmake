# What tests of several rooms share: the power-cut model, failing disks, scratch directories.
add_library(vtlt_test_support STATIC
  ${CMAKE_CURRENT_SOURCE_DIR}/support/crash_states.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/support/fault_files.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/support/recording_files.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/support/scratch.cpp)
target_include_directories(vtlt_test_support PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(vtlt_test_support PUBLIC vtlt_base)
if(TARGET test_base)
  target_link_libraries(test_base PRIVATE vtlt_test_support)
endif()
