/*
 * ask.h - what we say to a vCenter, as SOAP.
 *
 *	session -> [ask] -> http
 *
 * Each writes one whole request into the buffer, which is emptied first.
 *
 * Memory:  that of the buffer.
 * Errors:  those of the buffer.
 * Source:  vSphere Web Services API 6.5; docs/platforms/vmware.md lists them.
 */
#ifndef VSPHERE_ASK_H
#define VSPHERE_ASK_H

#include "base/buffer.h"

enum {
	ASK_SIZE_MOST = 64 * 1024,
	ASK_PAGE = 100 /* objects at a time */
};

void ask_service(struct buffer *out);
void ask_login(struct buffer *out, const char *sessions, const char *user,
    const char *password);
void ask_logout(struct buffer *out, const char *sessions);
void ask_view(struct buffer *out, const char *views, const char *root);
/* All that is in the view, by pages; and the next of them. */
void ask_objects(struct buffer *out, const char *collector, const char *view);
void ask_more(struct buffer *out, const char *collector, const char *token);
/* Follows the changes of all that is in the view, from 'version' on ("": from
 * the beginning); an answer comes after 'seconds' at the latest. */
void ask_filter(struct buffer *out, const char *collector, const char *view);
void ask_changes(struct buffer *out, const char *collector, const char *version,
    long seconds);
void ask_hints(struct buffer *out, const char *network_system);

#endif
