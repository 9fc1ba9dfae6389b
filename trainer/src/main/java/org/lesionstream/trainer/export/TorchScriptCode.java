package org.lesionstream.trainer.export;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesionstream.trainer.graph.Argument;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.Node;
import org.lesionstream.trainer.graph.ScalarType;
import org.lesionstream.trainer.graph.Value;
import org.lesionstream.trainer.graph.Weight;

/** A graph printed as the TorchScript source of one module: an attribute for each weight, and {@code forward} with one line for each node. */
final class TorchScriptCode {
    private final Graph graph;
    private final String type;
    private final String members;
    private final Map<Weight, String> attributes = new LinkedHashMap<>();
    private final Map<Value, String> names = new HashMap<>();

    private TorchScriptCode(Graph graph, String type, String members) {
        this.graph = graph;
        this.type = type;
        this.members = members;
        Set<String> taken = new HashSet<>();
        for (Weight weight : graph.weights()) {
            String attribute = weight.name().replaceAll("[^A-Za-z0-9_]", "_");
            if (!taken.add(attribute)) {
                attribute += "_" + weight.value().id();
                taken.add(attribute);
            }
            attributes.put(weight, attribute);
            names.put(weight.value(), "self." + attribute);
        }
    }

    /** The source of a module that is complete by itself. */
    static TorchScriptCode of(Graph graph) {
        return new TorchScriptCode(graph, "__torch__.Net", "");
    }

    /** The source of a module that holds another one and calls it. */
    static TorchScriptCode around(EmbeddedModule embedded, Graph graph) {
        String type = "__torch__.lesionstream.Served";
        return new TorchScriptCode(
                graph, type, """
                  model : %s
                  def answer(self: %s,
                    image: Tensor) -> Tensor:
                    answer = (self.model).forward(image, )
                    return torch.to((answer)%s, %d)
                """.formatted(embedded.type(), type, embedded.part(), ScalarType.FLOAT32.code()));
    }

    /** The weights and the names of their attributes, in order. */
    Map<Weight, String> attributes() {
        return attributes;
    }

    String print() {
        StringBuilder code = new StringBuilder("class " + type.substring(type.lastIndexOf('.') + 1) + "(Module):\n");
        code.append("  __parameters__ = [")
                .append(attributes.values().stream()
                        .map(name -> '"' + name + "\", ")
                        .collect(joining()))
                .append("]\n  __buffers__ = []\n");
        attributes.values().forEach(name -> code.append("  ").append(name).append(" : Tensor\n"));
        code.append("  training : bool\n")
                .append(members)
                .append("  def forward(self: ")
                .append(type);
        graph.inputs()
                .forEach(input -> code.append(",\n    ").append(name(input)).append(": Tensor"));
        code.append(") -> ").append(resultType()).append(":\n");
        graph.nodes().forEach(node -> code.append("    ").append(line(node)).append('\n'));
        return code.append("    return ")
                .append(tuple(graph.outputs()))
                .append('\n')
                .toString();
    }

    private String resultType() {
        return graph.outputs().size() == 1
                ? "Tensor"
                : graph.outputs().stream().map(output -> "Tensor").collect(joining(", ", "Tuple[", "]"));
    }

    private String tuple(List<Value> values) {
        return values.size() == 1
                ? name(values.get(0))
                : values.stream().map(this::name).collect(joining(", ", "(", ")"));
    }

    private String line(Node node) {
        String[] operator = node.operator().split("::", 2);
        String function =
                switch (operator[0]) {
                    case "aten" -> "torch." + operator[1];
                    case "self" -> "self." + operator[1]; // a method of this module
                    default -> "ops." + operator[0] + "." + operator[1];
                };
        String left = node.outputs().stream().map(this::name).collect(joining(", "));
        String right = node.arguments().stream().map(this::argument).collect(joining(", ", "(", ")"));
        return left + " = " + function + right;
    }

    private String argument(Argument argument) {
        if (argument instanceof Value value) {
            return name(value);
        }
        if (argument instanceof Argument.Values several) {
            return several.values().stream().map(this::name).collect(joining(", ", "[", "]"));
        }
        return constant(((Argument.Constant) argument).value());
    }

    private static String constant(Object constant) {
        if (constant instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (constant instanceof String word) {
            return '"' + word + '"';
        }
        return constant == Argument.Absent.NONE ? "None" : constant.toString();
    }

    private String name(Value value) {
        return names.computeIfAbsent(value, v -> "t" + v.id());
    }
}
