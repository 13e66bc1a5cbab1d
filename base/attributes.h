/*
 * attributes.h - the compiler extensions that demarc allows itself.
 *
 * gcc and clang know all of them; nothing else in the source uses
 * __attribute__.
 */
#ifndef BASE_ATTRIBUTES_H
#define BASE_ATTRIBUTES_H

/* The result must be looked at: a status that nobody reads is a lost error. */
#define MUST_USE __attribute__((warn_unused_result))

/* Calls 'function' with the address of the local variable when it goes out of
 * scope, by whichever way that happens. */
#define CLEANUP(function) __attribute__((cleanup(function)))

/* Argument number 'at' is a printf format for those from 'first' on. */
#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))

#endif
