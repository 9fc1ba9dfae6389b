package org.lesionstream.trainer.graph;

import java.util.List;
import java.util.stream.Stream;

/**
 * One operator call.
 *
 * @param operator namespace and name of the engine, such as {@code aten::conv2d}
 * @param arguments in the order of the operator's schema
 * @param outputs what it computes, at least one value
 */
public record Node(String operator, List<Argument> arguments, List<Value> outputs) {
    public Node {
        if (!operator.matches("[a-z_]+::[a-z0-9_]+")) {
            throw new IllegalArgumentException("operator must read namespace::name, was \"" + operator + "\"");
        }
        arguments = List.copyOf(arguments);
        outputs = List.copyOf(outputs);
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException(operator + " must have an output");
        }
    }

    /** The tensors it reads. */
    public Stream<Value> inputs() {
        return arguments.stream().flatMap(argument -> argument.values().stream());
    }

    /** Its only output. */
    public Value output() {
        if (outputs.size() != 1) {
            throw new IllegalStateException(operator + " has " + outputs.size() + " outputs");
        }
        return outputs.get(0);
    }

    /** The argument at a place, as the tensor it must be. */
    public Value tensor(int place) {
        if (arguments.get(place) instanceof Value value) {
            return value;
        }
        throw new IllegalStateException("argument " + place + " of " + operator + " is no tensor");
    }

    boolean is(String name) {
        return operator.equals(name);
    }
}
