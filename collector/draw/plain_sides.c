#include "collector/draw/plain_sides.h"

enum {
	LEFT_MOST = PLAIN_LINE_AT - 2,
	RIGHT_AT = PLAIN_LINE_AT + 2,
	WALL = 2 /* columns that a wall takes */
};

void
plain_both(struct plain *p, struct plain_sides sides)
{
	unsigned right_at = RIGHT_AT + (sides.walled ? WALL : 0);
	struct spelled left, right, piece;
	const char *left_rest = plain_spell(p, &left, sides.left);
	const char *right_rest = plain_spell(p, &right, sides.right);

	do {
		plain_words(&piece, &left_rest, LEFT_MOST);
		plain_to(p, LEFT_MOST + 1 - plain_width(piece.text));
		plain_put(p, piece.text);
		plain_to(p, PLAIN_LINE_AT);
		plain_sign(p, sides.sign, 1);
		sides.sign = PLAIN_LINE;
		if (sides.walled) {
			plain_to(p, RIGHT_AT);
			plain_sign(p, PLAIN_SIDE, 1);
		}
		plain_to(p, right_at);
		plain_put(p,
		    plain_words(&piece, &right_rest, PLAIN_COLUMNS - right_at));
		plain_end(p);
	} while (*left_rest || *right_rest);
}
