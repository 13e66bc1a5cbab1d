#include "collector/rules/rule.h"

const struct rule rules_table[] = {
	{ .id = NULL },
};
