/*
 * font.c - turns the hand font into C: runs when demarc is built, on the
 * machine that builds it.
 *
 *	font font FILE.woff2 > hand_font.c              what an SVG needs of it
 *	font truetype FILE.woff2 > hand_truetype.c      the same for fontconfig
 *
 * FreeType unpacks WOFF2 into the TrueType font that it was made from.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_SFNT_NAMES_H
#include FT_TRUETYPE_TABLES_H

enum { LETTER_FIRST = 0x20, LETTER_LAST = 0xff, NAME_COPYRIGHT = 0 };

/* ---- octets -------------------------------------------------------------- */

struct octets {
	unsigned char *at;
	size_t size;
};

static struct octets
read_file(const char *path)
{
	struct octets out = { NULL, 0 };
	FILE *file = fopen(path, "rb");
	long size;

	if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
		return out;
	rewind(file);
	out.at = malloc((size_t)size + 1);
	if (out.at)
		out.size = fread(out.at, 1, (size_t)size, file);
	fclose(file);
	return out;
}

static void
print_octets(const char *name, struct octets in)
{
	printf("%s[] = {", name);
	for (size_t i = 0; i < in.size; i++)
		printf("%s%d,", i % 20 == 0 ? "\n" : "", in.at[i]);
	printf("0\n};\n");
}

static struct octets
base64(struct octets in)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	struct octets out = { calloc(in.size / 3 + 1, 4), 0 };

	for (size_t i = 0; out.at && i < in.size; i += 3) {
		size_t left = in.size - i;
		unsigned long three = (unsigned long)in.at[i] << 16;

		if (left > 1)
			three |= (unsigned long)in.at[i + 1] << 8;
		if (left > 2)
			three |= in.at[i + 2];
		for (unsigned k = 0; k < 4; k++)
			out.at[out.size++] =
			    k > left ? '='
				     : (unsigned char)
					   digits[three >> (18 - 6 * k) & 63];
	}
	return out;
}

/* ---- outlines ------------------------------------------------------------ */

/* Path data tells each point from the one before; the context is the pen. */
static void
step(const FT_Vector *from, const FT_Vector *to)
{
	printf("%ld %ld", to->x - from->x, to->y - from->y);
}

static int
move_to(const FT_Vector *to, void *context)
{
	FT_Vector *pen = context;

	if (pen->x != LONG_MIN)
		printf("z");
	printf("M%ld %ld", to->x, to->y);
	*pen = *to;
	return 0;
}

static int
line_to(const FT_Vector *to, void *context)
{
	FT_Vector *pen = context;

	printf("l");
	step(pen, to);
	*pen = *to;
	return 0;
}

static int
conic_to(const FT_Vector *control, const FT_Vector *to, void *context)
{
	FT_Vector *pen = context;

	printf("q");
	step(pen, control);
	printf(" ");
	step(pen, to);
	*pen = *to;
	return 0;
}

/* TrueType has none of these. */
static int
cubic_to(const FT_Vector *first, const FT_Vector *second, const FT_Vector *to,
    void *context)
{
	(void)first;
	(void)second;
	(void)to;
	(void)context;
	return 1;
}

static int
print_letter(FT_Face face, FT_ULong letter)
{
	static const FT_Outline_Funcs into_path = { move_to, line_to, conic_to,
		cubic_to, 0, 0 };
	FT_UInt glyph = FT_Get_Char_Index(face, letter);
	FT_Vector pen = { LONG_MIN, 0 };

	if (glyph == 0)
		return 0;
	if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE) != 0)
		return 1;
	printf("\t{ 0x%02lx, %ld, \"", letter, face->glyph->advance.x);
	if (FT_Outline_Decompose(&face->glyph->outline, &into_path, &pen) != 0)
		return 1;
	printf("%s\" },\n", pen.x == LONG_MIN ? "" : "z");
	return 0;
}

/* Names are UTF-16 for Windows; the copyright is plain ASCII. */
static void
print_copyright(FT_Face face)
{
	FT_SfntName name;

	for (FT_UInt i = 0; i < FT_Get_Sfnt_Name_Count(face); i++) {
		if (FT_Get_Sfnt_Name(face, i, &name) != 0 ||
		    name.name_id != NAME_COPYRIGHT || name.platform_id != 3)
			continue;
		for (FT_UInt k = 1; k < name.string_len; k += 2)
			if (name.string[k] >= 0x20 && name.string[k] < 0x7f &&
			    !strchr("\"\\?<&", name.string[k]))
				putchar(name.string[k]);
		printf(" ");
		return;
	}
}

static int
print_font(FT_Face face, struct octets file)
{
	struct octets coded = base64(file);

	if (!coded.at || face->units_per_EM != 1000)
		return 1;
	printf("#include \"collector/draw/font.h\"\n\n");
	print_octets("static const unsigned char base64", coded);
	free(coded.at);
	printf("static const struct font_letter letters[] = {\n");
	for (FT_ULong letter = LETTER_FIRST; letter <= LETTER_LAST; letter++)
		if (print_letter(face, letter) != 0)
			return 1;
	printf("};\n\nconst struct font hand_font = {\n\t\"Letters: %s %s. ",
	    face->family_name, face->style_name);
	print_copyright(face);
	printf("SIL Open Font License 1.1, https://openfontlicense.org\",\n"
	       "\tbase64, sizeof(base64) - 1, letters,\n"
	       "\tsizeof(letters) / sizeof(letters[0])\n};\n");
	return 0;
}

static int
print_truetype(FT_Face face)
{
	struct octets whole = { NULL, 0 };
	FT_ULong size = 0;

	/* Table 0 is the whole of it. */
	if (FT_Load_Sfnt_Table(face, 0, 0, NULL, &size) != 0)
		return 1;
	whole = (struct octets){ malloc(size), size };
	if (!whole.at || FT_Load_Sfnt_Table(face, 0, 0, whole.at, &size) != 0)
		return 1;
	printf("#include \"collector/picture/truetype.h\"\n\n");
	print_octets("const unsigned char hand_truetype", whole);
	printf(
	    "const size_t hand_truetype_size = sizeof(hand_truetype) - 1;\n");
	free(whole.at);
	return 0;
}

int
main(int argc, char **argv)
{
	struct octets file;
	FT_Library library;
	FT_Face face;
	int failed;

	if (argc != 3) {
		fprintf(stderr, "usage: font font|truetype FILE.woff2\n");
		return 2;
	}
	file = read_file(argv[2]);
	if (!file.at || FT_Init_FreeType(&library) != 0 ||
	    FT_New_Memory_Face(
		library, file.at, (FT_Long)file.size, 0, &face) != 0) {
		fprintf(stderr, "font: %s: FreeType cannot read it\n", argv[2]);
		return 1;
	}
	failed = strcmp(argv[1], "font") == 0 ? print_font(face, file)
					      : print_truetype(face);
	if (failed)
		fprintf(stderr, "font: %s is not as expected\n", argv[2]);
	FT_Done_Face(face);
	FT_Done_FreeType(library);
	free(file.at);
	return failed || fflush(stdout) != 0;
}
