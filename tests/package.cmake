if(TARGET test_package)
  target_link_libraries(test_package PRIVATE vtlt_test_support)
endif()
