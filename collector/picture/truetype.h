/*
 * truetype.h - the hand font as fontconfig reads it.
 *
 *	web/hand.woff2 -> tools/font when built -> [truetype] -> demarc-picture
 *
 * Memory:  constant.
 * Errors:  none; the size is 0 without the font at build time.
 */
#ifndef COLLECTOR_PICTURE_TRUETYPE_H
#define COLLECTOR_PICTURE_TRUETYPE_H

#include <stddef.h>

extern const unsigned char hand_truetype[];
extern const size_t hand_truetype_size;

#endif
