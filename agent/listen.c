#include "agent/listen.h"
int
listen_command(const struct options *options, int argc, char **argv)
{
	(void)options; (void)argc; (void)argv;
	return 2;
}
