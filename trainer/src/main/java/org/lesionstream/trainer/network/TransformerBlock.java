package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import java.util.Optional;

/**
 * A block of PVTv2, {@code [N, C, H, W] -> [N, C, H, W]}, whose tokens x {@code [N, H W, C]} are the pixels:
 *
 * <pre>
 *   x' = x + Attention( LN(x) )        x'' = x' + MLP( LN(x') )        both branches left out at random in training
 *
 *   Attention:  q = Linear(x),  [k, v] = Linear( LN( conv_RxR, stride R ( x ))),  softmax( q k^T / sqrt(C / heads) ) v,  Linear
 *   MLP:        Linear( GELU( depthwise conv3x3( Linear(x) )))
 * </pre>
 *
 * <p>With spatial reduction R the keys and values stand for R x R pixels each; what does not fill such a square is dropped. With R = 1 they are the tokens.
 *
 * <p>Source: Wang et al., "PVT v2", 2022, section 3.
 */
final class TransformerBlock extends Layer {
    private static final float EPSILON = 1e-6f;
    private static final float REDUCTION_EPSILON = 1e-5f;
    private static final Initializer NARROW = new NormalInitializer(0.02f);

    private final int channels;
    private final int heads;
    private final int hidden;
    private final double dropRate;
    private final Layer norm1;
    private final Layer query;
    private final Layer keyValue;
    private final Optional<Layer> reduction;
    private final Optional<Layer> reductionNorm;
    private final Layer projection;
    private final Layer norm2;
    private final Layer expand;
    private final Layer neighbours;
    private final Layer contract;

    TransformerBlock(int channels, int heads, int expansion, int reduction, double dropRate) {
        if (channels % heads != 0) {
            throw new IllegalArgumentException(
                    "heads must share the channels evenly, were " + heads + " for " + channels);
        }
        this.channels = channels;
        this.heads = heads;
        this.hidden = expansion * channels;
        this.dropRate = dropRate;
        this.norm1 = addChildBlock("norm1", new LayerNorm(channels, EPSILON));
        this.query = addChildBlock("attn.q", linear(channels, channels));
        this.keyValue = addChildBlock("attn.kv", linear(channels, 2 * channels));
        boolean reduced = reduction > 1;
        this.reduction =
                reduced ? Optional.of(addChildBlock("attn.sr", reducing(channels, reduction))) : Optional.empty();
        this.reductionNorm = reduced
                ? Optional.of(addChildBlock("attn.norm", new LayerNorm(channels, REDUCTION_EPSILON)))
                : Optional.empty();
        this.projection = addChildBlock("attn.proj", linear(channels, channels));
        this.norm2 = addChildBlock("norm2", new LayerNorm(channels, EPSILON));
        this.expand = addChildBlock("mlp.fc1", linear(channels, hidden));
        this.neighbours = addChildBlock(
                "mlp.dwconv.dwconv",
                Convolution.of(hidden, hidden, 3)
                        .depthwise()
                        .drawnBy(Layers.normal(9))
                        .build());
        this.contract = addChildBlock("mlp.fc2", linear(hidden, channels));
    }

    private static Layer linear(int in, int out) {
        return Linear.drawnBy(in, out, NARROW, Initializer.ZEROS);
    }

    private static Layer reducing(int channels, int reduction) {
        return Convolution.of(channels, channels, reduction)
                .stride(reduction, 0)
                .drawnBy(Layers.normal((double) reduction * reduction * channels))
                .build();
    }

    @Override
    NDArray apply(Pass pass, NDArray map) {
        long height = map.getShape().get(2);
        long width = map.getShape().get(3);
        NDArray x = Tokens.of(map); // [N, n, C]
        NDArray attended = attention(pass, pass.through(norm1, x), height, width);
        x = x.add(Layers.dropBranch(pass, attended, dropRate));
        NDArray refined = perceptron(pass, pass.through(norm2, x), height, width);
        x = x.add(Layers.dropBranch(pass, refined, dropRate));
        return Tokens.image(x, height, width);
    }

    private NDArray attention(Pass pass, NDArray x, long height, long width) {
        NDArray seen = x;
        if (reduction.isPresent()) {
            NDArray reduced = pass.through(reduction.get(), Tokens.image(x, height, width)); // [N, C, h / R, w / R]
            seen = pass.through(reductionNorm.get(), Tokens.of(reduced)); // [N, m, C]
        }
        NDArray both = pass.through(keyValue, seen); // [N, m, 2C]
        NDArray key = split(ImageOperations.slice(both, 2, 0, channels)).transpose(0, 1, 3, 2); // [N, heads, d, m]
        NDArray value = split(ImageOperations.slice(both, 2, channels, 2L * channels)); // [N, heads, m, d]
        NDArray asked = split(pass.through(query, x)); // [N, heads, n, d]
        double scale = 1 / Math.sqrt((double) channels / heads);
        NDArray attention = asked.matMul(key).mul(scale).softmax(3); // [N, heads, n, m]
        NDArray context = attention.matMul(value).transpose(0, 2, 1, 3); // [N, n, heads, d]
        return pass.through(projection, context.reshape(-1, height * width, channels));
    }

    /** {@code [N, n, C] -> [N, heads, n, C / heads]}. */
    private NDArray split(NDArray x) {
        return x.reshape(-1, x.getShape().get(1), heads, channels / heads).transpose(0, 2, 1, 3);
    }

    private NDArray perceptron(Pass pass, NDArray x, long height, long width) {
        NDArray wide = Tokens.image(pass.through(expand, x), height, width); // [N, hidden, h, w]
        NDArray mixed = Tokens.of(pass.through(neighbours, wide)); // [N, n, hidden]
        return pass.through(contract, Layers.gelu(mixed));
    }
}
