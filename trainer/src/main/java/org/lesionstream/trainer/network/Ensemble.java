package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Several networks of one kind that look at the same image: images {@code [N, channels, H, W]} in, the logits of each member's answering head out, one head a member. Exported in the accurate mode it answers
 * with the mean of their probabilities.
 *
 * <p>Options: {@code of}, the name of the members' network; {@code members} (5), how many; all others are those of the members. Weights are named
 * {@code member1.} and on, then as in the member.
 */
public final class Ensemble extends SegmentationNetwork {
    static final String NAME = "ensemble";

    private static final String OF = "of";
    private static final String MEMBERS = "members";

    private final List<SegmentationNetwork> members = new ArrayList<>();

    /** Builds an ensemble with the options of its text. */
    static Ensemble build(NetworkSpec spec) {
        String kind = spec.text(OF)
                .orElseThrow(() -> new IllegalArgumentException(NAME + " needs of=NETWORK, was \"" + spec + "\""));
        if (kind.equals(NAME)) {
            throw new IllegalArgumentException("members of an ensemble cannot be ensembles");
        }
        return new Ensemble(spec, kind);
    }

    private Ensemble(NetworkSpec spec, String kind) {
        super(spec);
        Map<String, String> options = new TreeMap<>(spec.options());
        options.remove(OF);
        options.remove(MEMBERS);
        for (int number = 1; number <= spec.count(MEMBERS, 5); number++) {
            members.add(addChildBlock(prefix(number), NetworkCatalog.build(new NetworkSpec(kind, options))));
        }
    }

    /** The ensemble of so many networks. */
    public static NetworkSpec of(NetworkSpec member, int members) {
        return new NetworkSpec(NAME, member.options()).with(OF, member.name()).with(MEMBERS, members);
    }

    /** What the name of every weight of a member begins with, a dot excluded. */
    public static String prefix(int number) {
        return "member" + number;
    }

    @Override
    NDList logits(Pass pass, NDArray image) {
        NDList heads = new NDList();
        for (SegmentationNetwork member : members) {
            heads.add(pass.all(member, image).get(member.answeringHead())); // [N, classes, h, w]
        }
        return heads;
    }

    @Override
    public int heads() {
        return members.size();
    }

    @Override
    public InputRule inputRule() {
        return members.get(0).inputRule();
    }

    @Override
    public boolean seesWholeImage() {
        return members.get(0).seesWholeImage();
    }

    @Override
    public int margin() {
        return members.get(0).margin();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        SegmentationNetwork first = members.get(0);
        Shape[] shapes = new Shape[heads()];
        Arrays.fill(shapes, first.getOutputShapes(inputShapes)[first.answeringHead()]);
        return shapes;
    }
}
