#ifndef AGENT_SHOW_H
#define AGENT_SHOW_H
#include "agent/options.h"
int show_command(const struct options *options, int argc, char **argv);
#endif
