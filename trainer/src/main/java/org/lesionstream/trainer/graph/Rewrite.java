package org.lesionstream.trainer.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/** Nodes with other values in place of theirs. */
final class Rewrite {
    private Rewrite() {}

    /** The node with every value it reads or computes replaced. */
    static Node renamed(Node node, UnaryOperator<Value> replacement) {
        List<Argument> arguments = node.arguments().stream()
                .map(argument -> renamed(argument, replacement))
                .toList();
        return new Node(
                node.operator(),
                arguments,
                node.outputs().stream().map(replacement).toList());
    }

    private static Argument renamed(Argument argument, UnaryOperator<Value> replacement) {
        if (argument instanceof Value value) {
            return replacement.apply(value);
        }
        if (argument instanceof Argument.Values several) {
            return new Argument.Values(
                    several.values().stream().map(replacement).toList());
        }
        return argument;
    }
}
