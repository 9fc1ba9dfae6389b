package org.lesionstream.trainer.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the parts of a {@link UNet} are, from the options of its text and the defaults of its name.
 *
 * <table>
 *   <caption>Names and their defaults</caption>
 *   <tr><th>name</th><th>encoder</th><th>padding</th><th>norm</th><th>up</th><th>order</th><th>skip</th><th>known from</th></tr>
 *   <tr><td>unet-valid</td><td>double convolutions, b = 64</td><td>valid</td><td>none</td><td>conv</td><td>skip-first</td><td>concat</td><td>the paper of
 *       2015: 572 to 388 pixels</td></tr>
 *   <tr><td>unet-same</td><td>likewise</td><td>same</td><td>batch</td><td>conv</td><td>skip-first</td><td>concat</td><td>the padded form that PyTorch users
 *       know</td></tr>
 *   <tr><td>unet-vgg</td><td>likewise, b = 32</td><td>same</td><td>batch</td><td>bilinear</td><td>skip-first</td><td>concat</td><td>the U-Net that UNet++ is
 *       compared with</td></tr>
 *   <tr><td>unet-uctrans</td><td>a single first convolution</td><td>same</td><td>batch</td><td>conv</td><td>up-first</td><td>concat</td><td>the U-Net that
 *       UCTransNet is compared with</td></tr>
 *   <tr><td>uctransnet</td><td>as unet-uctrans</td><td>same</td><td>batch</td><td>nearest</td><td>skip-first</td><td>ctrans</td><td>Wang et al., AAAI
 *       2022</td></tr>
 *   <tr><td>uctransnet-u2</td><td>two paths down and a small U-Net on each level</td><td>same</td><td>batch</td><td>nearest</td><td>skip-first</td>
 *       <td>ctrans</td><td>a report on a U2-Net flavoured UCTransNet; see {@link U2Stage}</td></tr>
 *   <tr><td>unet-pvt</td><td>PVTv2</td><td>same</td><td>batch</td><td>conv</td><td>skip-first</td><td>concat</td><td>the ablation of U-Net v2 without its
 *       skips</td></tr>
 * </table>
 *
 * <p>Options of all: {@code channels} (3), {@code classes} (1), {@code skip} = {@code concat}, {@code sum}, {@code none}, {@code sdi} (semantics and detail
 * infusion, Peng et al. 2023) or {@code ctrans} (channel transformer), {@code skips} such as {@code 1/3} (only these levels, 1 the finest), {@code up} =
 * {@code conv}, {@code bilinear} (aligned corners), {@code bilinear-unaligned} or {@code nearest}, {@code order} = {@code skip-first} or {@code up-first},
 * {@code dropout} at the deepest level (0.5 for unet-valid, else 0). Of the convolutional encoders: {@code base} b, {@code depth} (4) or {@code widths}
 * such as {@code 35/70/140/280/560}, {@code norm} = {@code batch}, {@code instance} or {@code none}, {@code padding}. Of skip=sdi: {@code sdi-width} (32),
 * {@code attention}. Of skip=ctrans: {@code heads} (4), {@code layers} (4), {@code expand} (4), {@code size} (224), {@code attention-dropout} (0.1). Of
 * unet-pvt: those of {@link PyramidVisionTransformer}.
 */
final class UNetBuilder {
    private static final List<String> ANY = List.of("channels", "classes", "skip", "skips", "up", "order", "dropout");
    private static final List<String> OF_SDI = List.of("sdi-width", "attention");
    private static final List<String> OF_CTRANS = List.of("heads", "layers", "expand", "size", "attention-dropout");
    private static final List<String> CONVOLUTIONAL = List.of("base", "depth", "widths", "norm", "padding");
    private static final List<String> NUMBERED = List.of("base", "depth", "widths");

    /** Ways of a skip connection. */
    private enum Skip {
        CONCAT,
        SUM,
        NONE,
        SDI,
        CTRANS
    }

    private final UNetKind kind;
    private final NetworkSpec spec;
    private final String up;
    private final boolean valid;
    private final double dropout;
    private final Skip skip;
    private final boolean upFirst;
    private final BlockStyle style;
    private final List<Integer> levelWidths;
    private final List<Integer> skipLevels;

    UNetBuilder(UNetKind kind, NetworkSpec spec) {
        this.kind = kind;
        this.spec = spec;
        this.skip = Skip.valueOf(
                spec.choice("skip", kind.transformer() ? "ctrans" : "concat", "concat", "sum", "none", "sdi", "ctrans")
                        .toUpperCase(java.util.Locale.ROOT));
        spec.allowOnly(allowed().toArray(String[]::new));
        this.dropout = spec.share("dropout", kind == UNetKind.VALID ? 0.5 : 0);
        String usual = kind == UNetKind.VGG ? "bilinear" : kind.transformer() ? "nearest" : "conv";
        this.up = spec.choice("up", usual, "conv", "bilinear", "bilinear-unaligned", "nearest");
        this.valid = spec.choice("padding", kind == UNetKind.VALID ? "valid" : "same", "valid", "same")
                .equals("valid");
        this.upFirst = spec.choice(
                        "order", kind == UNetKind.UCTRANS ? "up-first" : "skip-first", "skip-first", "up-first")
                .equals("up-first");
        this.style = style();
        this.levelWidths = kind == UNetKind.PVT ? PyramidVisionTransformer.widths(spec) : levelWidths();
        this.skipLevels = chosenLevels();
        requireThatPartsFit();
    }

