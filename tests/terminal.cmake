# What people see who sit at a terminal: progress, Ctrl-C, questions, widths.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
if(TARGET vtlt)
  add_library(slow_reads MODULE ${CMAKE_CURRENT_SOURCE_DIR}/tools/slow_reads.cpp)
  target_link_libraries(slow_reads PRIVATE ${CMAKE_DL_LIBS})
  add_test(NAME terminal COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tools/on_terminal.py
                                 $<TARGET_FILE:vtlt> $<TARGET_FILE:slow_reads>)
endif()
