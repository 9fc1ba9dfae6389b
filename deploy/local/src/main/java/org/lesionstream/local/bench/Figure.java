package org.lesionstream.local.bench;

/**
 * One measured number.
 *
 * @param section heading that it stands under
 * @param key name for machines: small letters, digits and underscores, unique in a result
 * @param label name for people
 * @param unit of the value; empty for a plain number
 * @param value not a number where it could not be measured
 */
record Figure(String section, String key, String label, String unit, double value) {

    Figure {
        if (!key.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException("key must be words of small letters and underscores, was " + key);
        }
    }

    Figure with(double other) {
        return new Figure(section, key, label, unit, other);
    }
}
