#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_CAPACITY = 256, READ_SIZE = 16384 };

void
buffer_init(struct buffer *b, size_t limit)
{
	*b = (struct buffer){ .limit = limit };
}

void
buffer_done(struct buffer *b)
{
	free(b->octets);
	buffer_init(b, b->limit);
}

void
buffer_clear(struct buffer *b)
{
	b->size = 0;
	b->failed = false;
	if (b->octets)
		b->octets[0] = '\0';
}

/* Makes the capacity hold 'need' octets, at most the limit, and a NUL. */
static bool
reallocate(struct buffer *b, size_t need)
{
	size_t capacity = b->capacity ? b->capacity : FIRST_CAPACITY;
	char *octets;

	while (capacity < need + 1)
		capacity *= 2;
	if (capacity > b->limit)
		capacity = b->limit + 1;
	octets = realloc(b->octets, capacity);
	if (!octets)
		return false;
	b->octets = octets;
	b->capacity = capacity;
	return true;
}

bool
buffer_grow(struct buffer *b, size_t size)
{
	if (b->failed)
		return false;
	if (size > b->limit || b->size > b->limit - size)
		b->failed = true;
	else if (b->size + size + 1 > b->capacity)
		b->failed = !reallocate(b, b->size + size);
	return !b->failed;
}

void
buffer_append(struct buffer *b, const void *octets, size_t size)
{
	if (!buffer_reserve(b, size))
		return;
	if (size > 0)
		memcpy(b->octets + b->size, octets, size);
	b->size += size;
	b->octets[b->size] = '\0';
}

void
buffer_text(struct buffer *b, const char *text)
{
	buffer_append(b, text, strlen(text));
}

void
buffer_char(struct buffer *b, char c)
{
	buffer_append(b, &c, 1);
}

static size_t
count_digits(uint64_t number)
{
	size_t count = 1;

	for (; number >= 10; number /= 10)
		count++;
	return count;
}

char *
buffer_digits(char *at, int64_t number)
{
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	size_t count = count_digits(rest);

	*at = '-';
	at += number < 0;
	for (size_t i = count; i > 0; i--, rest /= 10)
		at[i - 1] = (char)('0' + rest % 10);
	return at + count;
}

void
buffer_number(struct buffer *b, int64_t number)
{
	char digits[BUFFER_DIGITS_MOST];

	buffer_append(
	    b, digits, (size_t)(buffer_digits(digits, number) - digits));
}

void
buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0 || !buffer_reserve(b, (size_t)length)) {
		b->failed = true;
		return;
	}
	va_start(arguments, format);
	vsnprintf(b->octets + b->size, (size_t)length + 1, format, arguments);
	va_end(arguments);
	b->size += (size_t)length;
}

char *
buffer_take(struct buffer *b)
{
	char *octets = NULL;

	if (!b->failed && (b->octets || reallocate(b, 0))) {
		octets = b->octets;
		octets[b->size] = '\0';
		b->octets = NULL;
	}
	buffer_done(b);
	return octets;
}

static enum status
status_of_errno(void)
{
	switch (errno) {
	case ENOENT:
	case ENOTDIR:
		return STATUS_NOT_FOUND;
	case EACCES:
	case EPERM:
		return STATUS_NOT_ALLOWED;
	default:
		return STATUS_SYSTEM;
	}
}

static enum status
read_all(struct buffer *b, int fd)
{
	char block[READ_SIZE];
	ssize_t size;

	for (;;) {
		size = read(fd, block, sizeof(block));
		if (size == 0)
			return STATUS_OK;
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return status_of_errno();
		buffer_append(b, block, (size_t)size);
		if (!buffer_ok(b))
			return STATUS_TOO_LARGE;
	}
}

enum status
buffer_read_file(struct buffer *b, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum status status;

	if (fd < 0)
		return status_of_errno();
	status = read_all(b, fd);
	close(fd);
	return status;
}
