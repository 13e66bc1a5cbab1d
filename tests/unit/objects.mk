# Which objects each unit test links: only what it checks and what that needs.

# base
test_buffer_OBJS := base/buffer.o
test_json_OBJS := base/json.o base/buffer.o base/text.o
test_config_OBJS := base/config.o base/buffer.o base/status.o
test_loop_OBJS := base/loop.o base/clock.o
test_backoff_OBJS := base/backoff.o
test_cursor_OBJS :=

# cli
test_cli_age_OBJS := cli/age.o
test_table_OBJS := cli/table.o cli/width.o cli/page.o base/buffer.o base/text.o
test_cli_answers_OBJS := cli/answer_find.o cli/answer_path.o \
	cli/answer_hosts.o cli/answer_switches.o cli/strip.o cli/words.o \
	cli/age.o cli/table.o cli/width.o cli/page.o base/json_read.o \
	base/json_check.o base/buffer.o base/text.o
