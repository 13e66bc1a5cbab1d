#include "agent/show.h"
int
show_command(const struct options *options, int argc, char **argv)
{
	(void)options; (void)argc; (void)argv;
	return 2;
}
