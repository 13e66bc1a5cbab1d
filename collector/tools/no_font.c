/* Of font.h, where the font or FreeType was missing when demarc was built. */
#include "collector/draw/font.h"

const struct font hand_font = { .licence = "" };
