#ifndef AGENT_LISTEN_H
#define AGENT_LISTEN_H
#include "agent/options.h"
int listen_command(const struct options *options, int argc, char **argv);
#endif
