package org.lesionstream.trainer.evaluation;

import java.util.List;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.image.TileOutput;

/** Adds up how long another predictor takes, from the bytes of tiles to the bytes of answers. Confined to one thread. */
final class TimedPredictor implements TilePredictor {
    private static final double NANOS = 1e9;

    private final TilePredictor predictor;
    private final LongSupplier nanoClock;
    private long nanos;

    TimedPredictor(TilePredictor predictor, LongSupplier nanoClock) {
        this.predictor = predictor;
        this.nanoClock = nanoClock;
    }

    @Override
    public List<TileOutput> predict(List<byte[]> tiles) {
        long start = nanoClock.getAsLong();
        List<TileOutput> outputs = predictor.predict(tiles);
        nanos += nanoClock.getAsLong() - start;
        return outputs;
    }

    double seconds() {
        return nanos / NANOS;
    }
}
