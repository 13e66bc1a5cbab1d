#include "agent/doctor.h"
int
doctor_command(const struct options *options, int argc, char **argv)
{
	(void)options; (void)argc; (void)argv;
	return 2;
}