    private List<String> allowed() {
        List<String> allowed = new ArrayList<>(ANY);
        allowed.addAll(
                switch (kind) {
                    case PVT -> PyramidVisionTransformer.OPTIONS;
                    case UCTRANS, UCTRANSNET, UCTRANSNET_U2 -> NUMBERED;
                    case VALID, SAME, VGG -> CONVOLUTIONAL;
                });
        allowed.addAll(
                switch (skip) {
                    case SDI -> OF_SDI;
                    case CTRANS -> OF_CTRANS;
                    case CONCAT, SUM, NONE -> List.of();
                });
        return allowed;
    }

    private BlockStyle style() {
        String usual = kind == UNetKind.VALID ? "none" : "batch";
        BlockStyle.Norm norm = BlockStyle.Norm.valueOf(
                spec.choice("norm", usual, "none", "batch", "instance").toUpperCase(java.util.Locale.ROOT));
        BlockStyle blocks =
                switch (kind) {
                    case VALID -> BlockStyle.unnormalised(!valid);
                    case SAME, PVT -> BlockStyle.PLAIN;
                    case VGG -> BlockStyle.VGG;
                    case UCTRANS, UCTRANSNET, UCTRANSNET_U2 -> BlockStyle.NUMBERED;
                };
        return blocks.with(norm, !valid);
    }

    private List<Integer> levelWidths() {
        if (spec.text("widths").isPresent()) {
            spec.refuseTogether("widths", "base", "depth");
            return spec.numbers("widths", 2, 8);
        }
        int depth = spec.count("depth", 4);
        if (depth > 7) {
            throw new IllegalArgumentException("depth must be at most 7, was " + depth);
        }
        List<Integer> widths = new ArrayList<>();
        for (int level = 0; level <= depth; level++) {
            widths.add(spec.count("base", kind.base()) << level);
        }
        if (kind.numbered() || (kind == UNetKind.SAME && !up.equals("conv"))) {
            widths.set(depth, widths.get(depth - 1)); // nothing halves the channels on the way up
        }
        return widths;
    }

    private List<Integer> chosenLevels() {
        int deepest = levelWidths.size() - 1;
        Set<Integer> levels = new TreeSet<>();
        if (spec.text("skips").isPresent()) {
            levels.addAll(spec.numbers("skips", 1, deepest));
        } else {
            for (int level = 1; level <= deepest; level++) {
                levels.add(level);
            }
        }
        if (levels.stream().anyMatch(level -> level > deepest)) {
            throw new IllegalArgumentException("skips must name levels from 1 to " + deepest + ", were " + levels);
        }
        return skip == Skip.NONE ? List.of() : List.copyOf(levels);
    }

    private void requireThatPartsFit() {
        if (valid && (skip == Skip.SDI || skip == Skip.CTRANS)) {
            throw new IllegalArgumentException("padding=valid goes with skip=concat, sum and none, was " + spec);
        }
        if (skip == Skip.CTRANS && (levelWidths.size() > 5 || kind == UNetKind.PVT)) {
            throw new IllegalArgumentException(
                    "skip=ctrans cuts patches of 16 pixels and needs a convolutional encoder of depth 4 at most, was "
                            + spec);
        }
        if (spec.count("size", 224) % 16 != 0) {
            throw new IllegalArgumentException("size must be a multiple of 16, was " + spec.count("size", 224));
        }
        if (kind == UNetKind.UCTRANSNET_U2 && levelWidths.size() > 5) {
            throw new IllegalArgumentException("uctransnet-u2 has at most five levels, was " + spec);
        }
    }

    NetworkSpec spec() {
        return spec;
    }

    String encoderName() {
        return kind == UNetKind.PVT ? "encoder.backbone" : Part.UNNAMED;
    }

    Optional<String> encoderPrefix() {
        return kind == UNetKind.PVT ? Optional.of("encoder.backbone.") : Optional.empty();
    }

    String skipsName() {
        return skip == Skip.CTRANS ? "mtc" : Part.UNNAMED;
    }

    String headName() {
        return kind.names().head();
    }

    double dropout() {
        return dropout;
    }

    List<Integer> skipLevels() {
        return skipLevels;
    }

    Encoder encoder() {
        if (kind == UNetKind.PVT) {
            return new PyramidVisionTransformer(spec);
        }
        ConvolutionalEncoder encoder = ConvolutionalEncoder.pooling();
        int in = spec.count("channels", 3);
        for (int level = 1; level <= levelWidths.size(); level++) {
            int out = levelWidths.get(level - 1);
            if (kind == UNetKind.UCTRANSNET_U2) {
                encoder.level(Part.UNNAMED, u2Level(level, in, out), out);
            } else {
                encoder.level(kind.names().encoder(level), block(level, in, out), out);
            }
            in = out;
        }
        return encoder;
    }

