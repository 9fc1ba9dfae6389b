package org.lesionstream.trainer.testing;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads the pages that the trainer writes. */
public final class HtmlPages {

    private HtmlPages() {}

    /** The page as XML, which it is but for its first line and the tags that HTML leaves open. */
    public static Document parsed(String html) throws ParserConfigurationException, IOException, SAXException {
        String xml = html.replace("<!doctype html>", "")
                .replaceAll("<(meta|img)([^>]*)>", "<$1$2/>")
                .replace("<br>", "<br/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    /** What stands in every element of a tag. */
    public static List<String> texts(Document page, String tag) {
        return texts(page.getDocumentElement(), tag);
    }

    /** What stands in every element of a tag under another. */
    public static List<String> texts(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < found.getLength(); index++) {
            texts.add(found.item(index).getTextContent());
        }
        return texts;
    }
}
