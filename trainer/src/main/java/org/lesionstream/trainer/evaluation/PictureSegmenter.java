package org.lesionstream.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.image.Geometry;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.Segmentation;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.schemas.image.Tiler;

/** A decoded picture to its mask at source size: prepare, cut, predict, put together, the way of the worker without its queues. */
public final class PictureSegmenter {

    private final InputSpec spec;
    private final TilePredictor predictor;
    private final double threshold;
    private final int tilesTogether;

    /**
     * @param threshold probability from which a pixel of a one-map network is foreground
     * @param tilesTogether tiles predicted in one call, at most
     */
    public PictureSegmenter(InputSpec spec, TilePredictor predictor, double threshold, int tilesTogether) {
        if (tilesTogether <= 0) {
            throw new IllegalArgumentException("tilesTogether must be positive, was " + tilesTogether);
        }
        this.spec = spec;
        this.predictor = predictor;
        this.threshold = threshold;
        this.tilesTogether = tilesTogether;
    }

    /** The mask of one picture, with the confidence of every pixel. */
    public Segmentation segment(PixelGrid source) {
        PixelGrid prepared = Geometry.prepare(source, spec);
        TilePlan plan = Geometry.plan(source, spec);
        List<TileOutput> outputs = new ArrayList<>();
        List<byte[]> together = new ArrayList<>();
        for (TilePlan.Tile tile : plan.tiles()) {
            byte[] bytes = new byte[spec.tileBytes()];
            Tiler.cut(prepared, tile, bytes, 0);
            together.add(bytes);
            if (together.size() == tilesTogether || tile.index() == plan.tiles().size() - 1) {
                outputs.addAll(predictor.predict(together));
                together.clear();
            }
        }
        return Geometry.assemble(plan, outputs, threshold);
    }
}
