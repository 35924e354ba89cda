# Tests of the repository and of the rooms below it use the power-cut model, failing disks and scratch directories.
foreach(room journal objects catalogue repository)
  if(TARGET test_${room})
    target_link_libraries(test_${room} PRIVATE vtlt_test_support)
  endif()
endforeach()
# The golden repository of tests/data/repositories is made by a program, so that one of the next format can be too.
if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/tools/make_golden.cpp)
  add_executable(make_golden EXCLUDE_FROM_ALL ${CMAKE_CURRENT_SOURCE_DIR}/tools/make_golden.cpp)
  target_link_libraries(make_golden PRIVATE vtlt_repository)
endif()
# A large backlog for measuring.
add_executable(make_files EXCLUDE_FROM_ALL ${CMAKE_CURRENT_SOURCE_DIR}/tools/make_files.cpp)
target_link_libraries(make_files PRIVATE vtlt_repository)