    private Layer block(int level, int in, int out) {
        return kind.numbered() && level == 1
                ? ConvolutionUnit.batchNormalised("conv", "norm", in, out, 1)
                : style.twice(in, out, out);
    }

    /** A level of uctransnet-u2: what the first convolution or the two paths down give, refined by a small U-Net. */
    private Layer u2Level(int level, int in, int out) {
        Layer arriving = level == 1 ? block(level, in, out) : new ModifiedDownBlock(in, out);
        return Chain.of(kind.names().encoder(level), arriving, "u2_" + level, U2Stage.ofLevel(level, out));
    }

    Skips skips(Encoder encoder) {
        List<Integer> widths = skipLevels.stream()
                .map(level -> encoder.widths().get(level - 1))
                .toList();
        return switch (skip) {
            case CONCAT, SUM, NONE -> new Skips.Unchanged(widths);
            case SDI ->
                new SemanticsDetailInfusion(
                        skipLevels,
                        widths,
                        spec.count("sdi-width", 32),
                        spec.choice("attention", "true", "false").equals("true"));
            case CTRANS -> new ChannelTransformer(skipLevels, widths, transformer());
        };
    }

    private ChannelTransformer.Settings transformer() {
        return new ChannelTransformer.Settings(
                spec.count("heads", 4),
                spec.count("layers", 4),
                spec.count("expand", 4),
                spec.count("size", 224),
                spec.share("attention-dropout", 0.1));
    }

    /** The step up to a level from a map of {@code deep} channels. */
    UpStep step(int level, int deep, Encoder encoder, Skips skips) {
        int levels = encoder.widths().size();
        boolean skipped = skipLevels.contains(level);
        int carried = skipped ? skips.widths().get(skipLevels.indexOf(level)) : 0;
        int doubled = up.equals("conv") ? encoder.widths().get(level - 1) : deep;
        UpStep.Merge merge = merge(skipped);
        Optional<Layer> projection = merge == UpStep.Merge.SUM && doubled != carried
                ? Optional.of(Convolution.of(doubled, carried, 1).build())
                : Optional.empty();
        Optional<ChannelCrossAttention> gate = skipped && skip == Skip.CTRANS
                ? Optional.of(new ChannelCrossAttention(carried, doubled))
                : Optional.empty();
        int merged = merge.width(doubled, carried);
        return new UpStep(
                kind.names().doubling(level, levels),
                doubling(deep, doubled),
                merge,
                projection,
                gate,
                kind.names().up(level, levels),
                style.twice(merged, middle(level, encoder), decoderWidth(level, encoder)),
                valid);
    }

    private UpStep.Merge merge(boolean skipped) {
        if (!skipped) {
            return UpStep.Merge.NONE;
        }
        if (skip == Skip.SUM) {
            return UpStep.Merge.SUM;
        }
        return upFirst ? UpStep.Merge.UP_FIRST : UpStep.Merge.SKIP_FIRST;
    }

    private Layer doubling(int in, int out) {
        return switch (up) {
            case "conv" -> UpConvolution.by2(in, out, true);
            case "bilinear" -> new Enlargement(Resizing.BILINEAR_ALIGNED, 2);
            case "bilinear-unaligned" -> new Enlargement(Resizing.BILINEAR, 2);
            case "nearest" -> new Enlargement(Resizing.NEAREST, 2);
            default -> throw new IllegalStateException("no way up is called " + up);
        };
    }

    private int middle(int level, Encoder encoder) {
        return kind == UNetKind.SAME ? encoder.widths().get(level - 1) : decoderWidth(level, encoder);
    }

    /** Channels that the decoder gives on a level: those of the encoder, or of the next finer level where only the block narrows. */
    int decoderWidth(int level, Encoder encoder) {
        boolean narrows = kind.numbered() || (kind == UNetKind.SAME && !up.equals("conv"));
        return encoder.widths().get(narrows ? Math.max(0, level - 2) : level - 1);
    }

    InputRule inputRule(Encoder encoder) {
        int depth = levelWidths.size() - 1;
        int grid = encoder.finestStride() << depth;
        if (valid) {
            int lost = 2; // rows lost at each end: two by the blocks of the deepest level
            for (int level = depth; level >= 1; level--) {
                lost = 2 * lost + 4;
            }
            return new InputRule(2 * lost + 4, grid, grid, 2 * lost);
        }
        if (kind == UNetKind.PVT || skip == Skip.CTRANS || kind == UNetKind.UCTRANSNET_U2) {
            return InputRule.multiplesOf(kind == UNetKind.PVT ? grid : 16);
        }
        return new InputRule(grid, 1, grid, 0);
    }

    boolean seesWholeImage() {
        return kind == UNetKind.PVT
                || skip == Skip.SDI
                || skip == Skip.CTRANS
                || style.norm() == BlockStyle.Norm.INSTANCE;
    }
}
