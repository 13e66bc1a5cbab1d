#include "vsphere/ask.h"

#include "vsphere/soap.h"

/* Text of others, and passwords, as the content of an element. */
static void
escaped(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			buffer_text(out, "&lt;");
		else if (*text == '>')
			buffer_text(out, "&gt;");
		else if (*text == '&')
			buffer_text(out, "&amp;");
		else
			buffer_char(out, *text);
	}
}

static void
element(struct buffer *out, const char *name, const char *text)
{
	buffer_printf(out, "<%s>", name);
	escaped(out, text);
	buffer_printf(out, "</%s>", name);
}

static void
reference(
    struct buffer *out, const char *name, const char *type, const char *value)
{
	buffer_printf(out, "<%s type=\"%s\">", name, type);
	escaped(out, value);
	buffer_printf(out, "</%s>", name);
}

/* Opens the request 'method' to the object 'this'. */
static void
begin(struct buffer *out, const char *method, const char *type,
    const char *this_one)
{
	buffer_clear(out);
	buffer_printf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	    "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
	    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
	    "<e:Body><%s xmlns=\"urn:vim25\">",
	    method);
	reference(out, "_this", type, this_one);
}

static void
end(struct buffer *out, const char *method)
{
	buffer_printf(out, "</%s></e:Body></e:Envelope>", method);
}

void
ask_service(struct buffer *out)
{
	begin(out, "RetrieveServiceContent", "ServiceInstance",
	    "ServiceInstance");
	end(out, "RetrieveServiceContent");
}

void
ask_login(struct buffer *out, const char *sessions, const char *user,
    const char *password)
{
	begin(out, "Login", "SessionManager", sessions);
	element(out, "userName", user);
	element(out, "password", password);
	end(out, "Login");
}

void
ask_logout(struct buffer *out, const char *sessions)
{
	begin(out, "Logout", "SessionManager", sessions);
	end(out, "Logout");
}

void
ask_view(struct buffer *out, const char *views, const char *root)
{
	begin(out, "CreateContainerView", "ViewManager", views);
	reference(out, "container", "Folder", root);
	for (enum object_type t = OBJECT_HOST; t < OBJECT_TYPES; t++)
		element(out, "type", soap_type_name(t));
	element(out, "recursive", "true");
	end(out, "CreateContainerView");
}

/* Which properties of which objects. */
static void
specification(struct buffer *out, const char *name, const char *view)
{
	buffer_printf(out, "<%s>", name);
	for (enum object_type t = OBJECT_HOST; t < OBJECT_TYPES; t++) {
		const struct property *p = soap_properties(t);

		buffer_text(out, "<propSet>");
		element(out, "type", soap_type_name(t));
		element(out, "all", "false");
		for (; p->path; p++)
			element(out, "pathSet", p->path);
		buffer_text(out, "</propSet>");
	}
	buffer_text(out, "<objectSet>");
	reference(out, "obj", "ContainerView", view);
	buffer_printf(out,
	    "<skip>true</skip><selectSet xsi:type=\"TraversalSpec\">"
	    "<name>view</name><type>ContainerView</type><path>view</path>"
	    "<skip>false</skip></selectSet></objectSet></%s>",
	    name);
}

void
ask_objects(struct buffer *out, const char *collector, const char *view)
{
	begin(out, "RetrievePropertiesEx", "PropertyCollector", collector);
	specification(out, "specSet", view);
	buffer_printf(
	    out, "<options><maxObjects>%d</maxObjects></options>", ASK_PAGE);
	end(out, "RetrievePropertiesEx");
}

void
ask_more(struct buffer *out, const char *collector, const char *token)
{
	begin(out, "ContinueRetrievePropertiesEx", "PropertyCollector",
	    collector);
	element(out, "token", token);
	end(out, "ContinueRetrievePropertiesEx");
}

void
ask_filter(struct buffer *out, const char *collector, const char *view)
{
	begin(out, "CreateFilter", "PropertyCollector", collector);
	specification(out, "spec", view);
	element(out, "partialUpdates", "false");
	end(out, "CreateFilter");
}

void
ask_changes(struct buffer *out, const char *collector, const char *version,
    long seconds)
{
	begin(out, "WaitForUpdatesEx", "PropertyCollector", collector);
	element(out, "version", version);
	buffer_printf(out,
	    "<options><maxWaitSeconds>%ld</maxWaitSeconds>"
	    "<maxObjectUpdates>%d</maxObjectUpdates></options>",
	    seconds, ASK_PAGE);
	end(out, "WaitForUpdatesEx");
}

void
ask_hints(struct buffer *out, const char *network_system)
{
	begin(out, "QueryNetworkHint", "HostNetworkSystem", network_system);
	end(out, "QueryNetworkHint");
}
