package org.lesionstream.local.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The worker's own metrics at one moment; those of its JVM and its libraries are left out, since hundreds of these are kept.
 *
 * @param samples value by name and labels, as Prometheus' text format writes them: {@code name{label="word"}}
 */
public record MetricsSnapshot(Map<String, Double> samples) {

    private static final Pattern LINE = Pattern.compile("(lesionstream_\\w+(?:\\{[^}]*})?) (\\S+)(?: \\d+)?");

    public MetricsSnapshot {
        samples = Map.copyOf(samples);
    }

    /** Reads the text format. */
    public static MetricsSnapshot parse(String text) {
        Map<String, Double> samples = new LinkedHashMap<>();
        text.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            samples.put(line.group(1), Double.parseDouble(line.group(2)));
        });
        return new MetricsSnapshot(samples);
    }

    /** Sum of a metric over all its labels; 0 where it was never recorded. */
    public double sum(String name) {
        return samples.entrySet().stream()
                .filter(sample -> name.equals(nameOf(sample.getKey())))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Sum of a metric over the samples that carry the label with that word; 0 where there is none. */
    double sum(String name, String label, String word) {
        return byLabel(name, label).getOrDefault(word, 0.0);
    }

    /** Sums of a metric by the words of one of its labels, in their order. */
    Map<String, Double> byLabel(String name, String label) {
        Pattern labelled = Pattern.compile("[{,]" + Pattern.quote(label) + "=\"([^\"]*)\"");
        Map<String, Double> sums = new TreeMap<>();
        samples.forEach((key, value) -> {
            Matcher word = labelled.matcher(key);
            if (name.equals(nameOf(key)) && word.find()) {
                sums.merge(word.group(1), value, Double::sum);
            }
        });
        return sums;
    }

    /** What was added since an earlier moment; meant for what only grows. */
    public MetricsSnapshot since(MetricsSnapshot earlier) {
        Map<String, Double> added = new LinkedHashMap<>();
        samples.forEach((key, value) -> added.put(key, value - earlier.samples.getOrDefault(key, 0.0)));
        return new MetricsSnapshot(added);
    }

    private static String nameOf(String key) {
        int brace = key.indexOf('{');
        return brace < 0 ? key : key.substring(0, brace);
    }
}
