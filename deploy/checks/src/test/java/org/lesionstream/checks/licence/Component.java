package org.lesionstream.checks.licence;

import java.util.List;

/**
 * Something that a program is made of.
 *
 * @param name {@code group:artifact}
 * @param licences as its POM writes them, SPDX names where CycloneDX knows them; empty if it names none
 * @param sha256 of its archive, in hexadecimal digits; empty for what had no archive when the bill was made
 */
record Component(String name, String version, List<String> licences, String sha256) {
    Component {
        licences = List.copyOf(licences);
    }
}
