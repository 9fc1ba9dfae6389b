package org.lesionstream.trainer.cli;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lesionstream.trainer.graph.LayerCost;

/** The layers of a network as aligned columns, each run of layers of one block under a line with its sums. */
final class LayerTable {
    private static final String PRODUCT = "(product)";
    private static final String ROW = "%%-%ds  %%-16s  %%-18s  %%,14d  %%,18d%%n";
    private static final String HEAD = "%%-%ds  %%-16s  %%-18s  %%14s  %%18s%%n";

    private final PrintWriter out;
    private final List<List<LayerCost>> blocks;
    private final int nameWidth;

    LayerTable(PrintWriter out, List<LayerCost> layers) {
        this.out = out;
        this.blocks = blocks(layers);
        this.nameWidth =
                layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(0) + 2;
    }

    private static List<List<LayerCost>> blocks(List<LayerCost> layers) {
        List<List<LayerCost>> blocks = new ArrayList<>();
        for (LayerCost layer : layers) {
            boolean same = !blocks.isEmpty()
                    && (layer.name().isEmpty()
                            || block(layer)
                                    .equals(block(blocks.get(blocks.size() - 1).get(0))));
            if (!same) {
                blocks.add(new ArrayList<>());
            }
            blocks.get(blocks.size() - 1).add(layer);
        }
        return blocks;
    }

    private static String block(LayerCost layer) {
        return layer.name().replaceFirst("\\..*", "");
    }

    void print() {
        out.printf(HEAD.formatted(nameWidth), "layer", "operator", "output", "parameters", "MACs");
        for (List<LayerCost> block : blocks) {
            row(block(block.get(0)), "", "", parameters(block), products(block));
            for (LayerCost layer : block) {
                row(
                        "  " + (layer.name().isEmpty() ? PRODUCT : layer.name()),
                        layer.operator().replaceFirst(".*::", ""),
                        layer.output().stream().map(String::valueOf).collect(joining("x")),
                        layer.parameters(),
                        layer.multiplyAccumulates());
            }
        }
    }

    /** One more row below the layers. */
    void row(String name, String operator, String output, long parameters, long products) {
        out.printf(Locale.ROOT, ROW.formatted(nameWidth), name, operator, output, parameters, products);
    }

    private static long parameters(List<LayerCost> layers) {
        return layers.stream().mapToLong(LayerCost::parameters).sum();
    }

    private static long products(List<LayerCost> layers) {
        return layers.stream().mapToLong(LayerCost::multiplyAccumulates).sum();
    }
}
