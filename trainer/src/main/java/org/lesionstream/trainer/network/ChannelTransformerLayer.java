package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer of the channel transformer: attention between channels, then a perceptron for each token. Tokens {@code [N, n, C_i]} of every level in and out.
 *
 * <p>With T_S the tokens of all levels side by side, C_S = sum of C_i, and for each head h:
 *
 * <pre>
 *   Q = LN(T_i) Wq      K = LN(T_S) Wk      V = LN(T_S) Wv        no biases; K and V serve all levels
 *   A = softmax( InstanceNorm( Q^T K / sqrt(C_S) ) )              [C_i, C_S], softmax over the channels of the keys
 *   T_i'  = T_i + Linear( mean over heads of (A V^T)^T )
 *   T_i'' = T_i' + MLP( LN(T_i') )                                MLP: Linear, GELU, Linear
 * </pre>
 *
 * <p>Source: Wang et al., "UCTransNet", AAAI 2022, equations 2 to 5. Every head has full width, unlike in other transformers.
 */
final class ChannelTransformerLayer extends Part {
    private static final float EPSILON = 1e-6f;
    private static final float MLP_BIAS_DEVIATION = 1e-6f;

    private final double dropout;
    private final double scale;
    private final List<Layer> norms = new ArrayList<>();
    private final Layer normOfAll;
    private final List<List<Layer>> queries = new ArrayList<>(); // of level i and head h
    private final List<Layer> keys = new ArrayList<>();
    private final List<Layer> values = new ArrayList<>();
    private final List<Layer> outs = new ArrayList<>();
    private final List<Layer> perceptronNorms = new ArrayList<>();
    private final List<Layer> perceptrons = new ArrayList<>();

    ChannelTransformerLayer(List<Integer> levels, List<Integer> widths, ChannelTransformer.Settings settings) {
        int all = widths.stream().mapToInt(Integer::intValue).sum();
        this.dropout = settings.dropout();
        this.scale = 1 / Math.sqrt(all);
        this.normOfAll = addChildBlock("attn_norm", new LayerNorm(all, EPSILON));
        for (int h = 0; h < settings.heads(); h++) {
            keys.add(addChildBlock("channel_attn.key." + h, Linear.withoutBias(all, all)));
            values.add(addChildBlock("channel_attn.value." + h, Linear.withoutBias(all, all)));
        }
        for (int i = 0; i < levels.size(); i++) {
            int level = levels.get(i);
            int width = widths.get(i);
            norms.add(addChildBlock("attn_norm" + level, new LayerNorm(width, EPSILON)));
            List<Layer> ofHeads = new ArrayList<>();
            for (int h = 0; h < settings.heads(); h++) {
                String name = "channel_attn.query" + level + "." + h;
                ofHeads.add(addChildBlock(name, Linear.withoutBias(width, width)));
            }
            queries.add(ofHeads);
            outs.add(addChildBlock("channel_attn.out" + level, Linear.withoutBias(width, width)));
            perceptronNorms.add(addChildBlock("ffn_norm" + level, new LayerNorm(width, EPSILON)));
            perceptrons.add(addChildBlock("ffn" + level, new Perceptron(width, settings.expansion() * width)));
        }
    }

    @Override
    NDList compute(Pass pass, NDList tokens) {
        NDArray all = pass.through(normOfAll, ChannelTransformer.together(tokens)); // [N, n, C_S]
        NDArray[] key = new NDArray[keys.size()];
        NDArray[] value = new NDArray[keys.size()];
        for (int h = 0; h < key.length; h++) {
            key[h] = pass.through(keys.get(h), all); // [N, n, C_S]
            value[h] = pass.through(values.get(h), all).transpose(0, 2, 1); // [N, C_S, n]
        }
        NDList out = new NDList();
        for (int i = 0; i < tokens.size(); i++) {
            NDArray own = pass.through(norms.get(i), tokens.get(i)); // [N, n, C_i]
            NDArray context = null;
            for (int h = 0; h < key.length; h++) {
                NDArray query = pass.through(queries.get(i).get(h), own).transpose(0, 2, 1); // [N, C_i, n]
                NDArray seen = attention(pass, query, key[h]).matMul(value[h]); // [N, C_i, n]
                context = context == null ? seen : context.add(seen);
            }
            NDArray mean = context.mul(1.0 / key.length).transpose(0, 2, 1); // [N, n, C_i]
            NDArray attended = tokens.get(i).add(Layers.dropout(pass, pass.through(outs.get(i), mean), dropout));
            NDArray refined = pass.through(perceptrons.get(i), pass.through(perceptronNorms.get(i), attended));
            out.add(attended.add(refined)); // [N, n, C_i]
        }
        return out;
    }

    /** {@code [N, C_i, n] x [N, n, C_S] -> [N, C_i, C_S]}. */
    private NDArray attention(Pass pass, NDArray query, NDArray key) {
        long from = query.getShape().get(1);
        long to = key.getShape().get(2);
        NDArray similarity = query.matMul(key).mul(scale).reshape(-1, 1, from, to); // one matrix as an image
        NDArray normal = ImageOperations.instanceNorm(similarity, null, null).reshape(-1, from, to);
        return Layers.dropout(pass, normal.softmax(2), dropout);
    }

    /** Two linear layers with GELU between them, over the last axis. */
    private static final class Perceptron extends Layer {
        private final Layer first;
        private final Layer second;

        Perceptron(int width, int hidden) {
            this.first = addChildBlock("fc1", drawn(width, hidden));
            this.second = addChildBlock("fc2", drawn(hidden, width));
        }

        private static Layer drawn(int in, int out) {
            return Linear.drawnBy(
                    in,
                    out,
                    new ai.djl.training.initializer.UniformInitializer((float) Math.sqrt(6.0 / (in + out))), // Xavier
                    new ai.djl.training.initializer.NormalInitializer(MLP_BIAS_DEVIATION));
        }

        @Override
        NDArray apply(Pass pass, NDArray x) {
            return pass.through(second, Layers.gelu(pass.through(first, x)));
        }
    }
}
