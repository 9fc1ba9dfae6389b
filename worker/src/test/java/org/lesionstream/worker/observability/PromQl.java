package org.lesionstream.worker.observability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus asks for; the part of the language that our alerts and dashboards use, and nothing else: what
 * is not understood is refused.
 *
 * @param selectors metrics with the words that their labels must have
 * @param labels names of labels that the expression groups or matches by
 */
record PromQl(List<Selector> selectors, Set<String> labels) {

    /**
     * One metric.
     *
     * @param words by label; the alternatives, where the label is matched with a pattern of them
     */
    record Selector(String metric, Map<String, List<String>> words) {}

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<string>\"(?:[^\"\\\\]|\\\\.)*\")"
            + "|(?<duration>(?:\\d+[smhdw])+|\\$__\\w+)"
            + "|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
            + "|(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^=<>(){}\\[\\],]))");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count", "topk");
    private static final Set<String> FUNCTIONS = Set.of(
            "rate", "increase", "delta", "histogram_quantile", "clamp_min", "absent", "max_over_time", "min_over_time");
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", ">", "<", ">=", "<=", "==", "!=", "and", "or", "unless");
    private static final Set<String> KEYWORDS = Set.of(
            "by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "offset", "bool");

    PromQl {
        selectors = List.copyOf(selectors);
        labels = Set.copyOf(labels);
    }

    /** @throws IllegalArgumentException that says what is not understood, and where */
    static PromQl parse(String text) {
        Parser parser = new Parser(text);
        parser.expression();
        parser.end();
        return new PromQl(parser.selectors, parser.labels);
    }

    private static final class Parser {
        private final String text;
        private final List<String> tokens = new ArrayList<>();
        private final List<Selector> selectors = new ArrayList<>();
        private final Set<String> labels = new LinkedHashSet<>();
        private int next;

        private Parser(String text) {
            this.text = text;
            Matcher matcher = TOKEN.matcher(text.strip());
            int end = 0;
            while (matcher.lookingAt()) {
                tokens.add(matcher.group().strip());
                end = matcher.end();
                matcher.region(end, text.strip().length());
            }
            require(end == text.strip().length(), "a token");
        }

        private void expression() {
            operand();
            while (OPERATORS.contains(peek())) {
                take();
                accept("bool");
                if (accept("on") || accept("ignoring")) {
                    names();
                    if (accept("group_left") || accept("group_right")) {
                        if (peek().equals("(")) {
                            names();
                        }
                    }
                }
                operand();
            }
        }

        private void operand() {
            accept("-");
            String token = take();
            if (token.equals("(")) {
                expression();
                expect(")");
            } else if (AGGREGATIONS.contains(token)) {
                boolean grouped = grouping();
                arguments();
                if (!grouped) {
                    grouping();
                }
            } else if (peek().equals("(")) {
                require(FUNCTIONS.contains(token), "a known function in place of " + token);
                arguments();
            } else if (Character.isDigit(token.charAt(0))) {
                Double.parseDouble(token);
            } else {
                selector(token);
            }
            if (accept("[")) {
                duration();
                expect("]");
            }
            if (accept("offset")) {
                duration();
            }
        }

        private boolean grouping() {
            boolean grouped = accept("by") || accept("without");
            if (grouped) {
                names();
            }
            return grouped;
        }

        private void arguments() {
            expect("(");
            do {
                expression();
            } while (accept(","));
            expect(")");
        }

        private void names() {
            expect("(");
            if (accept(")")) {
                return;
            }
            do {
                labels.add(take());
            } while (accept(","));
            expect(")");
        }

        private void selector(String metric) {
            require(
                    metric.matches("[a-z_:][a-z0-9_:]*") && !KEYWORDS.contains(metric),
                    "a metric in place of " + metric);
            Map<String, List<String>> words = new LinkedHashMap<>();
            if (accept("{")) {
                do {
                    String label = take();
                    String match = take();
                    require(Set.of("=", "!=", "=~", "!~").contains(match), "a match of " + label);
                    String quoted = take();
                    require(quoted.startsWith("\""), "a quoted text after " + label + match);
                    String word = quoted.substring(1, quoted.length() - 1);
                    words.put(label, match.endsWith("~") ? List.of(word.split("\\|")) : List.of(word));
                } while (accept(","));
                expect("}");
            }
            selectors.add(new Selector(metric, words));
        }

        private void duration() {
            String token = take();
            require(token.matches("(\\d+[smhdw])+|\\$__rate_interval|\\$__range"), "a duration in place of " + token);
        }

        private String peek() {
            return next < tokens.size() ? tokens.get(next) : "";
        }

        private String take() {
            require(next < tokens.size(), "more");
            return tokens.get(next++);
        }

        private boolean accept(String token) {
            boolean there = peek().equals(token);
            next += there ? 1 : 0;
            return there;
        }

        private void expect(String token) {
            require(accept(token), token);
        }

        private void end() {
            require(next == tokens.size(), "the end");
        }

        private void require(boolean condition, String expected) {
            if (!condition) {
                throw new IllegalArgumentException("expected " + expected + " after "
                        + String.join(" ", tokens.subList(0, next)) + " in: " + text);
            }
        }
    }
}
