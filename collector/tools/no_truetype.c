/* Of truetype.h, where the font or FreeType was missing when demarc was built.
 */
#include "collector/picture/truetype.h"

const unsigned char hand_truetype[1];
const size_t hand_truetype_size = 0;
