#include "collector/draw/vsdx.h"

#include "collector/draw/vsdx_page.h"
#include "collector/draw/xml.h"
#include "collector/draw/zip.h"

enum { PAGE_MOST = 64 << 20 };

#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define VISIO "application/vnd.ms-visio."
#define RELATED "http://schemas.microsoft.com/visio/2010/relationships/"
#define RELATION(kind, target)                                                 \
	XML_DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">"   \
			"<Relationship Id=\"rId1\" Type=\"" RELATED kind       \
			"\" Target=\"" target "\"/></Relationships>\n"

/* What is the same in every file. */
static const struct {
	const char *name, *text;
} parts[] = {
	{ "[Content_Types].xml", XML_DECLARATION
	    "<Types xmlns=\"" PACKAGE "content-types\">"
	    "<Default Extension=\"rels\" ContentType=\"application/"
	    "vnd.openxmlformats-package.relationships+xml\"/>"
	    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	    "<Override PartName=\"/visio/document.xml\" ContentType=\"" VISIO
	    "drawing.main+xml\"/>"
	    "<Override PartName=\"/visio/pages/pages.xml\" ContentType=\"" VISIO
	    "pages+xml\"/>"
	    "<Override PartName=\"/visio/pages/page1.xml\" ContentType=\"" VISIO
	    "page+xml\"/></Types>\n" },
	{ "_rels/.rels", RELATION("document", "visio/document.xml") },
	{ "visio/document.xml", XML_DECLARATION
	    "<VisioDocument " VSDX_NAMESPACE ">"
	    "<DocumentSettings TopPage=\"0\" DefaultTextStyle=\"0\" "
	    "DefaultLineStyle=\"0\" DefaultFillStyle=\"0\"/>"
	    "<StyleSheets><StyleSheet ID=\"0\" NameU=\"No Style\" "
	    "Name=\"No Style\"><Cell N=\"LineWeight\" V=\"0.01\"/>"
	    "<Cell N=\"LinePattern\" V=\"1\"/><Cell N=\"FillPattern\" "
	    "V=\"1\"/></StyleSheet></StyleSheets></VisioDocument>\n" },
	{ "visio/_rels/document.xml.rels",
	    RELATION("pages", "pages/pages.xml") },
	{ "visio/pages/_rels/pages.xml.rels", RELATION("page", "page1.xml") },
};

static void
write_pages(struct buffer *out, const struct sheet *s)
{
	buffer_text(
	    out, XML_DECLARATION "<Pages " VSDX_NAMESPACE "><Page ID=\"0\"");
	xml_text(out, "NameU", s->title);
	xml_text(out, "Name", s->title);
	buffer_text(out, "><PageSheet>");
	vsdx_cell(out, "PageWidth", s->width);
	vsdx_cell(out, "PageHeight", s->height);
	buffer_text(out,
	    "<Cell N=\"PageScale\" V=\"1\" U=\"IN\"/>"
	    "<Cell N=\"DrawingScale\" V=\"1\" U=\"IN\"/></PageSheet>"
	    "<Rel r:id=\"rId1\"/></Page></Pages>\n");
}

enum status
vsdx_write(struct buffer *out, const struct sheet *s)
{
	struct zip z = zip_over(out);
	struct buffer part;
	bool ok;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		zip_add(
		    &z, parts[i].name, parts[i].text, strlen(parts[i].text));
	buffer_init(&part, PAGE_MOST);
	write_pages(&part, s);
	zip_add(&z, "visio/pages/pages.xml", buffer_string(&part), part.size);
	ok = buffer_ok(&part);
	buffer_clear(&part);
	vsdx_page(&part, s);
	zip_add(&z, "visio/pages/page1.xml", buffer_string(&part), part.size);
	ok = ok && buffer_ok(&part) && !z.failed;
	buffer_done(&part);
	zip_end(&z);
	return ok ? STATUS_OK : STATUS_NO_MEMORY;
}
