#ifndef AGENT_DOCTOR_H
#define AGENT_DOCTOR_H
#include "agent/options.h"
int doctor_command(const struct options *options, int argc, char **argv);
#endif
