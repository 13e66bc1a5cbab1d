# Which objects each unit test links: only what it checks and what that needs.

# base
test_buffer_OBJS := base/buffer.o
test_json_OBJS := base/json.o base/buffer.o base/text.o
test_config_OBJS := base/config.o base/buffer.o base/status.o
test_loop_OBJS := base/loop.o base/clock.o
test_backoff_OBJS := base/backoff.o
test_cursor_OBJS :=
